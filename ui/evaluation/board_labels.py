"""The sentences of the dashboard of a run, in French."""

from __future__ import annotations

from datetime import datetime

from eval.analysis.failures import Failure
from eval.analysis.measures import Grouping
from eval.compare import FEW
from eval.meaning import PERSONAS, TYPES
from eval.record import Run
from ui.evaluation.labels import SPLITS, asked, commit, many, moment, number

BACK = "Toutes les mesures"
PART = "Ce qui est montré de la mesure"
PARTS = {
    "ensemble": "Ensemble",
    "groupes": "Par groupe",
    "refus": "Répondre ou refuser",
    "temps": "Temps de réponse",
    "couverture": "Rapport couvert",
    "questions": "Questions à revoir",
}
GONE_RUN = "Cette mesure n'est plus là."
DELETE = "Supprimer cette mesure"
DELETE_TITLE = "Supprimer cette mesure ?"
DELETE_MEANS = "Ses chiffres et le détail de ses questions seront effacés pour toujours."
DELETE_YES = "Supprimer"
KEEP = "Annuler"

FAMILIES = (
    ("Recherche", ("recall", "mrr")),
    ("Réponse", ("key_facts",)),
    ("Citations", ("citation_precision", "citation_recall")),
    ("Répondre ou refuser", ("right_status", "false_refusals", "false_answers", "brier")),
)
"""The figures that are means over questions, as they are shown together."""
OTHERS = "Autres chiffres"
RANKS = "Rang du premier passage qui a une preuve"
RANKS_MEANS = "Sur les questions qui ont une réponse, même si elle a été refusée."
RANK = "Rang"
BEYOND, NO_PASSAGE = "rangs au-delà de 20", "aucun passage"
CITATIONS = "Citations vérifiées dans le rapport"
WORDS = "Longueur médiane d'une réponse, en mots"
BROKEN_COUNT = "Questions qui n'ont pas pu être traitées"

GROUPING = "Répartir les questions"
GROUPINGS = {
    Grouping.TYPE: "par type de question",
    Grouping.PERSONA: "par profil",
    Grouping.FICHE: "par fiche",
    Grouping.PART: "par partie du rapport",
    Grouping.SPLIT: "par usage du jeu",
}
SHOWN_FIGURE = "Chiffre montré"
GROUP = "Groupe"
GROUPS_MEAN = (
    "Une question dont les preuves sont dans plusieurs fiches ou parties compte dans chacune ; une question sans "
    f"réponse, dans aucune. Un intervalle sur moins de {FEW} questions ne dit rien."
)
NO_GROUPS = "Toutes les questions de cette mesure sont du même groupe."

CONFUSION = "Ce qui devait être fait, ce qui l'a été"
CONFUSION_HEAD = "La question"
ANSWERABLE = {True: "a une réponse dans le rapport", False: "n'en a pas"}
RELIABILITY = "La chance annoncée peut-elle être crue ?"
RELIABILITY_MEANS = (
    "Avant de répondre, l'assistant estime la chance que le rapport réponde. Chaque point est un groupe de questions "
    "de chances voisines : s'il est sur la ligne en tirets, la chance annoncée est celle qui a été constatée."
)
CHANCE, CONSTATED = "Chance annoncée", "Part qui a une réponse"
NO_CHANCE = "Cette mesure ne garde pas les chances annoncées : elle a été faite par une version plus ancienne."

TIMES_UP, TIMES_ACROSS = "Nombre de réponses", "Millisecondes"
TIMES_MEAN = "Les deux lignes en tirets sont à la médiane et à la limite sous laquelle sont 95 % des réponses."
STEPS = "Étape par étape"
STEP, MEDIAN, P95 = "Étape", "Médiane", "95 % sous"
STEP_NAMES = {
    "protect": "Masquer les données personnelles",
    "understand": "Comprendre la question",
    "reword": "Reformuler (modèle de langue)",
    "retrieve": "Chercher les passages",
    "weigh": "Peser les phrases",
    "compose": "Composer la réponse",
    "judge": "Décider de répondre",
    "write": "Rédiger (modèle de langue)",
    "conclude": "Prouver et conclure",
}
NO_STEPS = "Cette mesure ne garde pas le temps de chaque étape : elle a été faite par une version plus ancienne."
NO_TIMES = "Aucune question n'a été posée jusqu'au bout."
BETWEEN = "Entre"

