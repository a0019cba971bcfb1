"""The sentences of what the reviews come to, and of their files, in French."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Status
from eval.compare import FEW
from eval.meaning import KINDS
from eval.review.agreement import Agreement, KindAgreement
from eval.review.files import Standing
from eval.review.marks import WHOLE, ErrorKind, Mark
from eval.review.scores import Mean
from ui.marking.labels import CITATION_MARKS, REFUSAL_MARKS, SENTENCE_MARKS
from ui.review.labels import many, number

# Agreement

BLIND_ENDS = (
    "Ici se lisent les notes des autres : terminez d'abord vos propres relectures. Seules sont comparées les réponses "
    "que les deux personnes ont terminées."
)
NO_PAIR = (
    "Il n'y a encore rien à comparer : il faut une réponse que deux personnes ont terminée. « Répartir » peut donner "
    "une partie des réponses à deux personnes."
)
COMPARING = "Calcul de l'accord et de ses intervalles…"
PAIR = "Deux personnes à comparer"
MARKS_NAME = "Accord sur les notes"
MARKS_HEADS = ("Ce qui est noté", "Unités", "Réponses", "Notes égales", "Kappa de Cohen")
SENTENCES, CITATIONS = "Phrases et refus (100, 80, 0)", "Citations (25, 20, 0)"
KINDS_NAME = "Accord sur les erreurs"
READING = "Comment lire ces chiffres"
DISAGREEMENTS = "Désaccords"
WHICH, TO_SETTLE, SETTLED, ALL = "Lesquels", "À arbitrer", "Arbitrés", "Tous"
NO_DISAGREEMENT = "Aucun désaccord de cette sorte."
SETTLED_BESIDE = "(arbitrée)"
WHERE = "Où"
NOTHING_SAID = "rien à signaler"
MEANING = f"""
**Notes égales** : part des unités auxquelles les deux personnes ont donné la même note. Une unité est une phrase, une
citation ou un refus ; pour une erreur, c'est une phrase ou une réponse qui pourrait l'avoir.

**Kappa de Cohen** : κ = (p₀ − pₑ) / (1 − pₑ), où p₀ est la part de notes égales et pₑ celle qu'on aurait si chaque
personne donnait ses notes au hasard, dans les proportions qui sont les siennes. 1 : toujours d'accord ; 0 : pas plus
que le hasard ; moins de 0 : moins que le hasard. Un usage courant (Landis et Koch, 1977) parle d'accord faible sous
0,40, moyen jusqu'à 0,60, bon jusqu'à 0,80, très bon au-delà : ce sont des repères, non des seuils. Un tiret veut dire
que κ ne peut pas être calculé : les deux personnes n'ont donné qu'une seule et même note.

**Accord positif** : 2 × les deux / (2 × les deux + l'une seule + l'autre seule). C'est l'accord là où l'erreur est
nommée au moins une fois ; quand une erreur est rare, κ peut être bas alors que presque tout concorde, et ce chiffre
aide à en juger.

