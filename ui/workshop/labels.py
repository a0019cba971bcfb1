"""What the workshop says, in French."""

from __future__ import annotations

import textwrap
from datetime import datetime

from assistant.answer import UNSAID
from assistant.kits.kit import Audience, ItemKind
from assistant.kits.request import AUDIENCES
from assistant.kits.timetable import clock, length

# --- a new session, and the kept ones -------------------------------------------------------------------------------

INTRODUCTION = (
    "Préparez une séance de formation à partir du rapport : déroulé minuté, points à transmettre, étude de cas, "
    "discussion, quiz, document à distribuer. Chaque phrase attribuée au rapport est prouvée par ses mots, qu'un clic "
    "montre ; le reste est signalé comme proposé par l'outil. Tout se modifie."
)
NEW = "Nouvelle séance"
THEMES = "Thèmes"
FICHES = "Fiches"
CHOOSE_THEMES = "Choisissez un ou plusieurs thèmes"
CHOOSE_FICHES = "Ou seulement des fiches"
AUDIENCE = "Public"
AUDIENCES_NAMED = {
    Audience.STUDENTS: "Étudiants",
    Audience.PROFESSIONALS: "Professionnels en activité",
    Audience.MANAGERS: "Cadres",
    Audience.MIXED: "Professionnels et personnes concernées",
}
DURATION = "Durée : à choisir ou à écrire"
DURATIONS = ("30 min", "1 h", "1 h 30", "2 h", "3 h", "½ journée", "1 jour", "2 jours")
USUAL_DURATION = "3 h"
PARTICIPANTS = "Participants"
START = "Début"
USUAL_START = "9h"
VERBS = "Objectifs : à la fin, les participants sauront…"
OWN_AIMS = "Vos propres objectifs, un par ligne"
MAKE = "Préparer la séance"
MAKING = "Préparation de la séance…"
MADE = "Séance préparée"

KEPT = "Vos séances"
SEARCH = "Retrouver par un mot"
NONE_KEPT = "Les séances que vous préparez sont gardées ici."
NONE_FOUND = "Aucune séance ne contient ces mots."
OPEN = "Ouvrir une séance reçue"
OPEN_HELP = "Un fichier .json, partagé depuis une autre installation de Pratiques."
CHOOSE_FILE = "Choisir un fichier"
OPENED = "Séance reçue"
OPENED_WHOLE = "La séance reçue est ouverte et gardée ; tout ce qu'elle attribue au rapport y a été retrouvé."
OPENED_IN_PART = (
    "La séance reçue est ouverte et gardée. Ceci ne se retrouve pas dans le rapport de cette installation, et a été "
    "mis de côté :"
)

# --- a session ------------------------------------------------------------------------------------------------------

BY_TOOL = "proposé par l'outil"
BY_TRAINER = "mots du formateur"
ALL_KITS = "Toutes les séances"
MODIFY_KIT = "Modifier la séance"
READ_KIT = "Terminer"
PLAY = "Jouer le quiz"
TAKE = "Emporter"
VERSIONS = "Versions"
RENAME = "Renommer"
DUPLICATE = "Dupliquer"
DELETE = "Supprimer"
UNDO = "Défaire"
READ_AGAIN = "Voir la dernière version"
TOOLS = "Cette séance"

AIMS = "Objectifs"
ADD_AIM = "Ajouter un objectif"
OUTLINE = "Déroulé"
FIT = "Ajuster"
ADD_SEQUENCE = "Ajouter une séquence"
SEQUENCE_TITLE = "Titre de la séquence"
SEQUENCE_MINUTES = "Durée, en minutes"
SEQUENCE_ACTIVITY = "Ce que l'on fait"
SEQUENCE_AFTER = "Après"
AT_FIRST = "(au tout début)"
MINUTES = "min"
MINUTES_OF = "durée en minutes"
LUNCH = "Repas"
ACTIVITY = "Ce que l'on fait"
ADD_ACTIVITY = "Ajouter une consigne"
POINTS = "Points à transmettre"
ADD_POINT = "Ajouter un point"
ANOTHER_POINT = "Un autre point"
RESERVE = "En réserve"
RESERVE_HELP = "Aucune séquence ne s'en sert ; vous pouvez les emporter, les changer ou les retirer."
READINGS = "À lire dans le rapport"

