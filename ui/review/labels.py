"""The sentences of the queue, of its filters and of what fills and shares it, in French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eval.review.item import Source
from eval.review.queue import Progress, Seat, State
from ui.review.address import View

INTRODUCTION = (
    "Ici, des réponses de l'outil sont relues phrase par phrase : ce qui est dit est-il bien dans le passage cité ? "
    "Chaque note est gardée aussitôt, sous le nom de la personne qui relit."
)
VIEWS = {
    View.QUEUE: "File d'attente",
    View.ADD: "Ajouter",
    View.SHARE: "Répartir",
    View.AGREEMENT: "Accord",
    View.SCORES: "Notes",
    View.FILES: "Fichiers",
}
VIEWS_NAME = "Vues du contrôle"
BLIND = "À l'aveugle"
BLIND_HELP = (
    "Ce avec quoi une réponse a été faite (modèle, réglages, index) reste caché, pour que les notes ne dépendent que "
    "de ce qu'elle dit. Les notes des autres restent cachées dans tous les cas, sauf dans « Accord »."
)
WHO_FIRST = "Écrivez d'abord votre nom de relecture, en haut de la page : vos notes seront gardées sous ce nom."
NO_ITEM_WITHOUT_NAME = "Pour relire cette réponse, écrivez d'abord votre nom de relecture."
BACK = "Retour à la file d'attente"
NOT_YET = "La relecture d'une réponse n'est pas encore possible ici."

# Filters

FILTERS = "Filtres"
SOURCE, ORIGIN, KIND, STATE, ASSIGNED, CONFIGURATION, WORDS = (
    "Provenance", "Origine", "Nature", "État", "Attribuées à", "Configuration", "Mots de la question",
)  # fmt: skip
ANY, ANYBODY = "Toutes", "Tout le monde ou personne"
SOURCES = {
    Source.CONVERSATION: "Conversations partagées",
    Source.BATCH: "Lots de questions",
    Source.JUDGED: "Jeux jugés",
}
KINDS = {False: "Réponses", True: "Refus"}
STATES = {
    State.TO_DO: "À faire",
    State.BEGUN: "Commencées",
    State.DONE: "Terminées",
    State.ONCE: "Relues une fois",
    State.TWICE: "Relues deux fois ou plus",
    State.DIFFER: "En désaccord",
    State.SETTLED: "Arbitrées",
}
STATE_HELP = (
    "À faire, commencées et terminées : par vous. Les autres états sont ceux de la réponse, toutes personnes "
    "confondues. Plusieurs états cochés s'ajoutent."
)
NOBODY = "Personne"
CLEAR = "Retirer les filtres"

# The queue

BEGIN, RESUME = "Commencer la relecture", "Reprendre la relecture"
ALL_DONE = "Vous avez terminé toutes les réponses de cette file."
NOTHING_HERE = "Aucune réponse à relire ne correspond à ces filtres."
NOTHING_YET = "Il n'y a pas encore de réponse à relire. Ajoutez-en : des conversations partagées, un lot, un jeu jugé."
ANSWERS = "Réponses à relire"
PREVIOUS, NEXT = "Précédentes", "Suivantes"
PAGES = "Pages de la file"
SETTLE = "Arbitrer"
SETTLED = "Arbitrée"
REMOVE = "Retirer ces réponses…"
REMOVE_TITLE = "Retirer des réponses"
REMOVE_YES, CANCEL = "Retirer définitivement", "Annuler"
YOURS, TO_DO, FINISHED = "Vous", "À faire", "Terminée"

# Adding

FROM = "D'où viennent les réponses ?"
FROM_CONVERSATIONS = "Des conversations partagées"
CONSENT = (
    "Dans « Discuter », une personne peut autoriser la relecture de sa conversation. Seules celles-là viennent ici, "
    "sans les noms ni les coordonnées qui y ont été masqués. Si elle reprend son accord, ou supprime la conversation, "
    "les réponses quittent la file avec leurs notes."
)
NO_CONVERSATION = "La file ne compte encore aucune réponse de conversations partagées."
ADD_SHARED = "Ajouter les réponses partagées"
NONE_SHARED = "Aucune nouvelle réponse : tout ce qui est partagé est déjà dans la file."
FROM_BATCH = "Un lot de questions"
BATCH_NAME = "Nom du lot"
BATCH_LINES = "Questions, une par ligne"
BATCH_LINES_HELP = "Les lignes vides et les répétitions sont laissées de côté."
BATCH_FILE = "Ou un fichier de lignes JSON, comme « pratiques batch » en lit"
BATCH_FILE_HELP = 'Une question par ligne : {"id": "1", "question": "Qui finance le répit ?"}'
ASK = "Poser ces questions"
ASK_GOOD = "Poser les autres questions"
NO_QUESTION = "Il n'y a aucune question à poser : collez-en une par ligne, ou choisissez un fichier."
NO_NAME = "Donnez un nom au lot : il dira d'où viennent ces réponses."
FROM_JUDGED = "Un jeu de questions jugées"
JUDGED_HELP = (
    "La bonne réponse est connue : elle se lit pendant la relecture, sous « Réponse attendue ». Un tirage au hasard "
    "garde les notes représentatives du jeu. Le numéro du tirage fixe ce hasard : noté, il permet de le refaire ; "
    "employé de nouveau, il continue l'échantillon."
)
SET = "Jeu"
OWN_SET, TEST_SET, OTHER_SET = "Celui du projet", "Le jeu de test issu des relectures", "Un fichier"
SET_FILE = "Fichier de questions jugées (lignes JSON)"
SET_FILE_HELP = "Une question jugée par ligne, comme « pratiques eval run --questions » en lit."
CHOOSE_FILE = "Choisir un fichier…"
SPLIT = "Partie"
SPLITS = {"held": "Mise à part (jamais servie au réglage)", "fit": "De réglage", "all": "Tout le jeu"}
COUNT, SEED = "Nombre de questions", "Numéro du tirage"
DRAW = "Tirer et poser les questions"
STOP, HIDE = "Arrêter", "Fermer"
STOPPING = "Arrêt demandé : la question en cours se termine."
MODEL_IS_ASKED = "Un modèle de langue est réglé : chaque question lui sera envoyée."

# Sharing out

SHARE_INTRODUCTION = (
    "Les réponses que les filtres gardent sont partagées en parts égales. Une partie est donnée à deux personnes : "
    "c'est ce qui permet de mesurer leur accord."
)
RATERS = "Personnes qui relisent"
RATERS_HELP = "Choisissez des noms ou écrivez-en de nouveaux, chacun suivi d'Entrée."
CHOOSE_RATERS = "Choisir ou écrire des noms…"
DOUBLES = "Part relue par deux personnes (en %)"
ONLY_FREE = "Laisser à part celles qui sont déjà attribuées"
SHARE_OUT = "Attribuer ainsi"
SHARED_OUT_NAME = "Répartition proposée"
SHARE_HEADS = ("Personne", "Réponses", "Dont en double", "Seule à relire")
TAKE_BACK_TITLE = "Reprendre des attributions"
TAKE_BACK_HELP = "Les réponses filtrées cessent d'être attribuées à cette personne. Les notes déjà données restent."
TAKE_BACK_FROM = "Reprendre à"
TAKE_BACK = "Reprendre"


def many(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: « 3 réponses »."""
    return f"{number(count)} {noun if count < 2 else plural or f'{noun}s'}"