**Entre parenthèses**, l'intervalle à 95 % : ce que donneraient d'autres réponses du même genre, par rééchantillonnage
des réponses entières (les phrases d'une même réponse ne sont pas indépendantes). Plus il est large, moins le chiffre
est sûr. Avec moins de {FEW} réponses en commun, il n'est qu'une indication.
"""

# Scores

SCORES_INTRODUCTION = (
    "Le total d'une réponse va de 0 à 100 : 75 % de la note moyenne de ses phrases, plus la note moyenne de ses "
    "citations (sur 25). Un refus a pour total sa seule note. Quand plusieurs personnes ont terminé une réponse, son "
    "total est la moyenne des leurs ; après un arbitrage, c'est celui de l'arbitrage."
)
NO_SCORE = "Aucune relecture n'est encore terminée."
SCORES_NAME = "Total moyen des réponses relues"
SCORES_HEADS = ("Réponses", "Nombre", "Total moyen", "Intervalle à 95 %")
EVERYTHING = "Toutes"
STATUSES = {True: "Réponses citées", False: "Refus"}
ERRORS_NAME = "Erreurs relevées"
ERRORS_HEADS = ("Erreur", "Réponses concernées", "Part")
RATERS_NAME = "Total moyen par personne"
RATERS_HEADS = ("Personne", "Relectures terminées", "Total moyen", "Intervalle à 95 %")
RATERS_NOTE = (
    "Les personnes n'ont pas relu les mêmes réponses : deux moyennes ne se comparent qu'avec prudence, l'accord se lit "
    "dans « Accord »."
)

# Files

EXPORT = "Emporter les relectures"
EXPORT_MEANS = (
    "Elles partent avec les notes de toutes les personnes et les arbitrages : tout ce qu'il faut pour recalculer "
    "chaque chiffre. Ces fichiers ne cachent rien, ni la configuration ni les notes des autres."
)
AS_CSV, AS_JSON = "Tableau (CSV)", "Tout (lignes JSON)"
FORMATS_MEAN = (
    "Le tableau a une ligne par note : il s'ouvre dans un tableur, se remplit, et revient ici si les réponses y sont "
    "déjà. Les lignes JSON portent aussi les réponses elles-mêmes : elles suffisent ailleurs."
)
IMPORT = "Reprendre des relectures"
IMPORT_FILE = "Fichier de relectures (CSV ou lignes JSON)"
IMPORT_HELP = "Chaque ligne est vérifiée ; rien n'est gardé avant que vous le disiez."
KEEP_NOTHING, CLOSE = "Ne rien garder", "Fermer"
NOTHING_KEPT = "Rien n'a été gardé."
ALL_HERE = "Tout ce que ce fichier a de bon est déjà ici, à l'identique."
NOTHING_GOOD = "Aucune ligne de ce fichier ne peut être gardée."
MOST_SHOWN = 200
"""Refused lines that are shown."""


def pair(first: str, second: str, answers: int) -> str:
    """A pair to choose: « Ana et Bo (12 réponses en commun) »."""
    return f"{first} et {second} ({many(answers, 'réponse')} en commun)"


def over(answers: int, refusals: int) -> str:
    """What is compared."""
    of_refusals = f", dont {many(refusals, 'refus', 'refus')}" if refusals else ""
    return f"{many(answers, 'réponse terminée', 'réponses terminées')} par les deux{of_refusals}."


def few() -> str:
    """Said where there are too few answers."""
    return (
        f"Moins de {FEW} réponses en commun : lisez ces chiffres comme une première indication, non comme un résultat."
    )


def kinds_heads(first: str, second: str) -> tuple[str, ...]:
    """The heads of the table of errors."""
    return (
        "Erreur",
        "Les deux",
        f"{first} seulement",
        f"{second} seulement",
        "Aucune",
        "Accord positif",
        "Kappa de Cohen",
    )


def marks_row(name: str, agreement: Agreement) -> tuple[str, ...]:
    """A row of the table of marks."""
    share = _percent_between(agreement.observed, agreement.observed_low, agreement.observed_high)
    return name, number(agreement.units), number(agreement.answers), share, kappa(agreement)


def kind_row(kind: KindAgreement) -> tuple[str, ...]:
    """A row of the table of errors."""
    counts = (kind.both, kind.first, kind.second, kind.neither)
    positive = "–" if kind.positive is None else percent(kind.positive)
    return error(kind.kind), *map(number, counts), positive, kappa(kind.agreement)


def kappa(agreement: Agreement) -> str:
    """Kappa with its interval: « 0,62 (de 0,41 à 0,80) »."""
    if agreement.kappa is None:
        return "–"
    if agreement.kappa_low is None or agreement.kappa_high is None:
        return decimal(agreement.kappa)
    return f"{decimal(agreement.kappa)} (de {decimal(agreement.kappa_low)} à {decimal(agreement.kappa_high)})"


def _percent_between(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "–"
    return (
        f"{percent(value)} (de {percent(low)} à {percent(high)})"
        if low is not None and high is not None
        else percent(value)
    )


def disagreements(count: int, answers: int, settled: int) -> str:
    """How many disagreements there are."""
    if not count:
        return "Les deux personnes sont d'accord sur tout."
    end = f", dont {many(settled, 'arbitrée', 'arbitrées')}" if settled else ", aucune arbitrée"
    return f"{many(count, 'désaccord')} dans {many(answers, 'réponse')}{end}."


def place(position: int) -> str:
    """Where in the answer a disagreement is."""
    return f"Phrase {position}" if position != WHOLE else "Réponse entière"


def mark(given: Mark) -> str:
    """What a rater said: « phrase 80 (Moyenne), citation 0 (Mauvaise) ; chiffre faux – la raison »."""
    marks = []
    refused = given.position == WHOLE  # an answer as a whole has no mark, but a refusal has
    if given.sentence is not None:
        named = REFUSAL_MARKS if refused else SENTENCE_MARKS
        marks.append(f"{'refus' if refused else 'phrase'} {given.sentence} ({named[given.sentence].lower()})")
    if given.citation is not None:
        marks.append(f"citation {given.citation} ({CITATION_MARKS[given.citation].lower()})")
    said = " ; ".join(filter(None, (", ".join(marks), ", ".join(error(kind).lower() for kind in given.kinds))))
    reason = " ".join(given.reason.split())
    return " – ".join(filter(None, (said or NOTHING_SAID, f"« {reason} »" if reason else "")))


def score_row(name: str, mean: Mean) -> tuple[str, ...]:
    """A row of the table of totals."""
    between = "–" if mean.count < 2 else f"de {decimal(mean.low, 1)} à {decimal(mean.high, 1)}"
    return name, number(mean.count), decimal(mean.mean, 1), f"{between} (peu de réponses)" if mean.few else between


def error_row(kind: ErrorKind, count: int, of: int) -> tuple[str, ...]:
    """A row of the table of errors found."""
    return error(kind), number(count), percent(count / of)


def configuration(name: str) -> str:
    """A configuration, by its short name."""
    return f"Configuration {name}"


def answered(status: Status) -> str:
    """Whether an answer is one, or a refusal."""
    return STATUSES[status is Status.ANSWERED]


def checked(counts: Sequence[tuple[Standing, int]]) -> str:
    """What is good of a file, once it is checked; empty where nothing is."""
    names = {
        Standing.NEW: ("relecture nouvelle", "relectures nouvelles"),
        Standing.NEWER: ("qui en remplace une plus ancienne", "qui en remplacent de plus anciennes"),
        Standing.SAME: ("déjà là à l'identique", "déjà là à l'identique"),
    }
    said = [many(count, *names[standing]) for standing, count in counts if count]
    return f"{', '.join(said)}." if said else ""


def refused_lines(count: int) -> str:
    """Heads the lines that are refused."""
    first = f" ; voici les {MOST_SHOWN} premières" if count > MOST_SHOWN else ""
    return f"{many(count, 'ligne refusée', 'lignes refusées')}{first} :"


def keep(lines: int, all_good: bool) -> str:
    """The button that keeps what is good."""
    if lines < 2:
        return "Garder la ligne" if all_good else "Garder la seule bonne ligne"
    return f"Garder les {number(lines)} {'lignes' if all_good else 'bonnes lignes'}"


def kept(count: int) -> str:
    """Said once a file was kept."""
    return f"{many(count, 'relecture gardée', 'relectures gardées')}."


def to_export(count: int) -> str:
    """How many answers the filters keep."""
    return f"Les filtres gardent {many(count, 'réponse')}."


def percent(share: float) -> str:
    """A share: « 83 % »."""
    return f"{100 * share:.0f} %"


def decimal(value: float, digits: int = 2) -> str:
    """A number, as French prints it: « −0,12 »."""
    rounded = round(value, digits)
    return f"{rounded + 0:.{digits}f}".replace("-", "−").replace(".", ",")


def error(kind: ErrorKind) -> str:
    """The name of a kind of error, without what explains it."""
    name = KINDS[kind]
    return f"{name[:1].upper()}{name[1:]}"
