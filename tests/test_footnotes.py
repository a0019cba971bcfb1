"""A footnote leaves the text and stays bound to the words that call it."""

from __future__ import annotations

import pytest

from ingest.footnotes import bind_footnotes
from ingest.markdown import read_markdown
from ingest.records import Block, BlockKind, Report
from ingest.settings import Settings
from ingest.sources import find_sources, read_sources

# Read in the report: the words right before the call of each note, and how the note starts.
CALLED_AFTER = {
    1: ("Michel Boutanquoi", "Boutanquoi, M. (2014)."),
    2: ("(Lévi-Strauss, 1962)", "Lévi-Strauss, C. (1962), La pensée sauvage"),
    3: ("(Loureau, 1969)", "Loureau R. (1969)"),
    4: ("(Breugnot, 2011)", "Breugnot P. (2011)"),
    5: ("pluridisciplinaires avec les partenaires", "L'analyse complète du questionnaire"),
    6: ("l'établissement d'un référentiel", "referentiel-missions-evaluation-2018-4.pdf"),
    7: ("le public ciblé", "iledefrance.ars.sante-Rapport-maraudes"),
    8: ("de manière conflictuelle »", "Janvier R. (2018)"),
    9: ("lutte contre la pauvreté", "Voir la note de cadrage"),
    10: ("parfois à être reconnu. »", "Citation extraite de l'audition d'ATD Quart Monde."),
    11: ("à partir du cadre ainsi créé »", "Dhume-Sonzogni F. (2010)"),
    12: ("Pour le GIP Gers Solidaire", "https://www.gerssolidaire.org/gers-solidaire"),
    13: ("(Le Bossé, 2012)", "Le Bossé, Y. (2012)."),
    14: ("intègre le réseau SEVE emploi", "https://www.seve-emploi.com/"),
    15: ("l'association FenêtreS.", "https://assofenetres.com/"),
    16: ("dans les instituts de formation", "Haut Conseil en Travail Social (2017)"),
    17: ("le réseau de la démarche SEVE ", "https://www.seve-emploi.com/laccompagnement"),
    18: ("porté par Convergence Emmaüs", "https://convergence-france.org/"),
    20: ("à la prise de décision. »", "https://solidarites-sante.gouv.fr/"),
    21: ("la pair aidance et le réseau TAPAJ", "TAPAJ, pour Travail Alternatif Payé À la Journée"),
}


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    (read,) = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    return read


def bound(markdown: str) -> tuple[list[str], list[tuple[int, str]], dict[int, str]]:
    """The texts left, for each call its number and the words before it, and the notes."""
    blocks, calls, notes = bind_footnotes(read_markdown(markdown))
    return [b.text for b in blocks], [(c.number, blocks[c.block].text[: c.offset]) for c in calls], notes


def test_the_report_has_21_notes_and_20_of_them_are_called(report: Report) -> None:
    assert [note.number for note in report.footnotes] == list(range(1, 22))
    assert [note.number for note in report.footnotes if note.call is None] == [19]
    assert "21 notes de bas de page, dont 20 rattachées à leur appel" in report.findings


@pytest.mark.parametrize("number", CALLED_AFTER)
def test_a_note_of_the_report_is_bound_to_the_words_that_call_it(number: int, report: Report) -> None:
    note = report.footnotes[number - 1]
    words, start = CALLED_AFTER[number]
    assert note.call is not None
    assert report.text[: note.call].endswith(words)
    assert note.text.startswith(start)


def test_a_note_is_a_passage_of_its_own_under_the_headings_that_call_it(report: Report) -> None:
    note = next(p for p in report.passages if p.id == "note-18/1")
    assert (note.fiche, note.path[-2:], note.pages) == ("2b", ("Perspectives", "Note 18"), ("57",))


def test_a_call_and_its_note_leave_the_text() -> None:
    texts, calls, notes = bound("Un mot<sup>1</sup>, et la suite.\n\n<sup>1</sup> La note.\n\nAprès.")
    assert (texts, calls, notes) == (["Un mot, et la suite.", "Après."], [(1, "Un mot")], {1: "La note."})


def test_a_note_in_the_middle_of_a_sentence_leaves_it_whole() -> None:
    texts, _, _ = bound("chacun peut<sup>1</sup>\n\n<sup>1</sup> La note.\n\njouer")
    assert texts == ["chacun peut", "jouer"]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("le réseau 1emploi suit.", "le réseau ", "le réseau emploi suit."),
        ("porté par Emmaüs1 pour eux.", "porté par Emmaüs", "porté par Emmaüs pour eux."),
        ("dit-il »1.", "dit-il »", "dit-il »."),
    ],
)
def test_a_bare_call_glued_to_a_word_is_found(text: str, before: str, after: str) -> None:
    texts, calls, _ = bound(f"{text}\n\n<sup>1</sup> La note.")
    assert (texts, calls) == ([after], [(1, before)])


@pytest.mark.parametrize("text", ["En 1 an, 11 fois.", "La CAF 1, le CD31.", "le lot 1. Puis"])
def test_a_figure_is_no_call(text: str) -> None:
    texts, calls, _ = bound(f"{text}\n\n<sup>1</sup> La note.")
    assert (texts, calls) == ([text], [])


def test_an_exponent_that_no_note_answers_stays_a_figure() -> None:
    assert bound("Une surface de 12 m<sup>2</sup> environ.")[0] == ["Une surface de 12 m2 environ."]


def test_a_note_goes_on_with_a_second_work_of_its_author() -> None:
    note = Block(BlockKind.NOTE, "1 Darnaud, Y. 2016. Un premier titre.")
    more = Block(BlockKind.PARAGRAPH, "Darnaud, Y. 2021. Un second titre.")
    assert bind_footnotes([note, more])[2] == {
        1: "Darnaud, Y. 2016. Un premier titre. Darnaud, Y. 2021. Un second titre."
    }