CASE = "Étude de cas"
SITUATION = "Situation"
OBSTACLES = "Difficultés"
TASKS = "Questions au groupe"
OUTCOME = "Ce que la fiche raconte ensuite"
ANOTHER_CASE = "Un autre cas"
DISCUSSION = "Discussion"
SIDES = "Ce que le rapport en dit"
ANOTHER_QUESTION = "Une autre question"
COMPARISON = "Comparaison"
OPTIONS = "Réponses"
PAIRS = "Ce qui va ensemble"
EXPECTED = "Points attendus"
PROOF = "Ce qui le prouve"
RIGHT = "✓ bonne réponse"
ITEM_KINDS = {
    ItemKind.CHOICE: "choix",
    ItemKind.TRUTH: "vrai ou faux",
    ItemKind.FIGURE: "chiffre",
    ItemKind.MATCHING: "à relier",
    ItemKind.OPEN: "réponse libre",
}
ADD_ITEM = "Ajouter une question à vous"
ITEM_STEM = "Question"
ITEM_OPTION = "Réponse"
ITEM_RIGHT = "est la bonne"
UNSAID_CELL = UNSAID

MODIFY = "Modifier"
MODIFY_TITLE = "Modifier le titre"
UP = "Monter"
DOWN = "Descendre"
REMOVE = "Retirer"
SAVE = "Enregistrer"
CANCEL = "Annuler"
ADD = "Ajouter"
YOUR_WORDS = "Vos mots"
REPLACES_REPORT = "Vos mots prendront la place de ceux du rapport, que vous pourrez faire revenir."
BACK_TO_REPORT = "Revenir aux mots du rapport"
WAS = "Le rapport dit :"
READ_THERE = "Lire dans le rapport"
NOT_A_NUMBER = "Écrivez un nombre de minutes."

# --- what was done --------------------------------------------------------------------------------------------------

MOVED = "Ordre changé"
RETIMED = "Durée changée"
FITTED = "Durées ajustées"
REMOVED = "Élément retiré"
REWRITTEN = "Texte réécrit"
RESTORED = "Mots du rapport revenus"
OTHER_CASE = "Autre cas"
OTHER_DISCUSSION = "Autre question de discussion"
OTHER_ITEM = "Autre question du quiz"
OTHER_POINT = "Autre point"
ADDED = "Texte ajouté"
SEQUENCE_ADDED = "Séquence ajoutée"
ITEM_ADDED = "Question ajoutée"
RENAMED = "Séance renommée"
DUPLICATED = "Séance dupliquée"
READ_ANEW = "Dernière version affichée"
UNCHANGED = "Rien n'a changé"

# --- dialogs --------------------------------------------------------------------------------------------------------

TAKE_TITLE = "Emporter la séance"
GUIDE = "Pour vous"
GUIDE_HELP = "Le guide complet : déroulé, points et preuves, cas, discussion, quiz et réponses."
GUIDE_FILES = {"docx": "Guide, Word", "pdf": "Guide, PDF", "md": "Guide, Markdown"}
GUIDE_PAPER = "Guide à imprimer"
HANDOUT = "À distribuer"
HANDOUT_HELP = "Pour les participants : sans la suite du cas ni les réponses, avec de la place pour écrire."
HANDOUT_FILES = {"docx": "Document, Word", "pdf": "Document, PDF", "md": "Document, Markdown"}
HANDOUT_PAPER = "Document à imprimer"
SLIDES = "À projeter"
SLIDES_HELP = "Une diapositive par séquence, les preuves dans les commentaires."
SLIDES_FILES = {"pptx": "Diaporama, PowerPoint"}
QUIZ = "Quiz sans les réponses"
QUIZ_HELP = "À faire sur papier, ou à importer dans Moodle (qui reçoit aussi les réponses)."
QUIZ_FILES = {"docx": "Quiz, Word", "pdf": "Quiz, PDF", "gift": "Quiz, GIFT", "xml": "Quiz, Moodle XML"}
QUIZ_PAPER = "Quiz à imprimer"
ANSWERS = "Réponses du quiz"
ANSWERS_HELP = "La bonne réponse à chaque question, et la phrase du rapport qui la prouve."
ANSWERS_FILES = {"docx": "Réponses, Word", "pdf": "Réponses, PDF"}
ANSWERS_PAPER = "Réponses à imprimer"
SHARE = "Partager"
SHARE_HELP = "Le fichier de la séance, qu'une autre installation de Pratiques ouvre et vérifie."
SHARE_FILES = {"json": "Fichier de la séance (.json)"}
RENAME_TITLE = "Renommer la séance"
NEW_NAME = "Nouveau nom"
VERSIONS_TITLE = "Versions de la séance"
VERSIONS_HELP = "Revenir à une version en fait une nouvelle : rien n'est perdu."
VERSION = "Version"
RETURN = "Revenir à cette version"
DELETE_TITLE = "Supprimer la séance ?"
DELETE_MEANS = "La séance et toutes ses versions seront effacées de la base. Cela ne peut pas être annulé."
DELETE_YES = "Supprimer définitivement"

