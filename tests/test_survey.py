"""The questionnaire's figures: each stands in the annexe's own words, and none of the annexe's is forgotten."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from assistant.survey import FigureKind, Survey, SurveyFigure, prove_survey, read_survey
from ingest.records import Passage, Unit, UnitKind

ANSWERS = r"(?:réponses?|répondants|participants|personnes|contacts|représentants|fois)\b"
WRITTEN_OUT = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent"
NUMBER = re.compile(
    rf"\d+(?:,\d+)? ?%|\b(?i:\d+|{WRITTEN_OUT}) (?:autres )?{ANSWERS}|(?<=\()\d+(?=\))|(?<= · )\d[\d,]*"
)
LEFT_OUT = (
    # Said again of a group that a figure gives already.
    "Seulement 8 répondants au questionnaire indiquent",
    "et 11 autres répondants des « personnes concernées »",
    "Parmi ces 42 répondants, à la question 28",
    "Pour les 38% des répondants qui ont répondu « oui »",
    "La question 43 (seulement 113 répondants)",
    "Parmi les 28% de réponses « Autre »",
    "Parmi les 9 réponses « Autres »",
    "issus des pratiques émergentes, les répondants (166) retiennent",
    "issus des pratiques émergentes, les répondants (154) retiennent",
    "on retrouve quatre grands effets identifiés par ces cent répondants",
    # The share of 3 answers in 11, which is not 33%: only the count is given.
    "connaître des pratiques émergentes (33%)",
    # The figures of a table, rounded in the prose before or after it.
    "dans le cadre de la crise sanitaire 19% des réponses",
    "dans la relation avec la personne concernée (19%)",
    "en équipe restreinte de professionnels (18%) ou associant les directions (15%)",
    "Notons que 11% des répondants indiquent",
    "seulement 3% des répondants indiquent avoir conçu",
    "27% des répondants ont indiqué que les personnes concernées avaient « participé",
    "28% des répondants indiquent que les personnes concernées ont été simplement informées",
    "ou lors de réunions dédiées (26% des réponses), et 14% par des affiches",
    "A noter que 24% des répondants indiquent financer",
    "semblent avoir la charge de sa diffusion (38%)",
    "que l'ensemble de l'équipe avait la charge de sa diffusion (35%)",
    "pour 27% des réponses, c'est la direction",
    "autre que le répondant pour 17% des réponses",
    # A table that the conversion tore: the prose gives its shares, rounded.
    "Soutien de la hiérarchie dans l'émergence de la pratique : 62,5 · 66 % 122",
    "Information de l'équipe concernant l'émergence de la pratique : 50,7 · 7 % 99",
    "Formation de l'équipe concernant la mise en œuvre de la nouvelle pratique : 48,2 · 21 % 94",
    "Du temps a été dégagé pour l'équipe : 33,8 · 5 % 66",
    "Aide des partenaires pour soutenir l'émergence de la pratique : 32,8 · 32 % 64",
    "Aide financière : 25,1 · 3 % 49",
    "Autre (veuillez préciser) Réponse : 15,9 · 0 % 31",
)
"""The numbers of the annexe that no figure gives, and why."""


@pytest.fixture(scope="module")
def annexe(index) -> list[Passage]:
    return [p for p in index.passages if p.id.startswith("annexe")]


@pytest.fixture(scope="module")
def survey(index) -> Survey:
    return read_survey(index)


def figures(survey: Survey) -> list[SurveyFigure]:
    return [figure for section in survey.sections for figure in section.figures]


def written(**figure: object) -> bytes:
    return json.dumps({"sections": [{"title": "Section", "figures": [{"title": "Figure", **figure}]}]}).encode()


def passage(text: str, damaged: bool = False) -> Passage:
    unit = Unit(0, len(text), UnitKind.SENTENCE, damaged)
    return Passage("annexe/1", "report", text, 0, len(text), ("Annexe",), (unit,), pages=("123",))


SAID = "Les répondants sont 62,5% à citer l'écoute (125 réponses), et un tiers la médiation."
LISTENING = {"label": "Écoute", "number": 62.5, "quote": "sont 62,5% à citer l'écoute (125 réponses)"}


def proved(value: dict[str, object], text: str = SAID, kind: str = "share", damaged: bool = False) -> Survey:
    return prove_survey(written(kind=kind, values=[value]), [passage(text, damaged)])


def test_everything_written_of_the_questionnaire_is_proved_by_the_report(survey):
    assert survey.faults == ()
    assert len(figures(survey)) == 61
    assert sum(len(figure.values) for figure in figures(survey)) == 205


def test_no_number_of_the_annexe_is_forgotten(survey, annexe):
    held = {
        (sentence.start, sentence.end)
        for figure in figures(survey)
        for sentence in figure.citations
        if figure.base and sentence.number == figure.base.citation
    } | {(value.start, value.end) for figure in figures(survey) for value in figure.values}
    for words in LEFT_OUT:
        (there,) = [p for p in annexe if words in p.text]
        held.add((there.start + there.text.index(words), there.start + there.text.index(words) + len(words)))
    numbers = [(p.start + n.start(), p.start + n.end(), n[0], p.id) for p in annexe for n in NUMBER.finditer(p.text)]
    assert len(numbers) > 250
    assert [n for n in numbers if not any(start <= n[0] and n[1] <= end for start, end in held)] == []


def test_each_value_stands_within_a_sentence_of_its_figure_at_its_place_in_the_report(survey, index):
    for figure in figures(survey):
        text = index.report(figure.citations[0].document).text
        assert all(text[c.start : c.end] == c.quote for c in figure.citations)
        for value in figure.values:
            sentence = figure.citations[value.citation - 1]
            assert sentence.number == value.citation
            assert sentence.start <= value.start < value.end <= sentence.end


def test_the_levels_of_a_table_come_in_the_order_of_its_columns(survey):
    tables = [f for f in figures(survey) if f.title.startswith("Implication : ")]
    assert len(tables) == 5
    for figure in tables:
        printed = re.findall(r"(\d+,\d+) % (\d+)", figure.citations[1].quote)
        assert [(v.number, v.count) for v in figure.values] == [
            (Decimal(share.replace(",", ".")), int(count)) for share, count in printed
        ]


def test_a_share_is_never_above_a_hundred_and_a_mark_is_none(survey):
    shares = [v.number for f in figures(survey) if f.kind is FigureKind.SHARE for v in f.values]
    assert all(0 < share <= 100 for share in shares)
    assert [f.title for f in figures(survey) if f.kind is FigureKind.SCORE] == [
        "Implication des acteurs (moyenne pondérée)"
    ]


def test_a_value_is_proved_by_its_words_with_the_count_that_they_give():
    (figure,) = figures(proved({**LISTENING, "count": 125}))
    assert (figure.values[0].number, figure.values[0].count) == (Decimal("62.5"), 125)
    assert figure.citations[0].quote == SAID


@pytest.mark.parametrize(
    "change",
    [
        {"number": 62},
        {"number": 125},
        {"count": 62},
        {"quote": "sont 62,5% à citer l'accueil (125 réponses)"},
        {"quote": "sont 62,5% à citer l'écoute, 125 réponses"},
        {"quote": "sont 62,6% à citer l'écoute (125 réponses)", "number": 62.6},
    ],
    ids=["another number", "a count for a share", "another count", "other words", "other marks", "a number of its own"],
)
def test_a_value_that_its_words_do_not_state_is_left_out_and_named(change):
    survey = proved({**LISTENING, **change})
    assert survey.sections == ()
    assert len(survey.faults) == 1


def test_a_number_written_out_is_read():
    value = {"label": "Auto-formation", "number": 6, "quote": "citée par six répondants"}
    assert proved(value, "L'auto-formation est citée par six répondants.", "count").faults == ()


def test_a_damaged_sentence_proves_no_figure():
    survey = proved(LISTENING, damaged=True)
    assert survey.sections == ()
    assert "abîmée" in survey.faults[0]


def test_words_that_stand_twice_prove_nothing():
    survey = proved(LISTENING, f"{SAID} {SAID}")
    assert survey.sections == ()
    assert "plusieurs endroits" in survey.faults[0]


def test_a_base_that_is_not_proved_leaves_the_figure_without_a_base():
    base = {"number": 200, "who": "réponses", "quote": "à citer l'écoute (125 réponses)"}
    survey = prove_survey(written(kind="share", values=[LISTENING], base=base), [passage(SAID)])
    (figure,) = figures(survey)
    assert figure.base is None
    assert "200" in survey.faults[0]


def test_another_document_has_no_survey_and_no_fault(annexe):
    assert prove_survey(b"never read", [p for p in annexe if p.fiche]) == Survey((), ())


@limits(deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_only_the_number_that_the_words_state_is_proved(said, claimed):
    text = f"Le questionnaire a recueilli {said} réponses en tout."
    value = {"label": "Réponses", "number": claimed, "quote": f"a recueilli {said} réponses en tout"}
    assert bool(proved(value, text, "count").sections) == (said == claimed)
