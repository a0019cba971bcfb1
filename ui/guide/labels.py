"""What the help page says, in French."""

from __future__ import annotations

from dataclasses import dataclass

from ui.navigation import CHAT, COMPARE, COVERAGE, EVALUATION, FICHES, READER, REVIEW, SURVEY, WORKSHOP


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the help; `anchor` ends its address, `text` is Markdown that we wrote."""

    anchor: str
    title: str
    text: str


CONTENTS = "Sur cette page"
PLACES = {
    CHAT: "poser une question et vérifier chaque phrase de la réponse ; vos conversations y sont gardées.",
    READER: "le rapport lui-même, partie par partie et fiche par fiche, avec ses notes et ses pages imprimées.",
    FICHES: "les 21 fiches, à filtrer par thème, territoire, public ou année, et sur une carte de France.",
    SURVEY: "les chiffres du questionnaire, en graphiques, avec la phrase du rapport qui les donne.",
    COMPARE: "de deux à cinq fiches côte à côte, rubrique par rubrique, à emporter vers Word ou un tableur.",
    WORKSHOP: "préparer une séance de formation : déroulé, points, cas, discussions, quiz, documents à emporter.",
    COVERAGE: "ce que les questions posées ont atteint du rapport, et ce qu'elles n'ont pas atteint.",
    REVIEW: "relire des réponses à côté de leurs passages, les noter, comparer deux relectures, arbitrer.",
    EVALUATION: "mesurer les réponses sur des questions jugées, comparer, essayer à l'aveugle, écrire un rapport.",
}
"""What each page is for."""

WHAT_IT_DOES = Chapter(
    "ce-que-fait-l-assistant",
    "Ce que fait l'assistant",
    """
Pratiques répond en français à vos questions sur un seul rapport public : « Pratiques émergentes du travail social et du
développement social », du Haut Conseil du travail social, avec ses 21 fiches. Il cherche les passages qui répondent et
vous donne leurs phrases, chacune suivie du numéro de sa source.

Il fonctionne sur cette machine, sans connexion et sans modèle de langue.
""",
)
PAGES = Chapter("les-pages", "Les pages", "")
ASKING = Chapter(
    "bien-poser-une-question",
    "Bien poser une question",
    """
**Écrivez comme vous parlez.** Une phrase suffit : « Qui finance FLORA ? », « Quels freins en Gironde ? ». Si la réponse
est à côté, nommez la fiche, le territoire ou l'organisme, ou changez de mots.

**Continuez.** « Et dans le Nord ? » ou « Qui finance ? » sont compris d'après les questions précédentes. Quand
l'assistant a compris autre chose que ce que vous avez écrit, il le dit sous la question. Sous la dernière réponse, il
propose des questions auxquelles le rapport répond.

**Limitez la portée.** « Portée », au-dessus de la question, la restreint à des fiches, des thèmes ou des parties. Les
choix restent affichés ; un clic sur l'un d'eux le retire.

**Corrigez-vous.** « Modifier la question » la repose autrement ; les échanges qui la suivaient sont alors remplacés.

**Comparez.** « Compare les financements des fiches 1c et 1d » donne un tableau ; la page Comparer en fait de plus
grands.
""",
)
PROOFS = Chapter(
    "les-preuves",
    "Comment les réponses sont prouvées",
    """
Le numéro qui suit une phrase ouvre le passage du rapport, les mots cités surlignés. Un programme a comparé ces mots
avec le rapport, caractère par caractère ; ce n'est jamais un modèle de langue qui en juge. Une citation est :

- **vérifiée**, quand elle se trouve mot pour mot dans le rapport ;
- **rétablie**, quand elle en était très proche : les mots exacts du rapport ont alors pris sa place ;
- **non prouvée**, sinon : elle n'est ni montrée comme une réponse, ni exportée.

La ligne au-dessus de la réponse en fait le compte : « 5 phrases, 5 vérifiées ».

« p. 43 » est le numéro imprimé sur la page du rapport. « p. 43 et suivantes » veut dire que la fiche ou la partie
commence page 43, sans que la page exacte du passage soit connue. Dans un tableau, « non précisé » veut dire que la
fiche ne dit rien de cette rubrique.