GONE_BACK = "Vous pouvez en ouvrir une autre, ou en préparer une nouvelle."
_SHOWN = 90
"""Characters that the name of a fiche takes in the list at most."""


def theme_option(number: str, name: str) -> str:
    """Name a theme in the list: « 3 · Pair aidance »."""
    return f"{number} · {name}"


def fiche_option(name: str, title: str) -> str:
    """Name a fiche in the list: « 1d · Seine-Saint-Denis · Retour d'expérience du Conseil… »."""
    return textwrap.shorten(f"{name.removeprefix('Fiche ')} · {title}", _SHOWN, placeholder="…")


def asked(audience: Audience, participants: int, minutes: int, start: int) -> str:
    """Say what a kit is made for: « pour 12 étudiants · 3 h · début à 9 h 00 »."""
    if participants == 1:
        who = f"pour une personne ({AUDIENCES_NAMED[audience].lower()})"
    else:
        who = f"pour {participants} {AUDIENCES[audience]}"
    return f"{who} · {length(minutes)} · début à {clock(start)}"


def kept(audience: Audience, minutes: int, updated: datetime, versions: int) -> str:
    """Say of a kept kit: « 3 h · étudiants · modifiée le 3/12/2026 · 4 versions »; `updated` in the reader's time."""
    said = f"{length(minutes)} · {AUDIENCES[audience]} · modifiée le {updated:%d/%m/%Y}"
    return f"{said} · {versions} versions" if versions > 1 else said


def proved(total: int, verified: int) -> str:
    """Say how much of a kit is the report's: « 48 énoncés attribués au rapport, 48 prouvés par ses mots »."""
    if not total:
        return "Aucun énoncé n'est attribué au rapport."
    held = _many(verified, "prouvé")
    return f"{_many(total, 'énoncé')} {_agreed(total, 'attribué')} au rapport, {held} par ses mots."


def smoothed(model: str) -> str:
    """Say which language model smoothed the wording."""
    return f"Formulations relues par {model} ; ce qui n'y est pas prouvé a été écarté."


def version(number: int) -> str:
    """Say that what is shown is kept, and as which version."""
    return f"Version {number}, gardée"


def version_line(number: int, kept_at: datetime, change: str) -> str:
    """A version in the list: « 4 · 03/12 à 14:02 · Durée changée »; `kept_at` in the reader's time."""
    return " · ".join(part for part in (str(number), f"{kept_at:%d/%m/%Y à %H:%M}", change) if part)


def returned(number: int) -> str:
    """Say that an earlier version came back."""
    return f"Version {number} revenue"


def not_kept(why: str) -> str:
    """Say that a change could not be kept, and why; it is not shown either."""
    return f"La modification n'est pas gardée. {why}"


def day(number: int) -> str:
    """Head a day of the outline."""
    return f"Jour {number}"


def when(start: int, end: int) -> str:
    """Say when a sequence is: « de 9 h 20 à 10 h 05 »."""
    return f"de {clock(start)} à {clock(end)}"


def total(minutes: int, wanted: int) -> str:
    """Say how long the sequences last together."""
    return f"Total : {length(minutes)}, comme demandé." if minutes == wanted else f"Total : {length(minutes)}."


def difference(minutes: int, wanted: int) -> str:
    """Say what is missing or too much against what was asked; empty where it fits."""
    if minutes < wanted:
        return f"Il manque {length(wanted - minutes)} pour {length(wanted)}."
    return f"C'est {length(minutes - wanted)} de trop pour {length(wanted)}." if minutes > wanted else ""


def sequence(number: int) -> str:
    """Name a sequence by its place, from 1."""
    return f"Séquence {number}"


def item(number: int) -> str:
    """Name a quiz item by its place, from 1."""
    return f"Question {number}"


def item_kind(number: int, kind: ItemKind) -> str:
    """Head a quiz item: « Question 3 · choix »."""
    return f"{item(number)} · {ITEM_KINDS[kind]}"


def true_of(fiche: str | None, figure: bool) -> str:
    """Say where a wrong answer comes from: a fiche, or a section of the report."""
    if figure:
        return f"chiffre donné par la fiche {fiche}" if fiche else "chiffre donné ailleurs dans le rapport"
    return f"vrai de la fiche {fiche}" if fiche else "vrai ailleurs dans le rapport"


def source_name(number: int, place: str) -> str:
    """Name the button that opens a source: « source 2 : fiche 1c, p. 43 »."""
    return f"source {number} : {place}"


def _many(count: int, word: str) -> str:
    return f"{count} {_agreed(count, word)}"


def _agreed(count: int, word: str) -> str:
    return f"{word}s" if count > 1 else word
