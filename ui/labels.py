"""Every sentence of the interface, in French, in one place."""

from __future__ import annotations

from collections.abc import Sequence

PRODUCT = "Pratiques"
CHAT_PAGE = "Discuter"
HELP_PAGE = "Aide"

SKIP_TO_CONTENT = "Aller au contenu"
STREAMLIT_NAMES = {
    "Send message": "Envoyer la question",
    "App pages": "Pages",
    "Sidebar": "Menu",
    "Expand sidebar": "Ouvrir le menu",
    "Collapse sidebar": "Fermer le menu",
}
"""The controls that Streamlit names in English, as a screen reader should say them."""

WELCOME_TITLE = "Que cherchez-vous dans le rapport ?"
WELCOME = (
    "Posez une question avec vos mots. La réponse est faite des phrases du rapport "
    "« Pratiques émergentes du travail social et du développement social » ; "
    "chacune renvoie au passage qui la prouve."
)
EXAMPLES_TITLE = "Par exemple"
ASK = "Posez votre question sur le rapport…"
NEW_CONVERSATION = "Nouvelle conversation"

OPENING = "Ouverture du rapport…"
BUILDING = "Première ouverture : le rapport est lu et son index construit. Cela n'arrive qu'une fois."

SEARCHING = "Recherche dans le rapport…"
WRITING = "Rédaction… Chaque phrase s'affiche dès qu'elle est prouvée."

STATES = {
    "answered": "Réponse",
    "silent": "Le rapport n'en parle pas",
    "unprovable": "Des passages, mais pas de réponse prouvée",
    "error": "La question n'a pas pu être traitée",
}

CONVERSATION = "Conversation"
QUESTION = "Votre question"
UNDERSTOOD = "Question comprise ainsi :"
UNKNOWN_WORDS = "Mots de votre question que le rapport n'emploie pas"
NEAREST_FICHES = "Fiches les plus proches"
FOUND_PASSAGES = "Passages trouvés, à lire par vous-même"
CONTINUE = "Pour continuer"
FICHE = "Fiche"
FIELD = "Rubrique"
AS_TYPED = "Poser la question telle quelle"
AS_TYPED_HERE = "Ces données ne quitteront pas cette machine."
AS_TYPED_MODEL = "Ces données seront alors envoyées au modèle de langue."

SOURCES = "Sources de la réponse"
PREVIOUS = "Précédente"
NEXT = "Suivante"
CLOSE = "Fermer"
PATH = "Emplacement dans le rapport"
PASSAGE_TEXT = "Texte du rapport"
VERIFIED = "Citation vérifiée : mot pour mot dans le rapport."
REPAIRED = "Citation rétablie : remise dans les mots exacts du rapport."
READ_ONLY = "Passage trouvé ; rien n'en est cité."


def proof_count(kinds: set[str], total: int, verified: int) -> str:
    """Say how many sentences (items, rows) an answer has and how many of them stand word for word.

    Args:
        kinds: the kinds of lines of the answer (`sentence`, `item`, `row`).
        total: how many lines it has.
        verified: how many rest on exact quotes only; the others were put back in the report's words.
    """
    noun, feminine = ("phrase", True) if kinds == {"sentence"} else ("élément", False)
    mark = "e" if feminine else ""

    def many(count: int, word: str) -> str:
        return f"{count} {word}{'s' if count > 1 else ''}"

    parts = [many(total, noun), many(verified, f"vérifié{mark}")]
    if total > verified:
        parts.append(many(total - verified, f"rétabli{mark}") + " dans les mots du rapport")
    return ", ".join(parts)


def source_name(number: int, place: str) -> str:
    """Name a citation button for those who do not see it: `source 2 : fiche 1c, p. 43`."""
    return f"source {number} : {place}"


def passage_name(rank: int, place: str) -> str:
    """Name the button that opens a found passage."""
    return f"passage {rank} : {place}"


def source_heading(rank: int, total: int) -> str:
    """Head the panel with the source's place among those of the answer (both from 1)."""
    return f"Source {rank} sur {total}"


def passage_heading(rank: int, total: int) -> str:
    """Head the panel with the passage's place among those found (both from 1)."""
    return f"Passage {rank} sur {total}"


def fiche_name(fiche: str) -> str:
    """Name a fiche at the head of a row or a column."""
    return f"Fiche {fiche}"


def comparison(fiches: Sequence[str]) -> str:
    """Head a table that compares fiches."""
    if len(fiches) == 1:
        return fiche_name(fiches[0])
    return f"Comparaison des fiches {', '.join(fiches[:-1])} et {fiches[-1]}"


def fiche_line(fiche: str, title: str) -> str:
    """Name a fiche in a list."""
    return f"Fiche {fiche} : {title}"


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