def number(count: int) -> str:
    """A whole number, as French prints it: « 1 000 »."""
    return f"{count:,}".replace(",", "\u202f")


def progress(progress: Progress) -> str:
    """How far the rater is: « Vous avez terminé 12 réponses sur 40 ; 1 est commencée. »."""
    begun = (
        f" ; {progress.begun} {'est commencée' if progress.begun < 2 else 'sont commencées'}" if progress.begun else ""
    )
    return f"Vous avez terminé {many(progress.finished, 'réponse')} sur {number(progress.all)}{begun}."


def count(found: int, filtered: bool) -> str:
    """How many answers there are: « 40 réponses avec ces filtres »."""
    return f"{many(found, 'réponse')}{' avec ces filtres' if filtered else ' dans la file'}"


def shown(first: int, last: int, found: int) -> str:
    """Which answers of the queue are on the page."""
    return f"{number(first)} à {number(last)} sur {number(found)}"


def origin(source: Source, name: str) -> str:
    """Where an answer comes from; a conversation, whose id says nothing, has none."""
    match source:
        case Source.CONVERSATION:
            return "Conversation partagée"
        case Source.BATCH:
            return f"Lot « {name} »"
    return f"Jeu « {name} »"


def size(sentences: int, refused: bool) -> str:
    """What there is to mark: « 3 phrases » or « Refus »."""
    return "Refus" if refused else many(sentences, "phrase")