JUDGED, FOUND, CITED = "Attendue", "Trouvée", "Citée"
REACH_MEANS = (
    "Une colonne par fiche ou section, dans l'ordre du rapport ; en dessous, la page où elle commence. Plus une case "
    "est colorée, plus de questions y attendent leurs preuves, y ont trouvé un passage, ou ont une réponse qui la "
    "cite."
)
REACH = "Rapport couvert, partie par partie"
REACH_HEADS = ("Fiche ou section", "Page", "Attendue", "Trouvée", "Citée", "Passages attendus")
UNTESTED = "Ce qu'aucune question ne met à l'épreuve"
ALL_TESTED = "Rien : chaque fiche et chaque section a au moins une question dont les preuves y sont."
NO_REACH = "Cette mesure ne garde pas où sont les preuves : elle a été faite par une version plus ancienne."

WAYS = {
    Failure.BROKEN: "n'a pas pu être traitée",
    Failure.FALSE_REFUSAL: "refusée à tort",
    Failure.FALSE_ANSWER: "répondue à tort",
    Failure.UNFOUND: "citation introuvable",
    Failure.NOT_RETRIEVED: "preuve non trouvée",
    Failure.FACTS_MISSING: "fait clé manquant",
}
WAY = "Ce qui n'allait pas"
TYPE, PERSONA = "Type", "Profil"
ANY = "tout"
NONE_FAILED = "Aucune question à revoir : tout est juste dans cette mesure."
NONE_LEFT = "Aucune question ne répond à ces critères."
EARLIER = "Dit auparavant"
EXPECTED = "Réponse attendue"
NOTHING_EXPECTED = "Un refus : le rapport n'en parle pas."
ENDED = "Ce qui s'est passé"
FACTS_SAID, FACTS_UNSAID = "Faits clés dits", "Faits clés non dits"
WHERE = "Où sont les preuves"
FIRST_PASSAGES = "Premiers passages trouvés"


def made(run: Run, date: datetime) -> str:
    """What a run was made on; `date` is its own, where the reader is."""
    parts = [f"Version {run.version}"]
    if run.commit:
        parts.append(f"commit {commit(run.commit)}")
    parts += [f"plongement {run.settings.embeddings}", f"index {run.settings.index[:8]}"]
    if run.made_with and run.made_with.llm:
        parts.append(f"modèle de langue {run.made_with.llm}")
    return f"{moment(date)}. {many(len(run.outcomes), 'question')} : {asked(run)}. {', '.join(parts)}."


def title(date: datetime) -> str:
    """The title of a run."""
    return f"Mesure du {moment(date)}"


def delete_question(run: Run, date: datetime) -> str:
    """What is asked before a run is deleted."""
    return f"Mesure du {moment(date)}, {many(len(run.outcomes), 'question')}. {DELETE_MEANS}"


def group_name(grouping: Grouping, name: str) -> str:
    """The name of a group of questions."""
    known = {Grouping.TYPE: TYPES, Grouping.PERSONA: PERSONAS, Grouping.SPLIT: SPLITS}.get(grouping, {})
    return f"Fiche {name}" if grouping is Grouping.FICHE else known.get(name, name)


def group_line(grouping: Grouping, name: str, count: int) -> str:
    """The name of a group with its size, which stays on one line: « fait (16 questions) »."""
    return f"{group_name(grouping, name)} ({many(count, 'question')})".replace(" question", "\u00a0question")


def reached(judged: int, places: int, judged_passages: int, passages: int) -> str:
    """How much of the report is put to the test."""
    return (
        f"Les questions attendent leurs preuves dans {judged} des {places} fiches et sections du rapport, et dans "
        f"{judged_passages} de ses {passages} passages."
    )


def reached_by(place: str, measure: str, count: int) -> str:
    """What a cell of the strip says when it is pointed at: « Fiche 1c : … – citée : 3 questions »."""
    return f"{place} – {measure.lower()} : {many(count, 'question')}"


def gone(count: int) -> str:
    """Said where passages are no longer in the index; else nothing."""
    if not count:
        return ""
    said = "1 passage de cette mesure n'est" if count == 1 else f"{count} passages de cette mesure ne sont"
    return f"{said} plus dans l'index."


def shown(count: int, total: int) -> str:
    """How many questions are shown, of all those that went wrong."""
    return f"{many(count, 'question')} sur {total} à revoir."


def ranks_from(low: int, high: int) -> str:
    """Some ranks: « rang 1 », « rangs 2 à 3 »."""
    return f"rang {low}" if low == high else f"rangs {low} à {high}"


def bin_of(low: float, high: float) -> str:
    """From which time to which."""
    return f"{low:.0f} à {high:.0f} ms"


def longer(than: float) -> str:
    """The times that are longer than most."""
    return f"plus de {than:.0f} ms"


def out_of(count: int, total: int) -> str:
    """A count of all: « 2 sur 14 »."""
    return f"{count} sur {total}"


def point(chance: float, answerable: float) -> str:
    """A point of the reliability plot, as a screen reader says it."""
    return f"{number(chance)} annoncée, {number(answerable)} constatée"
