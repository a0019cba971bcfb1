"""A document read part by part: nothing lost, nothing moved, and only the cited words marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation, CitationState
from assistant.extract import TextLine
from assistant.reading import Part, PartBlock, contents, find_part, read_part
from ingest.errors import PlaceMissing
from ingest.records import Passage, UnitKind
from ingest.settings import Settings
from ingest.sources import BUNDLED
from vectorstore.index import Index, build_index

SENTENCE = "Le référent de parcours accompagne les personnes avec leur accord, à leur rythme et dans la durée. "
GUIDE = f"""# Guide du référent

## Accompagner

{SENTENCE * 60}

## Évaluer

### Avec les personnes

{SENTENCE * 50}

- Une liste qui tient en plusieurs lignes
  - dont celle-ci, qui est plus profonde
- puis une autre

### Avec les partenaires

{SENTENCE * 50}
"""
PLAIN = f"Un texte sans aucun titre. {SENTENCE * 3}"


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of two documents that have no fiches."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "guide.md").write_text(GUIDE, encoding="utf-8")
    (folder / "simple.md").write_text(PLAIN, encoding="utf-8")
    settings = Settings(home=folder / "home")
    built, _ = build_index([folder / "guide.md", folder / "simple.md"], settings, lambda label, done, total: None)
    yield built
    built.close()


def every_part(index: Index, document: str) -> Iterator[Part]:
    """All parts of a document, each reached from the one before."""
    part: Part | None = read_part(index, contents(index, document)[0].group)
    while part is not None:
        yield part
        part = read_part(index, part.next.group) if part.next else None


def squeezed(text: str) -> str:
    """A text without spaces, line breaks and the dashes of lists."""
    return "".join("".join(line.strip().removeprefix("- ") for line in text.split("\n")).split())


def words_of(lines: tuple[PartBlock, ...] | tuple[TextLine, ...], marked: bool = False) -> str:
    return squeezed("".join(run.text for line in lines for run in line.runs if run.quoted or not marked))


def cited(index: Index, first: Passage, start: int, end: int, number: int = 1) -> Citation:
    quote = index.report(first.document).text[start:end]
    state = CitationState.VERIFIED
    return Citation(number, first.document, first.id, quote, start, end, None, False, first.fiche, first.path, state)


# --- contents


def test_the_contents_name_the_parts_the_fiches_by_theme_and_their_fields(index: Index) -> None:
    entries = contents(index, BUNDLED)
    titles = [(e.level, e.title) for e in entries]
    assert (1, "Fiches pratiques") in titles
    assert (2, "Aller-vers") in titles
    fiche = next(e for e in entries if e.group == "fiche-1c/carte" and e.level == 3)
    assert fiche.title.startswith("Fiche 1c : ")
    assert (fiche.page, fiche.passages) == ("p. 43 et suivantes", 16)
    assert [e.title for e in entries if e.group.startswith("fiche-1c/") and e.level == 4][:2] == [
        "Carte d'identité",
        "Définition",
    ]
    assert sum(e.level == 3 and e.title.startswith("Fiche ") for e in entries) == 21


def test_each_line_of_the_contents_opens_the_part_that_holds_its_first_passage(index: Index) -> None:
    for entry in contents(index, BUNDLED):
        part = read_part(index, entry.group)
        assert any(entry.passage in block.passages for block in part.blocks), entry


def test_the_contents_tell_the_title_of_a_part_from_the_headings_within_it(index: Index) -> None:
    within = {e.title: e.within for e in contents(index, BUNDLED) if e.part == "fiche-1c/carte"}
    assert list(within.values()).count(False) == 1
    assert not within[read_part(index, "1c").name.title]


def test_the_contents_of_an_unknown_document_are_refused(index: Index) -> None:
    with pytest.raises(PlaceMissing, match="sommaire"):
        contents(index, "un-autre")


# --- parts


def test_the_parts_hold_every_passage_whole_and_in_order_with_the_notes_that_they_call(index: Index) -> None:
    parts = list(every_part(index, BUNDLED))
    read = [name for part in parts for block in part.blocks for name in block.passages]
    assert list(dict.fromkeys(read)) == [p.id for p in index.passages if p.id in set(read)]
    for part in parts:
        ids = dict.fromkeys(name for block in part.blocks for name in block.passages)
        assert words_of(part.blocks) == "".join(squeezed(index.by_id[name].text) for name in ids), part.name
    notes = {note.number: words_of(note.lines) for part in parts for note in part.notes}
    assert notes == {n.number: squeezed(n.text) for n in index.report(BUNDLED).footnotes if n.call is not None}
    assert len(set(read)) + sum(p.group.removeprefix("note-").isdigit() for p in index.passages) - 1 == len(
        index.passages
    )


def test_a_fiche_is_one_part_asked_for_by_its_number_or_by_any_of_its_fields(index: Index) -> None:
    part = read_part(index, "1c")
    assert part == read_part(index, "fiche-1c/effets")
    assert (part.fiche, part.page, part.path) == (
        "1c",
        "p. 43 et suivantes",
        ("Fiches pratiques", "Conférences familiales"),
    )
    assert part.previous is not None
    assert part.next is not None
    assert (part.previous.group, part.next.group) == ("fiche-1b/carte", "fiche-1d/carte")


def test_the_first_part_has_none_before_it_and_the_last_none_after(index: Index) -> None:
    parts = list(every_part(index, BUNDLED))
    assert parts[0].previous is None
    assert [part.previous for part in parts[1:]] == [part.name for part in parts[:-1]]


def test_a_footnote_is_called_where_the_report_calls_it(index: Index) -> None:
    part = read_part(index, "2d")
    before = [run.text for block in part.blocks for run in block.runs if run.calls == (21,)]
    assert before[0].endswith("le réseau TAPAJ")
    assert [note.number for note in part.notes] == [20, 21]


def test_every_note_that_is_called_is_called_once_in_the_part_that_gives_it(index: Index) -> None:
    for part in every_part(index, BUNDLED):
        called = [number for block in part.blocks for run in block.runs for number in run.calls]
        assert called == [note.number for note in part.notes]


def test_a_part_is_found_by_any_passage_and_for_a_note_by_its_call(index: Index) -> None:
    assert find_part(index, "fiche-1c/effets/1").group == "fiche-1c/carte"
    assert find_part(index, "note-21/1").group == "fiche-2d/carte"
    assert find_part(index, "note-19/1").group == "note-19"


def test_an_unknown_place_is_refused_with_what_to_do(index: Index) -> None:
    with pytest.raises(PlaceMissing, match="Choisissez-en un autre"):
        read_part(index, "fiche-9z/rien")
    with pytest.raises(PlaceMissing, match="Choisissez-en un autre"):
        find_part(index, "fiche-9z/rien/1")


def test_subheadings_and_lists_keep_their_depth(index: Index, guides: Index) -> None:
    levels = {words_of((b,)): b.level for b in read_part(index, "2d").blocks if b.kind is UnitKind.HEADING}
    assert (levels["Evaluation"], levels[squeezed("Des outillages spécifiques :")]) == (1, 2)
    items = [b for part in every_part(guides, "guide") for b in part.blocks if b.kind is UnitKind.ITEM]
    assert [b.level for b in items] == [0, 1, 0]


def test_an_item_that_opens_a_passage_keeps_its_depth(index: Index) -> None:
    report = index.report(BUNDLED)
    deeper = [p for p in report.passages if report.text[: p.start].endswith("\n  ")]
    levels = [next(b.level for b in read_part(index, p.group).blocks if p.id in b.passages) for p in deeper]
    assert levels
    assert set(levels) == {1}


# --- documents without fiches


def test_a_long_document_is_read_chapter_by_chapter_and_a_longer_chapter_by_its_sections(guides: Index) -> None:
    assert [part.name.title for part in every_part(guides, "guide")] == [
        "Accompagner",
        "Avec les personnes",
        "Avec les partenaires",
    ]


def test_a_document_without_headings_is_one_part_under_its_own_title(guides: Index) -> None:
    (part,) = every_part(guides, "simple")
    assert part.name.title == guides.report("simple").title
    assert [e.title for e in contents(guides, "simple")] == [part.name.title]


def test_a_paragraph_that_runs_over_two_passages_is_shown_in_one_block(guides: Index) -> None:
    blocks = [b for part in every_part(guides, "guide") for b in part.blocks if len(b.passages) > 1]
    assert words_of(tuple(blocks[:1])).count("Leréférentdeparcours") == 60


# --- marks


@given(data=st.data())
def test_the_marked_words_are_the_quote_and_the_part_is_whole(index: Index, data: st.DataObject) -> None:
    """Any span from within one unit to within another of the same part."""
    group = data.draw(st.sampled_from(sorted({p.group for p in index.passages if p.id.split("-")[0] != "note"})))
    part = read_part(index, group)
    ids = dict.fromkeys(name for block in part.blocks for name in block.passages)
    units = [u for name in ids for u in index.by_id[name].units]
    first = data.draw(st.integers(0, len(units) - 1))
    last = data.draw(st.integers(first, min(first + 12, len(units) - 1)))
    start = units[first].start + data.draw(st.integers(0, (units[first].end - units[first].start) // 3))
    end = units[last].end - data.draw(st.integers(0, (units[last].end - units[last].start) // 3))
    holder = next(p for p in index.passages if p.start <= start < p.end)
    citation = cited(index, holder, start, max(start + 1, end))
    marked = read_part(index, group, [citation])
    assert words_of(marked.blocks, marked=True) == squeezed(citation.quote)
    assert words_of(marked.blocks) == words_of(part.blocks)
    assert not marked.unmarked


def test_overlapping_citations_keep_their_own_numbers(index: Index) -> None:
    passage = index.by_id["fiche-1c/effets/1"]
    citations = [cited(index, passage, passage.start + 20 * n, passage.start + 20 * n + 60, n + 1) for n in range(3)]
    part = read_part(index, "1c", citations)
    for citation in citations:
        runs = [run.text for block in part.blocks for run in block.runs if citation.number in run.marks]
        assert squeezed("".join(runs)) == squeezed(citation.quote)


def test_a_cited_note_is_marked_in_the_part_that_calls_it(index: Index) -> None:
    passage = index.by_id["note-21/1"]
    part = read_part(index, find_part(index, passage.id).group, [cited(index, passage, passage.start, passage.end)])
    assert words_of(part.notes[-1].lines, marked=True) == squeezed(passage.text)


def test_words_that_no_longer_stand_there_are_not_marked_and_it_is_said(index: Index) -> None:
    passage = index.by_id["fiche-1c/effets/1"]
    citation = cited(index, passage, passage.start, passage.start + 50)
    changed = replace(citation, quote=f"X{citation.quote[1:]}")
    part = read_part(index, "1c", [changed])
    assert not words_of(part.blocks, marked=True)
    assert part.unmarked == (
        "La citation 1 n'est plus à sa place : le document a changé depuis. Elle n'est donc pas surlignée.",
    )


def test_a_citation_of_another_part_or_document_marks_nothing_and_says_nothing(index: Index) -> None:
    elsewhere, here = index.by_id["fiche-1d/effets/1"], index.by_id["fiche-1c/effets/1"]
    citations = [
        cited(index, elsewhere, elsewhere.start, elsewhere.end),
        replace(cited(index, here, here.start, here.end), document="un-autre"),
    ]
    assert read_part(index, "1c", citations) == read_part(index, "1c")