def mine(seat: Seat | None, to_mark: int, refused: bool) -> str:
    """How far one's own review is: « À faire », « 2 phrases sur 3 », « Terminée »."""
    if seat is None:
        return TO_DO
    if seat.finished:
        return FINISHED
    if refused:
        return "Commencée"
    return f"{many(seat.marked, 'phrase')} sur {to_mark}"


def read_by(names: Sequence[str]) -> str:
    """Who else has finished, by name only."""
    return f"Relue par {listed(names)}" if names else ""


def assigned_to(names: Sequence[str]) -> str:
    """To whom an answer is assigned."""
    return f"Attribuée à {listed(names)}" if names else ""


def made_with(configuration: str) -> str:
    """What an answer was made with, by its short name."""
    return f"Configuration {configuration}"


def listed(names: Sequence[str]) -> str:
    """Names one after the other: « Ana, Bo et Cy »."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def yours(assigned: int) -> str:
    """The way to the answers that are assigned to the rater."""
    return (
        "Voir la réponse qui m'est attribuée" if assigned < 2 else f"Voir les {number(assigned)} qui me sont attribuées"
    )


def removal(count: int) -> str:
    """What removing means."""
    what = "Cette réponse quitte" if count < 2 else f"Ces {number(count)} réponses quittent"
    return f"{what} la file, **avec toutes les notes données**, par qui que ce soit. C'est sans retour."


def removed(count: int) -> str:
    """Said once answers were removed."""
    return f"{many(count, 'réponse retirée', 'réponses retirées')}."


def added(count: int) -> str:
    """Said once answers were added."""
    return f"{many(count, 'réponse ajoutée', 'réponses ajoutées')} à la file."


def batch_of(moment: datetime) -> str:
    """The name proposed for a batch."""
    return f"Lot du {moment:%d/%m/%Y à %H:%M}"


def to_ask(count: int) -> str:
    """How many questions are going to be asked."""
    return f"{many(count, 'question')} à poser."


def bad_lines(count: int) -> str:
    """Heads the lines that hold no question."""
    what = "ne peut pas être posée" if count < 2 else "ne peuvent pas être posées"
    return f"{many(count, 'ligne')} {what} :"


def bad_line(line: int, reason: str) -> str:
    """A line of a file, and what is wrong with it."""
    return f"Ligne {line} : {reason}"


def asking(origin: str, asked: int, total: int) -> str:
    """How far the asking is."""
    return f"« {origin} » : {number(asked)} {'question posée' if asked < 2 else 'questions posées'} sur {number(total)}"


def asked(origin: str, answered: int, total: int) -> str:
    """Said when the asking has ended, or was stopped."""
    of_all = f" (sur {many(total, 'question')})" if answered < total else ""
    return f"« {origin} » : {added(answered)[:-1]}{of_all}."


def unanswered(count: int) -> str:
    """Heads the questions that could not be asked."""
    return f"{many(count, 'question')} sans réponse possible :"


def without(name: str) -> str:
    """The button that puts a file aside."""
    return f"Laisser « {name} » de côté"


def too_large(name: str, megabytes: int) -> str:
    """Said of a file that is too large."""
    return f"« {name} » dépasse {megabytes} Mo. Partagez-le en plusieurs fichiers."


def from_conversations(count: int) -> str:
    """How many answers of shared conversations the queue has."""
    return f"La file compte {many(count, 'réponse')} de conversations partagées." if count else NO_CONVERSATION


def set_size(count: int, here: int) -> str:
    """How many questions there are to draw from, those that are in the queue already left out."""
    aside = f" {many(here, 'est déjà', 'sont déjà')} dans la file, et n'y reviendront pas." if here else ""
    return f"Ce choix compte {many(count, 'question')}.{aside}"


def to_share(count: int, aside: int) -> str:
    """How many answers are going to be shared out."""
    left = (
        f" {many(aside, 'autre est', 'autres sont')} déjà {'attribuée' if aside < 2 else 'attribuées'}."
        if aside
        else ""
    )
    return f"{many(count, 'réponse')} à répartir.{left}"


def shared_out(count: int, raters: int) -> str:
    """Said once answers were shared out."""
    return f"{many(count, 'réponse répartie', 'réponses réparties')} entre {many(raters, 'personne')}."


def taken_back(rater: str) -> str:
    """Said once assignments were taken back."""
    return f"Ces réponses ne sont plus attribuées à {rater}."
