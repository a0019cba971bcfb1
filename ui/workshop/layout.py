"""How a kit is laid out: from its records to the plain values that the component shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, CitationState
from assistant.kits.kit import Case, Discussion, Item, ItemKind, Kit, Option, Origin, SequenceKind, Statement
from assistant.kits.kit import Sequence as Stretch
from assistant.kits.timetable import Slot, clock, length, timetable
from assistant.wording import place_of
from ingest.records import Fiche
from ui.components.table import table_of
from ui.navigation import READER, WORKSHOP, link, link_to_words
from ui.workshop import labels
from ui.workshop.bench import Bench
from ui.workshop.views import (
    BlockView,
    DayView,
    GroupView,
    KitView,
    OutlineView,
    ReadingView,
    SequenceView,
    SlotView,
    SourceView,
    StatementView,
)

SESSION, PART = "seance", "volet"
"""What the address calls the kit that is shown, and which side of it."""
QUIZ_PART = "quiz"

_LABELS = (
    *("MODIFY_KIT", "READ_KIT", "PLAY", "TAKE", "VERSIONS", "RENAME", "DUPLICATE", "DELETE", "UNDO"),
    *("READ_AGAIN", "TOOLS", "ALL_KITS", "OUTLINE", "BY_TOOL", "FIT", "ADD_SEQUENCE", "SEQUENCE_TITLE"),
    *("SEQUENCE_MINUTES", "SEQUENCE_ACTIVITY", "SEQUENCE_AFTER", "MINUTES", "MINUTES_OF", "RESERVE", "RESERVE_HELP"),
    *("READINGS", "AT_FIRST", "ITEM_STEM", "ITEM_OPTION", "ITEM_RIGHT", "MODIFY", "MODIFY_TITLE", "UP", "DOWN"),
    *("REMOVE", "SAVE", "CANCEL", "ADD", "YOUR_WORDS", "REPLACES_REPORT", "BACK_TO_REPORT", "WAS", "READ_THERE"),
    *("NOT_A_NUMBER", "UNSAID_CELL"),
)
"""The words that the component says itself."""


def kit_view(bench: Bench, fiches: Sequence[Fiche]) -> KitView:
    """Lay out the kit that is worked on, its sources numbered in the order in which they are read."""
    kit = bench.kit
    layout = _Layout(kit, fiches)
    aims = layout.group(labels.AIMS, "aims", [aim.statement for aim in kit.aims], labels.ADD_AIM)
    sequences = layout.sequences()
    asked = kit.request
    return KitView(
        title=kit.title.text,
        asked=labels.asked(asked.audience, asked.participants, asked.minutes, asked.start),
        count=_count(kit),
        note=kit.note or (labels.smoothed(kit.model) if kit.model else ""),
        told=bench.told,
        version=labels.version(bench.kept.version),
        undoable=bench.undoable,
        aims=aims,
        outline=_outline(kit),
        sequences=sequences,
        reserve=layout.reserve(),
        readings=tuple(ReadingView(r.name, r.page, link(READER, passage=r.passage)) for r in kit.readings),
        back=link(WORKSHOP),
        play=link(WORKSHOP, **{SESSION: kit.id, PART: QUIZ_PART}) if kit.items else None,
        done=bench.done,
        labels={name.lower(): getattr(labels, name) for name in _LABELS},
    )


def _count(kit: Kit) -> str:
    """How many statements are the report's, and how many of them rest on its words to the letter."""
    proofs = {s.text: s.citations for s in kit.statements() if s.origin is Origin.REPORT}
    if kit.comparison is not None:
        proofs |= {said.text: tuple(_cited(kit.comparison, said.citations)) for said in kit.comparison.sentences}
    verified = sum(all(c.state is CitationState.VERIFIED for c in citations) for citations in proofs.values())
    return labels.proved(len(proofs), verified)


def _outline(kit: Kit) -> OutlineView:
    slots = timetable(kit)
    days = sorted({slot.day for slot in slots})
    wanted = kit.request.minutes
    return OutlineView(
        days=tuple(
            DayView(
                labels.day(day) if len(days) > 1 else "",
                tuple(_slot_view(slot) for slot in slots if slot.day == day),
            )
            for day in days
        ),
        total=labels.total(kit.minutes, wanted),
        difference=labels.difference(kit.minutes, wanted),
    )


