"""From blocks to a Report: the parts, the fiches with their fields and cards, footnotes and pages.

A document is taken for *the* report where the headings of its fiches stand in it; any other document is
structured by the levels of its own headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.contents import is_fiche_heading, read_contents
from ingest.footnotes import bind_footnotes, mark_calls, take_marks
from ingest.passages import Placed, cut_passages, part_long_paragraphs
from ingest.placing import ReportPlacer, place_by_headings
from ingest.records import Block, BlockKind, Fiche, Footnote, Passage, Report

_THIS_REPORT = 5
"""Headings of fiches from which a document is taken for the report."""


def build_report(blocks: Sequence[Block], document: str, title: str, prefix: str = "") -> Report:
    """Understand a document: place every block, then cut passages.

    `prefix` goes before each passage id, for a second document in one index.
    """
    contents = read_contents(blocks)
    kept, calls, notes = bind_footnotes([b for i, b in enumerate(blocks) if i not in contents.blocks])
    kept = mark_calls(kept, calls)
    of_fiches = sum(is_fiche_heading(b) is not None for b in kept)
    if of_fiches >= _THIS_REPORT:
        placed, fiches = ReportPlacer(contents, document).place(kept)
    else:
        placed, fiches = place_by_headings(kept), ()
    whole = part_long_paragraphs(_without_bare_heads(placed))
    texts, offsets = take_marks([p.text for p in whole])
    clean = [replace(p, text=text) for p, text in zip(whole, texts, strict=True)]
    clean += [_place_note(n, notes[n], clean[offsets[n][0]] if n in offsets else None) for n in sorted(notes)]
    text, passages, starts = cut_passages(clean, document, prefix)
    called = {number: starts[i] + offset for number, (i, offset) in offsets.items()}
    footnotes = tuple(Footnote(n, notes[n], called.get(n)) for n in sorted(notes))
    filled = {f.id: tuple(dict.fromkeys(p.field for p in passages if p.fiche == f.id and p.field)) for f in fiches}
    fiches = tuple(replace(f, fields=tuple(x for x in filled[f.id] if x != "carte")) for f in fiches)
    findings = _findings(passages, footnotes, fiches, len(calls))
    return Report(document, title, text, passages, fiches, footnotes, findings)


def _without_bare_heads(placed: Sequence[Placed]) -> list[Placed]:
    """Leave out the heads of parts and fields under which the document puts nothing."""
    said = {p.group for p in placed if p.kind is not BlockKind.HEADING}
    return [p for p in placed if p.group in said]


def _place_note(number: int, text: str, caller: Placed | None) -> Placed:
    """A footnote as a passage of its own, under the headings that call it."""
    path = (*(caller.path if caller else ("Notes de bas de page",)), f"Note {number}")
    note = Placed(BlockKind.PARAGRAPH, text, f"note-{number}", path)
    if caller is None:
        return note
    return replace(note, fiche=caller.fiche, theme=caller.theme, page=caller.page, pages=caller.pages)


def _findings(
    passages: Sequence[Passage], footnotes: Sequence[Footnote], fiches: Sequence[Fiche], bound: int
) -> tuple[str, ...]:
    damaged = [(p, u) for p in passages for u in p.units if u.damaged]
    lines = []
    if fiches:
        lines.append(f"{len(fiches)} fiches reconnues")
    if footnotes:
        lines.append(f"{len(footnotes)} notes de bas de page, dont {bound} rattachées à leur appel")
    if empty := [f.id for f in fiches if not f.annee]:
        lines.append(f"année non précisée par le document : fiche {', '.join(empty)}")
    if damaged:
        lines.append(f"{len(damaged)} phrases ou lignes abîmées par la conversion, jamais citées :")
        lines += [f"  {p.id} : « {p.words_of(u)[:90]}… »" for p, u in damaged]
    return tuple(lines)
