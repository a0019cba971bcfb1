"""What the chat says, in French."""

from __future__ import annotations

from collections.abc import Sequence

WELCOME_TITLE = "Que cherchez-vous dans le rapport ?"
WELCOME = (
    "Posez une question avec vos mots. La réponse est faite des phrases du rapport "
    "« Pratiques émergentes du travail social et du développement social » ; "
    "chacune renvoie au passage qui la prouve."
)
EXAMPLES_TITLE = "Par exemple"
ASK = "Posez votre question sur le rapport…"
EMPTY_QUESTION = "La question est vide : écrivez ce que vous cherchez, puis appuyez sur Entrée."
NEW_CONVERSATION = "Nouvelle conversation"
UNKNOWN_CONVERSATION = "Vous pouvez en commencer une autre ci-dessous."

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
AS_TYPED = "Poser la question telle quelle"
AS_TYPED_HERE = "Ces données ne quitteront pas cette machine."
AS_TYPED_MODEL = "Ces données seront alors envoyées au modèle de langue."

EDIT = "Modifier la question"
EDIT_AGAIN = "Demander"
EDIT_REPLACES = "Les échanges suivants seront remplacés."
CANCEL = "Annuler"
STOP = "Arrêter"
STOPPED = "Vous avez arrêté cette réponse. Modifiez la question ou posez-la de nouveau."

SCOPE = "Portée"
WHOLE_REPORT = "tout le rapport"
EVERYWHERE = "Chercher dans tout le rapport"
SCOPE_HELP = "La question suivante ne sera cherchée que dans ce que vous choisissez."
SCOPE_FICHES = "Fiches"
SCOPE_THEMES = "Thèmes"
SCOPE_PARTS = "Parties du rapport"
SCOPE_DOCUMENTS = "Documents"
SCOPE_CLEAR = "Tout le rapport"
CHOOSE = "Choisir…"

COPY = "Copier avec références"
COPIED = "Réponse copiée, avec ses références."
NOT_COPIED = "Le navigateur n'a pas permis la copie : passez par « Emporter »."
TAKE = "Emporter"
TAKE_ALL = "Emporter la conversation"
RENAME = "Renommer"
DELETE = "Supprimer"
SHARE = "Proposer à la relecture"
SHARED = "Relecture autorisée"
HELPFUL = "Cette réponse vous est-elle utile ?"
USEFUL = "Utile"
USELESS = "Pas utile"
THANKS = "Merci, votre avis est gardé."
WHY_USELESS = "Qu'est-ce qui ne va pas ?"
REASONS = {
    "beside": "À côté de la question",
    "incomplete": "Incomplète",
    "hard": "Difficile à comprendre",
    "wrong": "Trompeuse, ou fausse",
    "other": "Autre chose",
}
COMMENT = "Précisez si vous voulez (sans nom ni coordonnées)"
SEND = "Envoyer"
READ_ON = "Lire dans le rapport"
KEEP_AGAIN = "Réessayer"

TAKE_TITLE = "Emporter"
TAKE_WHAT = "Que voulez-vous emporter ?"
TAKE_ANSWER = "Cette réponse"
TAKE_CONVERSATION = "Toute la conversation"
WORD = "Word (notes de bas de page)"
PDF = "PDF"
MARKDOWN = "Markdown"
PRINT = "Version à imprimer"
RENAME_TITLE = "Renommer la conversation"
NEW_NAME = "Nouveau nom"
SAVE = "Enregistrer"
SHARE_TITLE = "Relecture par les évaluateurs"
SHARE_MEANS = (
    "Les évaluateurs vérifient si les citations tiennent. Avec votre accord, ils peuvent lire les questions et les "
    "réponses de cette conversation, et celles que vous y ajouterez. Ils n'y voient ni votre nom ni vos avis ; les "
    "données personnelles y restent masquées, sauf celles que vous avez demandé de laisser."
)
SHARED_MEANS = (
    "Vous avez donné votre accord : les évaluateurs peuvent lire cette conversation. Si vous le retirez, ses réponses "
    "quittent leur liste, avec les notes qu'elles ont reçues."
)
SHARE_YES = "Autoriser la relecture"
SHARE_NO = "Retirer mon accord"
DELETE_TITLE = "Supprimer la conversation ?"
DELETE_MEANS = (
    "Ses questions, ses réponses et vos avis sur elles seront effacés de la base. Cela ne peut pas être annulé."
)
DELETE_YES = "Supprimer définitivement"

CONVERSATIONS = "Conversations"
SEARCH_CONVERSATIONS = "Retrouver par un mot"
NO_CONVERSATION = "Vos conversations s'afficheront ici."
NONE_FOUND = "Aucune conversation ne contient ces mots."
TODAY, YESTERDAY, THIS_WEEK, THIS_MONTH, EARLIER = (
    "Aujourd'hui",
    "Hier",
    "7 derniers jours",
    "30 derniers jours",
    "Plus ancien",
)

SOURCES = "Sources de la réponse"
PREVIOUS = "Précédente"
NEXT = "Suivante"
CLOSE = "Fermer"
PATH = "Emplacement dans le rapport"
PASSAGE_TEXT = "Texte du rapport"
VERIFIED = "Citation vérifiée : mot pour mot dans le rapport."
REPAIRED = "Citation rétablie : remise dans les mots exacts du rapport."
READ_ONLY = "Passage trouvé ; rien n'en est cité."


def scoped(names: Sequence[str]) -> str:
    """What opens the choice of the scope; what is chosen stands beside it."""
    return f"{SCOPE} :" if names else f"{SCOPE} : {WHOLE_REPORT}"


def without(name: str) -> str:
    """A chip of the scope, which a click takes off."""
    return f"{name} ×"


def not_kept(why: str) -> str:
    """Say that what is shown is not in the database, and why."""
    return f"Cette conversation n'est pas gardée : elle reste à l'écran tant que vous ne quittez pas la page. {why}"


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