def _slot_view(slot: Slot) -> SlotView:
    sequence = slot.sequence
    lunch = labels.LUNCH if slot.after_lunch else ""
    return SlotView(
        sequence.id, clock(slot.start), sequence.title.text, sequence.minutes, length(sequence.minutes), lunch
    )


class _Layout:
    """Lays out the statements of one kit, numbering its sources as they come."""

    def __init__(self, kit: Kit, fiches: Sequence[Fiche]) -> None:
        self._kit = kit
        self._fiches = fiches
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._cases = {case.id: case for case in kit.cases}
        self._discussions = {discussion.id: discussion for discussion in kit.discussions}
        self._items = {item.id: item for item in kit.items}
        self._shown: set[str] = set()
        self._compared = False

    def sequences(self) -> tuple[SequenceView, ...]:
        """The sequences, each with what it works on."""
        slots = {slot.sequence.id: slot for slot in timetable(self._kit)}
        return tuple(
            self._sequence(sequence, number, slots[sequence.id])
            for number, sequence in enumerate(self._kit.sequences, 1)
        )

    def reserve(self) -> tuple[BlockView, ...]:
        """What no sequence works on."""
        kinds = [[i for i in kind if i not in self._shown] for kind in (self._cases, self._discussions, self._items)]
        blocks = tuple(block for kind in kinds for block in self._blocks(kind))
        if self._kit.comparison is not None and not self._compared:
            return (*blocks, self._comparison(self._kit.comparison))
        return blocks

    def group(
        self,
        name: str,
        where: str,
        statements: Sequence[Statement],
        adding: str = "",
        another: str = "",
        removable: bool = True,
    ) -> GroupView:
        """Statements under a head; where all the others are the tool's, that is said once."""
        origins = {statement.origin for statement in statements if statement.origin is not Origin.TRAINER}
        views = tuple(
            self._statement(statement, f"{where}/{at}" if where else "", another=another, removable=removable)
            for at, statement in enumerate(statements)
        )
        origin = labels.BY_TOOL if origins == {Origin.TOOL} else ""
        return GroupView(name, views, origin, where if adding else "", adding)

    def _sequence(self, sequence: Stretch, number: int, slot: Slot) -> SequenceView:
        where = f"sequences/{sequence.id}"
        groups = []
        if sequence.kind is not SequenceKind.BREAK:
            groups = [
                self.group(labels.ACTIVITY, f"{where}/activity", sequence.activity, labels.ADD_ACTIVITY),
                self.group(
                    labels.POINTS, f"{where}/points", sequence.points, labels.ADD_POINT, another=labels.ANOTHER_POINT
                ),
            ]
        blocks = self._blocks(sequence.holds)
        if sequence.kind is SequenceKind.COMPARISON and self._kit.comparison is not None and not self._compared:
            self._compared = True
            blocks = (*blocks, self._comparison(self._kit.comparison))
        return SequenceView(
            id=sequence.id,
            name=labels.sequence(number),
            title=self._statement(sequence.title, f"{where}/title"),
            when=labels.when(slot.start, slot.end),
            length=length(sequence.minutes),
            origin=_origin(sequence.title),
            groups=tuple(groups),
            blocks=blocks,
            asking=labels.ADD_ITEM if sequence.kind is SequenceKind.QUIZ else "",
        )

    def _blocks(self, identifiers: Iterable[str]) -> tuple[BlockView, ...]:
        held = [i for i in identifiers if i in self._cases or i in self._discussions or i in self._items]
        self._shown.update(held)
        return tuple(self._block(i, first=i == held[0], last=i == held[-1]) for i in held)

    def _block(self, identifier: str, first: bool, last: bool) -> BlockView:
        if identifier in self._cases:
            return self._case(self._cases[identifier], first, last)
        if identifier in self._discussions:
            return self._discussion(self._discussions[identifier], first, last)
        return self._item(self._items[identifier], first, last)

    def _case(self, case: Case, first: bool, last: bool) -> BlockView:
        where = f"cases/{case.id}"
        head = self._statement(case.title, f"{where}/title")
        groups = (
            self.group(labels.SITUATION, f"{where}/situation", case.situation),
            self.group(labels.OBSTACLES, f"{where}/obstacles", case.obstacles),
            self.group(labels.TASKS, f"{where}/tasks", case.tasks),
            self.group(labels.OUTCOME, f"{where}/outcome", case.outcome),
        )
        return BlockView(
            id=case.id,
            name=labels.CASE,
            kicker="",
            head=head,
            origin=_origin(case.title),
            groups=groups,
            another=labels.ANOTHER_CASE,
            first=first,
            last=last,
        )

    def _discussion(self, discussion: Discussion, first: bool, last: bool) -> BlockView:
        where = f"discussions/{discussion.id}"
        head = self._statement(discussion.question, f"{where}/question")
        groups = (self.group(labels.SIDES, f"{where}/sides", discussion.sides),)
        return BlockView(
            id=discussion.id,
            name=labels.DISCUSSION,
            kicker="",
            head=head,
            origin=_origin(discussion.question),
            groups=groups,
            another=labels.ANOTHER_QUESTION,
            first=first,
            last=last,
        )

    def _item(self, item: Item, first: bool, last: bool) -> BlockView:
        where = f"items/{item.id}"
        head = self._statement(item.stem, f"{where}/stem")
        # « Vrai » and « Faux » stay as they are.
        told = "" if item.kind is ItemKind.TRUTH else f"{where}/options"
        options = tuple(
            self._statement(o.statement, told and f"{told}/{at}", _notes_of(o, item.kind), removable=not o.right)
            for at, o in enumerate(item.options)
        )
        groups = (
            GroupView(labels.OPTIONS, options),
            GroupView(labels.PAIRS, tuple(self._pair(pair.left, pair.right) for pair in item.pairs)),
            self.group(labels.EXPECTED, f"{where}/points", item.points),
            self.group(labels.PROOF, "", item.proof, removable=False),
        )
        number = self._kit.items.index(item) + 1
        return BlockView(
            id=item.id,
            name=labels.item(number),
            kicker=labels.item_kind(number, item.kind),
            head=head,
            origin=_origin(item.stem),
            groups=tuple(group for group in groups if group.statements),
            another="" if item.own else labels.ANOTHER_QUESTION,
            first=first,
            last=last,
        )

    def _pair(self, left: Statement, right: Statement) -> StatementView:
        sources = self._sources((*left.citations, *right.citations))
        return StatementView("", f"{left.text} → {right.text}", sources=sources)

    def _comparison(self, answer: Answer) -> BlockView:
        lines = [
            StatementView("", sentence.text, sources=self._sources(_cited(answer, sentence.citations)))
            for sentence in answer.sentences
        ]
        table = table_of(answer.table, lines, self._fiches, _bare) if answer.table else None
        return BlockView("", labels.COMPARISON, labels.COMPARISON, None, table=table)

    def _statement(
        self,
        statement: Statement,
        where: str,
        notes: Sequence[str] = (),
        another: str = "",
        removable: bool = False,
    ) -> StatementView:
        own = (labels.BY_TRAINER,) if statement.origin is Origin.TRAINER else ()
        return StatementView(
            where=where,
            text=statement.text,
            lead=statement.lead,
            sources=self._sources(statement.citations),
            notes=(*notes, *own),
            another=another,
            was=statement.was.text if statement.was else "",
            removable=removable,
        )

    def _sources(self, citations: Sequence[Citation]) -> tuple[SourceView, ...]:
        views = {view.number: view for view in map(self._source, citations)}
        return tuple(views.values())

    def _source(self, citation: Citation) -> SourceView:
        words = (citation.passage, citation.start, citation.end)
        number = self._numbers.setdefault(words, len(self._numbers) + 1)
        place = place_of(citation)
        quote = " ".join(citation.quote.split())
        return SourceView(number, labels.source_name(number, place), quote, place, link_to_words(citation))


def _origin(statement: Statement) -> str:
    return labels.BY_TOOL if statement.origin is Origin.TOOL else ""


def _notes_of(option: Option, kind: ItemKind) -> tuple[str, ...]:
    if option.right:
        return (labels.RIGHT,)
    cited = option.statement.citations
    return (labels.true_of(cited[0].fiche, kind is ItemKind.FIGURE),) if cited else ()


def _cited(answer: Answer, numbers: Sequence[int]) -> list[Citation]:
    cited = {citation.number: citation for citation in answer.citations}
    return [cited[number] for number in numbers]


def _bare(line: StatementView, head: str) -> StatementView:
    """A line without what its row or its column says already."""
    return replace(line, text=line.text.removeprefix(f"{head} : "))
