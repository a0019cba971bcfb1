"""What the help page says, in French."""

from __future__ import annotations

HELP = """
## Ce que fait cet outil

Il répond en français à vos questions sur un seul document : le rapport
« Pratiques émergentes du travail social et du développement social » du Haut Conseil du travail social,
avec ses 21 fiches pratiques. Il cherche les passages qui répondent et vous en donne les phrases,
chacune suivie du numéro de sa source.

Une question de suite (« et dans le Nord ? », « qui finance ? ») est comprise d'après les précédentes.
Quand l'outil a compris votre question autrement que vous ne l'avez écrite, il le dit sous la question.

« Compare les financements des fiches 1c et 1d » donne un tableau. Une case « non précisé » veut dire que le rapport
n'en dit rien dans cette fiche.

Si un modèle de langue est configuré, il rédige la réponse à partir des passages trouvés. Chacune de ses phrases est
comparée par un programme à la citation qu'il en donne ; celles que le rapport ne prouve pas sont écartées, et s'il en
reste trop peu, ce sont les phrases du rapport qui répondent.

## Comment les preuves fonctionnent

Un numéro dans la réponse ouvre le passage du rapport, avec la phrase citée surlignée, la fiche et la page.
La comparaison entre la citation et le rapport est faite caractère par caractère par un programme,
jamais par une intelligence artificielle. Une citation est :

- **vérifiée** quand elle se trouve mot pour mot dans le rapport ;
- **rétablie** quand elle en était très proche : les mots exacts du rapport ont alors pris sa place.

Une phrase qui n'a pas de preuve n'est jamais montrée comme une réponse. La ligne au-dessus de la réponse,
par exemple « 3 phrases, 3 vérifiées », en donne le compte.

« p. 43 » est le numéro imprimé sur la page du rapport. « p. 43 et suivantes » veut dire que la section
commence page 43 sans que la page exacte du passage soit connue.

## Les deux façons de dire non

- **« Le rapport n'en parle pas »** : rien dans le rapport ne répond. L'outil montre les mots
  de votre question que le rapport n'emploie jamais, et les fiches les plus proches.
- **« Des passages, mais pas de réponse prouvée »** : des passages parlent du sujet, mais aucune phrase
  ne suffit à répondre. L'outil vous les donne à lire, sans conclure.

## Ce qu'il ne sait pas

- Rien en dehors du rapport : ni la loi, ni l'actualité, ni ce que ces projets sont devenus depuis.
- Il peut choisir une phrase exacte mais à côté de votre question : ouvrez le passage pour la lire
  en contexte.
- Il peut répondre « le rapport n'en parle pas » alors que le rapport le dit avec d'autres mots :
  essayez une autre formulation, ou nommez la fiche, le territoire ou l'organisme.
- Il ne donne pas de conseil sur une situation. N'écrivez pas le nom ni les coordonnées d'une personne.

## Vos questions restent ici

L'outil fonctionne sur cette machine : sans modèle de langue, vos questions ne sont envoyées nulle part. Avec un modèle,
la question et les passages trouvés lui sont envoyés. La conversation est gardée le temps de la page : la recharger
l'efface.

Un nom, un numéro ou une adresse écrits dans une question sont masqués avant tout traitement, et la question s'affiche
masquée. Un bouton permet de la poser telle quelle ; relisez-la toujours : rien ne garantit que tout soit reconnu.
"""