Si un modèle de langue est configuré, il rédige la réponse à partir des passages trouvés, et chacune de ses phrases
passe le même contrôle. S'il en reste trop peu, ce sont les phrases du rapport qui répondent.
""",
)
REFUSALS = Chapter(
    "les-deux-refus",
    "Les deux façons de dire non",
    """
- **« Le rapport n'en parle pas »** : rien n'y répond. L'assistant montre les mots de votre question que le rapport
  n'emploie jamais, et les fiches les plus proches.
- **« Des passages, mais pas de réponse prouvée »** : des passages touchent à la question, mais aucune phrase n'y répond
  assez clairement. Ils vous sont donnés à lire, sans conclusion.
""",
)
LIMITS = Chapter(
    "ce-qu-il-ne-sait-pas",
    "Ce qu'il ne sait pas",
    """
- Rien en dehors du rapport : ni la loi, ni l'actualité, ni ce que ces pratiques sont devenues depuis.
- Il peut citer une phrase exacte, mais à côté de votre question : ouvrez le passage pour la lire dans son contexte.
- Il peut répondre « le rapport n'en parle pas » alors que le rapport le dit en d'autres mots : essayez une autre
  formulation.
- Il ne donne pas de conseil, juridique ou autre, sur une situation.
""",
)
PERSONAL = Chapter(
    "les-donnees-personnelles",
    "Les données personnelles",
    """
N'écrivez ni le nom ni les coordonnées d'une personne. Si une question en contient, elles sont masquées avant tout
traitement, et la question s'affiche masquée. Un bouton permet de la poser telle quelle. Relisez-vous toujours : rien ne
garantit que tout soit reconnu.
""",
)
STORED = Chapter(
    "ce-qui-est-garde",
    "Ce qui est gardé, où, et comment l'effacer",
    """
Sont gardés : vos questions (masquées, sauf si vous avez demandé de les poser telles quelles), les réponses avec leurs
citations, les passages trouvés, vos avis et leurs raisons. Ils servent à retrouver vos conversations et à améliorer
l'assistant. Ce qu'une question modifiée a remplacé n'est plus montré, mais reste gardé avec sa conversation.

Ils le sont dans une base de données : le fichier « pratiques.db » du dossier de données que nomme `PRATIQUES_HOME`, ou
la base dont `PRATIQUES_DATABASE` donne l'adresse. Les questions posées en ligne de commande sont gardées dans le
dossier « answers » à côté. Les séances de l'Atelier, avec toutes leurs versions, et les relectures, avec le nom que
chaque personne s'y est donné, sont gardées dans la même base ; les mesures et le jeu de test, dans le même dossier.
Toute personne qui utilise cette installation voit les mêmes conversations, les mêmes séances et les mêmes relectures.

**Rien ne quitte cette machine sans modèle de langue**, si la base s'y trouve. Avec un modèle distant, la question et
les passages trouvés lui sont envoyés.

Pour effacer une conversation ou une séance, ouvrez-la et choisissez « Supprimer ». Pour effacer toutes les
conversations, utilisez le bouton ci-dessous. Pour tout effacer, arrêtez l'assistant et supprimez le fichier.
""",
)
TAKING = Chapter(
    "emporter",
    "Emporter une réponse",
    """
« Copier avec références » met la réponse et ses références dans le presse-papiers. « Emporter » donne la réponse, ou la
conversation entière, en Word (les citations en notes de bas de page), en PDF, en Markdown ou dans une version à
imprimer. Une comparaison s'emporte en Word et en tableur, les références en notes. Rien de ce qui n'est pas prouvé
n'est exporté.
""",
)
SESSIONS = Chapter(
    "preparer-une-seance",
    "Préparer une séance",
    """
L'Atelier prépare une séance à partir d'un thème ou de fiches, pour un public et une durée. Trois sortes de phrases s'y
trouvent, et chacune dit de qui elle est :

- **celles du rapport** portent le numéro de leur source ; plus simples parfois que celles du rapport, elles n'en disent
  pas plus que la citation qui les prouve, et le code l'a vérifié ;
