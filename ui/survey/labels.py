"""The sentences of the survey page, in French."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.survey import FigureKind, SurveyFigure, SurveyValue

INTRO = (
    "Ce que l'annexe du rapport dit des réponses au questionnaire. Sous chaque figure se trouvent les phrases qui "
    "donnent ses nombres : un programme a vérifié que chaque nombre s'y lit."
)
THEME = "Thème"
NO_SURVEY = (
    "Les documents indexés n'ont pas l'annexe du rapport où sont les résultats du questionnaire : il n'y a rien à "
    "montrer ici. « pratiques ingest » remet le rapport dans l'index."
)
SOURCES = "Ce que dit le rapport"
READ = "Lire dans le rapport"
TABLE = "Voir les chiffres"
NO_BASE = "Nombre de répondants à cette question : non précisé."
ANSWER = "Réponse"
KINDS = {FigureKind.SHARE: "Part", FigureKind.COUNT: "Nombre", FigureKind.SCORE: "Moyenne pondérée"}
COUNT = "Nombre de réponses"


def base(figure: SurveyFigure) -> str:
    """How many answers a figure rests on: « Base : 1 301 répondants à la question 14. »; a count needs none."""
    if figure.base:
        return f"Base : {integer(figure.base.number)} {figure.base.who}."
    return "" if figure.kind is FigureKind.COUNT else NO_BASE


def integer(number: int) -> str:
    """A whole number with its thousands apart: « 1 301 »."""
    return f"{number:,}".replace(",", "\u202f")


def said(figure: SurveyFigure) -> tuple[str, ...]:
    """The values of a figure as they are read, all with the same decimals: « 62 % », « 1 771 », « 3,57 »."""
    decimals = max(_decimals(value) for value in figure.values)
    sign = "\u202f%" if figure.kind is FigureKind.SHARE else ""
    numbers = [f"{value.number:,.{decimals}f}".replace(",", "\u202f").replace(".", ",") for value in figure.values]
    return tuple(number + sign for number in numbers)


def alternative(figure: SurveyFigure, numbers: Sequence[str]) -> str:
    """What a screen reader says of a chart."""
    values = ", ".join(f"{value.label} {number}" for value, number in zip(figure.values, numbers, strict=True))
    return f"Diagramme en barres, {figure.title} : {values}."


def table_name(title: str) -> str:
    """The name of the table of a figure."""
    return f"Chiffres : {title}"


def reading_name(place: str) -> str:
    """The name of a link to the report, for those who do not see what it stands under."""
    return f"{READ} : {place}"


def _decimals(value: SurveyValue) -> int:
    exponent = value.number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
