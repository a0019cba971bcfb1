"""What the views of runs share, and the sentences of a new run and of the list, in French."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from assistant.answer import Status
from eval.analysis.measures import Estimate
from eval.meaning import METRICS
from eval.record import Commit, Portion, Run
from eval.running import Chosen, Progress, Stage

VIEW = "Ce que montre la page"
VIEWS = {
    "mesures": "Mesures",
    "comparer": "Comparer deux mesures",
    "essais": "Essais à l'aveugle",
    "juge": "Juge automatique",
    "rapport": "Rapport d'évaluation",
}

NEW = "Nouvelle mesure"
NEW_MEANS = (
    "Une mesure pose à l'assistant toutes les questions d'un jeu dont les réponses sont connues, puis compte ce qui "
    "est juste. Elle continue si vous quittez cette page."
)
SET = "Jeu de questions"
OWN_SET = "Questions du projet"
REVIEWED_SET = "Jeu de test tiré des relectures"
SEND = "Un autre fichier…"
FILE = "Fichier de questions jugées (une ligne JSON par question)"
PORTION = "Quelles questions"
PORTIONS: dict[Portion, str] = {
    "held": "Celles réservées à la mesure",
    "fit": "Celles qui ont servi au réglage",
    "all": "Toutes",
}
START = "Lancer la mesure"
CANCEL = "Arrêter la mesure"
CANCELLING = "La mesure s'arrête après la question en cours…"
CANCELLED = "La mesure a été arrêtée. Ce qu'elle avait mesuré n'est pas gardé : une partie des questions trompe."
DISMISS = "Ne plus afficher"
OPEN_RUN = "Voir ses chiffres"
CHOOSE_FILE = "Choisissez d'abord un fichier."

RUNS = "Mesures gardées"
NO_RUN = "Il n'y a pas encore de mesure. Lancez-en une ci-dessus : ses chiffres seront montrés ici."
RUN_HEADS = ("Mesure", "Jeu", "Commit", "Questions")
TREND = "Évolution"
TREND_HEADS = ("Mesure", "Commit")
TREND_OF = "Mesures du même jeu"
TREND_MEANS = (
    "Chaque point est une mesure des mêmes questions, de la plus ancienne à la plus récente. Chaque ligne a sa propre "
    "échelle : elle montre le sens du mouvement, le tableau donne les valeurs."
)
TREND_ALONE = "Il faut au moins deux mesures des mêmes questions pour montrer une évolution."
MEDIAN_TIME = "Temps médian"
COMPARE = "Comparer avec la mesure précédente des mêmes questions"
FIGURE, VALUE, INTERVAL, COUNT = "Chiffre", "Valeur", "Intervalle à 95 %", "Questions"
MEANING = "Ce que veulent dire ces chiffres"
FORMULA = "Calcul"
SOURCE = "Source"
LESS_IS_BETTER = "plus bas est mieux"
TABLE = "Voir les chiffres"
SPLITS = {"held": "réservées à la mesure", "fit": "servant au réglage"}
STATUSES = {
    Status.ANSWERED: "Répondue",
    Status.SILENT: "« Le rapport n'en parle pas »",
    Status.UNPROVABLE: "« Rien de prouvable »",
}
BROKEN = "En échec"
MORE = "Montrer plus de questions"
EVIDENCE_RANKS = "Rangs des preuves"
ASK = "Poser cette question dans Discuter"
ABSENT = "absente"
NOTHING = "–"


def name_of(key: str) -> str:
    """The name of a figure, with a capital letter."""
    name = METRICS[key].name
    return name[0].upper() + name[1:]


def number(value: float, digits: int = 2) -> str:
    """A number as French writes it: « 0,93 »."""
    return f"{value:.{digits}f}".replace(".", ",")


def signed(value: float) -> str:
    """A number with its sign, to three decimals; what rounds to zero has none."""
    rounded = round(value, 3)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return sign + number(abs(rounded), 3)


def between(low: float, high: float) -> str:
    """An interval: « de 0,91 à 0,95 »."""
    return f"de {number(low)} à {number(high)}"


def interval_of(estimate: Estimate) -> str:
    """The interval of a figure; nothing where it was drawn from too few questions."""
    return "trop peu de questions" if estimate.few else between(estimate.low, estimate.high)


def with_interval(estimate: Estimate) -> str:
    """A figure with its interval, unless it was drawn from too few questions: « 0,93 (de 0,91 à 0,95) »."""
    value = number(estimate.value)
    return value if estimate.few else f"{value} ({between(estimate.low, estimate.high)})"


def ms(value: float) -> str:
    """A time: « 0,4 ms », « 42 ms », « 1,3 s »."""
    if value < 10:
        return f"{number(value, 1)} ms"
    return f"{value:.0f} ms" if value < 1000 else f"{number(value / 1000, 1)} s"


def many(count: int, noun: str) -> str:
    """A count with its noun: « 3 questions »."""
    return f"{count} {noun}{'s' if count > 1 else ''}"


def of_all(count: int, total: int) -> str:
    """A count and what it is of all: « 12 (40 %) »."""
    return f"{count} ({100 * count / total:.0f} %)" if total else str(count)


def moment(date: datetime) -> str:
    """A date and a time of day, where the reader is."""
    return f"{date:%d/%m/%Y %H:%M}"


def day(date: datetime) -> str:
    """A day."""
    return f"{date:%d/%m/%Y}"


def commit(made_at: Commit | None) -> str:
    """The commit of a run: « a1b2c3d, modifié »."""
    return "" if made_at is None else made_at.hash + (", modifié" if made_at.dirty else "")


def set_name(file: Path, own: Path, reviewed: Path) -> str:
    """The name of a file of judged questions, as it is chosen."""
    return OWN_SET if file == own else REVIEWED_SET if file == reviewed else file.name


def asked(run: Run) -> str:
    """Which questions a run asked: « questions.jsonl, celles réservées à la mesure »."""
    portion = PORTIONS[run.settings.split]
    return f"{run.settings.questions}, {portion[0].lower()}{portion[1:]}"


def run_line(run: Run, date: datetime) -> str:
    """A run in a list to choose from; `date` is its own, where the reader is."""
    made_at = f", commit {commit(run.commit)}" if run.commit else ""
    return f"{moment(date)} · {many(len(run.outcomes), 'question')} ({asked(run)}){made_at}"


def run_made(run: Run, date: datetime) -> str:
    """When a run was made, and at which commit: « 04/11/2026 09:05, commit a1b2c3d »."""
    return moment(date) + (f", commit {commit(run.commit)}" if run.commit else "")


def chosen(questions: Chosen) -> str:
    """How many questions were chosen."""
    return f"{many(len(questions.questions), 'question')} à poser."


def how_far(progress: Progress) -> str:
    """How far a run is: « 12 questions sur 280 ; encore 3 min environ »."""
    said = f"{progress.name} : {many(progress.done, 'question')} sur {progress.total}"
    if progress.left is not None:
        said += f" ; encore {duration(progress.left)} environ"
    if progress.broken:
        said += f" ; {progress.broken} en échec"
    return said + "."


def how_far_aloud(progress: Progress) -> str:
    """The same, changing each tenth only."""
    return f"{progress.done * 10 // max(progress.total, 1) * 10} % des questions sont posées."


def duration(seconds: float) -> str:
    """A length of time, rounded: « 40 s », « 3 min »."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def ended(progress: Progress) -> str:
    """How a run ended."""
    if progress.stage is Stage.CANCELLED:
        return CANCELLED
    if progress.stage is Stage.FAILED:
        return f"La mesure a échoué : {progress.message}"
    broken = f" ; {many(progress.broken, 'question')} en échec, comptées zéro" if progress.broken else ""
    return f"La mesure est finie : {many(progress.total, 'question')} en {duration(progress.seconds)}{broken}."


def ranks(found: tuple[int | None, ...]) -> str:
    """At which ranks pieces of evidence were found."""
    return ", ".join(str(rank) if rank else ABSENT for rank in found) or NOTHING


def moved(before: int | None, after: int | None) -> str:
    """From which rank to which."""
    return f"{before or ABSENT} → {after or ABSENT}"


def status(found: Status | None) -> str:
    """How a question ended."""
    return BROKEN if found is None else STATUSES[found]


def alternative(name: str, lines: list[str]) -> str:
    """What a screen reader says of a chart."""
    return f"Diagramme, {name} : {' ; '.join(lines)}."
