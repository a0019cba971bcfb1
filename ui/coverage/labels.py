"""The sentences of the coverage page, in French."""

from __future__ import annotations

from datetime import datetime

from assistant.answer import Status
from assistant.coverage import Coverage, Period, Place
from assistant.wording import page_label

INTRO = (
    "Ce que les questions posées dans « Discuter » ont atteint du rapport, et ce qu'elles n'ont pas atteint : de quoi "
    "voir ce qui sert, ce que personne n'a demandé et ce à quoi il n'a pas été répondu."
)
PERIOD = "Période"
PERIODS = {
    Period.WEEK: "7 jours",
    Period.MONTH: "30 jours",
    Period.YEAR: "12 mois",
    Period.ALL: "Tout",
    Period.DATES: "Entre deux dates",
}
FIRST_DAY, LAST_DAY = "Premier jour", "Dernier jour compris"
DATE_FORMAT = "DD/MM/YYYY"
NOTHING = "Aucune question n'a été posée pendant cette période. Choisissez-en une plus longue, ou posez une question."

STRIP = "Le rapport, partie après partie"
STRIP_NOTE = (
    "Une colonne par fiche ou section, dans l'ordre du rapport ; en dessous, la page où elle commence. Plus une case "
    "est colorée, plus la partie a été citée (en haut) ou trouvée (en bas). Les nombres sont dans le tableau."
)
CITED, FOUND = "Citée", "Trouvée"
TABLE = "Voir les chiffres"
TABLE_NAME = "Passages cités et trouvés, partie par partie"
HEADS = ("Fiche ou section", "Page", "Fois citée", "Passages cités", "Fois trouvée")
NEVER = "Fiches jamais citées"
ALL_CITED = "Toutes les fiches ont été citées."
REFUSED = "Questions restées sans réponse"
NONE_REFUSED = "Aucune : le rapport a répondu à chacune."
REFUSALS = {
    Status.SILENT: "Le rapport n'en parle pas",
    Status.UNPROVABLE: "Des passages, mais pas de réponse prouvée",
}


def summary(coverage: Coverage) -> str:
    """How many questions were asked, and how they ended."""
    ended = {
        "avec une réponse": coverage.statuses.get(Status.ANSWERED, 0),
        "dont le rapport ne parle pas": coverage.statuses.get(Status.SILENT, 0),
        "avec des passages, mais pas de réponse prouvée": coverage.statuses.get(Status.UNPROVABLE, 0),
        "qui n'ont pas pu être traitées": coverage.failed,
    }
    said = ", ".join(f"{count} {how}" for how, count in ended.items() if count)
    return f"{_many(coverage.asked, 'question')} : {said}."


def reached(coverage: Coverage) -> str:
    """How many passages of the documents were cited."""
    cited, all_of_them = sum(p.reached for p in coverage.places), sum(p.passages for p in coverage.places)
    return f"{_many(cited, 'passage')} sur {all_of_them} {'a été cité' if cited < 2 else 'ont été cités'}."


def gone(coverage: Coverage) -> str:
    """Said where passages were found or cited that the index no longer has; else empty."""
    if not coverage.gone:
        return ""
    if coverage.gone == 1:
        return "1 autre passage n'est plus dans l'index, qui a changé depuis : il n'est pas compté."
    return f"{coverage.gone} autres passages ne sont plus dans l'index, qui a changé depuis : ils ne sont pas comptés."


def alternative(coverage: Coverage) -> str:
    """What a screen reader says of the strip."""
    most = max(coverage.places, key=lambda place: place.cited, default=None)
    leader = f" La plus citée : {most.title} ({_many(most.cited, 'citation')})." if most and most.cited else ""
    return (
        f"Frise des {len(coverage.places)} parties du rapport. {reached(coverage)}{leader} Le tableau les donne toutes."
    )


def page(place: Place) -> str:
    """The page on which a place starts: « p. 43 », or nothing."""
    return page_label(place.page, exact=True)


def times(place: Place, measure: str, count: int) -> str:
    """What a cell of the strip says when it is pointed at: « Fiche 1c : … – citée 3 fois »."""
    return f"{place.title} – {measure.lower()} {count} fois"


def share(place: Place) -> str:
    """How many of the passages of a place were cited: « 2 sur 14 »."""
    return f"{place.reached} sur {place.passages}"


def day(moment: datetime) -> str:
    """The day of a question, in the calendar of this machine."""
    return f"{moment.astimezone():%d/%m/%Y}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}"