- **celles de l'outil** (minutage, activités, questions) portent « proposé par l'outil » et n'affirment rien du
  rapport ;
- **les vôtres** portent « mots du formateur ». Une phrase du rapport que vous récrivez devient la vôtre ; les mots du
  rapport peuvent revenir.

Une mauvaise réponse de quiz est prise à une autre fiche, pour la même rubrique, et le code vérifie que la fiche en
question ne la dit pas. Une séance s'emporte en Word, PowerPoint, PDF, Markdown, son quiz en GIFT et en XML pour
Moodle ; un fichier « .json » la fait ouvrir par une autre installation, qui vérifie tout de nouveau.
""",
)
CHECKING = Chapter(
    "controler-et-mesurer",
    "Contrôler et mesurer",
    """
**Contrôle** sert à relire des réponses, phrase par phrase, à côté du passage cité. Une phrase reçoit 100, 80 ou 0, sa
citation 25, 20 ou 0 ; le total fait 75 % des phrases et 25 % des citations. Tout ce qui n'est pas bon demande une
raison. Deux personnes peuvent relire les mêmes réponses sans se voir : leur accord se mesure (kappa de Cohen), et leurs
désaccords s'arbitrent. Une réponse relue devient d'un clic une question du jeu de test.

Les réponses viennent de questions que vous posez en lot, de questions jugées, ou de conversations **dont la personne a
donné son accord** (« Proposer à la relecture », en haut de la conversation). Si elle le retire, ou supprime la
conversation, ses réponses quittent le contrôle avec leurs notes.

**Évaluation** pose les questions jugées et compte ce qui est juste, chaque chiffre avec sa formule, compare deux
mesures, compare deux configurations à l'aveugle, et écrit un rapport. Un modèle de langue peut aussi juger, à part :
ses avis ne se mêlent jamais aux autres chiffres.
""",
)
KEYBOARD = Chapter(
    "au-clavier",
    "Au clavier",
    """
| Touche | Effet |
| --- | --- |
| Tab, Maj + Tab | aller au lien ou au bouton suivant, précédent |
| Entrée | envoyer la question, ouvrir un lien ou une source |
| Maj + Entrée | aller à la ligne dans la question |
| Échap | fermer la source ouverte, un menu ou une fenêtre ; renoncer à modifier une question |
| Flèches | parcourir une liste de choix |

Pour relire des réponses, la page Contrôle a des touches à elle, dites sous « Raccourcis », où elles se coupent.
""",
)
ACCESS = Chapter(
    "accessibilite",
    "Accessibilité",
    """
Tout se fait au clavier. Un lecteur d'écran annonce une fois la réponse terminée, et chaque source porte un nom complet,
comme « source 2 : fiche 1c, p. 43 ». L'affichage suit le mode clair ou sombre du système et s'agrandit avec le
navigateur. Chaque graphique a son tableau de chiffres ; la carte a sa liste.
""",
)
CHAPTERS = (
    WHAT_IT_DOES, PAGES, ASKING, PROOFS, REFUSALS, LIMITS, PERSONAL, STORED, TAKING, SESSIONS, CHECKING, KEYBOARD,
    ACCESS,
)  # fmt: skip

DELETE_ALL = "Supprimer toutes les conversations"
DELETE_TITLE = "Supprimer toutes les conversations ?"
DELETE_YES = "Tout supprimer définitivement"
CANCEL = "Annuler"
DELETED = "Toutes les conversations ont été supprimées."


def kept(count: int) -> str:
    """How many conversations are kept."""
    if not count:
        return "Aucune conversation n'est gardée."
    return "1 conversation est gardée." if count == 1 else f"{count} conversations sont gardées."


def delete_means(count: int) -> str:
    """What deleting all of them does."""
    them = "La conversation gardée, ses questions, ses réponses et les avis seront effacés"
    if count > 1:
        them = f"Les {count} conversations gardées, leurs questions, leurs réponses et les avis seront effacés"
    return f"{them} de la base. Cela ne peut pas être annulé."
