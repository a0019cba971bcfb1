"""The documents of a session kit: the trainer's guide, what participants are given, the quiz and its answers.

Each is a `Document`, which every format writes. What the report says has its references; whose words all others are is
said once over them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from string import ascii_uppercase

from assistant.exports import wording
from assistant.exports.document import (
    Block,
    Comparison,
    Document,
    Grid,
    Heading,
    Layout,
    Phrase,
    Reference,
    Role,
    Ruled,
    Text,
    cleaned,
    spoken,
)
from assistant.kits.kit import (
    Case,
    Discussion,
    Item,
    ItemKind,
    Kit,
    Option,
    Origin,
    Pair,
    SequenceKind,
    Statement,
)
from assistant.kits.request import AUDIENCES
from assistant.kits.timetable import LUNCH_MINUTES, Slot, clock, length, timetable
from ingest.outline import CARD
from ingest.records import Fiche
from ingest.sources import BUNDLED_TITLE

_TASK_LINES, _DISCUSSION_LINES, _OPEN_LINES = 3, 5, 5
"""Lines to write on under a task, a question for all, an open question of the quiz."""
_OUTLINE_WIDTHS, _MATCHED_WIDTHS = (3, 12, 4), (8, 2, 8)


def guide_of(kit: Kit, fiches: Sequence[Fiche], date: datetime, *, titles: Mapping[str, str] | None = None) -> Document:
    """All that the trainer needs: outline, sequences, quiz with its answers, readings.

    Args:
        kit: the session.
        fiches: the fiches of the documents indexed.
        date: when the document is made.
        titles: the titles of the documents by their ids; the bundled report's is known.
    """
    paper = _Paper(kit, fiches, titles)
    parts = (paper.overview(), paper.aims(), paper.outline(), paper.sequences(), paper.reserve())
    return paper.document(
        wording.guide_title(paper.title), date, *parts, paper.questions(), paper.answers(), paper.readings()
    )


def handout_of(
    kit: Kit, fiches: Sequence[Fiche], date: datetime, *, titles: Mapping[str, str] | None = None
) -> Document:
    """What participants are given: the cases without their end, and room to write; see `guide_of` for the arguments."""
    paper = _Paper(kit, fiches, titles)
    parts = (paper.overview(), paper.aims(), paper.handed_out(), paper.readings())
    return paper.document(wording.handout_title(paper.title), date, *parts)


def quiz_of(
    kit: Kit, fiches: Sequence[Fiche], date: datetime, *, answers: bool, titles: Mapping[str, str] | None = None
) -> Document:
    """The quiz to fill in or, with `answers`, what is right and what proves it; see `guide_of` for the arguments."""
    paper = _Paper(kit, fiches, titles)
    title = wording.quiz_title(paper.title, answers)
    if not kit.items:
        return paper.document(title, date, iter([spoken(Role.REMARK, wording.NO_QUIZ)]))
    if answers:
        return paper.document(title, date, paper.answers(fresh=False))
    made = paper.document(title, date, paper.name_and_date(), paper.questions(fresh=False))
    return replace(made, foot=wording.ANSWERS_ELSEWHERE)


class _Paper:
    """Lays out the parts of a kit; a quote keeps its number from the first to the last."""

    def __init__(self, kit: Kit, fiches: Sequence[Fiche], titles: Mapping[str, str] | None) -> None:
        self.kit = kit
        self.title = cleaned(kit.title.text)
        self.layout = Layout(fiches, titles)
        self.slots = timetable(kit)
        self.days = self.slots[-1].day if self.slots else 1
        worked = [slot.sequence.id for slot in self.slots if slot.sequence.kind is not SequenceKind.BREAK]
        self.order = {identifier: number for number, identifier in enumerate(worked, 1)}
        self.numbers = {item.id: number for number, item in enumerate(kit.items, 1)}
        self.told: set[str] = set()

    def document(self, title: str, date: datetime, *parts: Iterator[Block]) -> Document:
        """The parts, one after the other, and how what they attribute to the report was proved."""
        blocks = tuple(block for part in parts for block in part)
        references = tuple(map(_shortened, self.layout.references.values()))
        proved = {(phrase.text, phrase.references) for phrase in _proved(blocks)}
        repaired = {reference.number for reference in references if reference.repaired}
        exact = sum(repaired.isdisjoint(numbers) for _, numbers in proved)
        return Document(title, date, blocks, references, wording.kit_foot(len(proved), exact))

    def overview(self) -> Iterator[Block]:
        """For whom, how many, how long; and how to tell whose words are whose."""
        request, whole = self.kit.request, length(self.kit.minutes)
        if self.slots:
            whole = wording.lasting(whole, clock(self.slots[0].start), clock(self.slots[-1].end), self.days)
        yield spoken(Role.REMARK, wording.for_whom(AUDIENCES[request.audience], request.participants, whole))
        yield spoken(Role.REMARK, wording.LEGEND)

    def aims(self) -> Iterator[Block]:
        """What participants can do afterwards."""
        yield from self.part(wording.AIMS, [aim.statement for aim in self.kit.aims], level=1)

    def outline(self) -> Iterator[Block]:
        """Which sequence is when, a table for each day."""
        if not self.slots:
            return
        yield Heading(wording.OUTLINE, 1, wording.WHOSE[Origin.TOOL])
        if self.kit.minutes != self.kit.request.minutes:
            said = wording.retimed(length(self.kit.minutes), length(self.kit.request.minutes))
            yield spoken(Role.REMARK, said)
        for day, of_day in groupby(self.slots, key=lambda slot: slot.day):
            rows = tuple(self._rows(list(of_day)))
            yield Grid(wording.OUTLINE_HEADS, rows, _OUTLINE_WIDTHS, wording.day(day) if self.days > 1 else "")

    def sequences(self) -> Iterator[Block]:
        """Each sequence, with what it works on; a break has its place in the outline alone."""
        for slot in self.slots:
            sequence = slot.sequence
            if sequence.id not in self.order:
                continue
            when = wording.when(clock(slot.start), clock(slot.end), length(sequence.minutes))
            day = wording.day(slot.day) if self.days > 1 else ""
            notes = filter(None, (day, when, _mark(sequence.title)))
            yield Heading(self._named(slot), 1, wording.NOTED.join(notes))
            yield from self.part(wording.ACTIVITY, sequence.activity)
            yield from self.part(wording.POINTS, sequence.points)
            if sequence.kind is SequenceKind.COMPARISON:
                yield from self.comparison()
            yield from self.held(sequence.holds)
            numbers = sorted(self.numbers[held] for held in sequence.holds if held in self.numbers)
            if numbers:
                yield spoken(Role.REMARK, wording.worked_on(numbers))

    def reserve(self) -> Iterator[Block]:
        """What no sequence works on."""
        kept = [*(case.id for case in self.kit.cases), *(discussion.id for discussion in self.kit.discussions)]
        left = [*self.held([held for held in kept if held not in self.told]), *self.comparison()]
        if left:
            yield Heading(wording.RESERVE, 1)
            yield spoken(Role.REMARK, wording.RESERVE_SAID)
            yield from left

    def handed_out(self) -> Iterator[Block]:
        """What participants read and write in each sequence."""
        for sequence in self.kit.sequences:
            blocks = [*self.part(wording.ESSENTIALS, sequence.points)]
            if sequence.kind is SequenceKind.COMPARISON:
                blocks += self.comparison()
            blocks += self.held(sequence.holds, given=True)
            if blocks:
                yield Heading(cleaned(sequence.title.text), 1, _mark(sequence.title))
                yield from blocks

    def comparison(self) -> Iterator[Block]:
        """The table of fiches side by side, once."""
        compared = self.kit.comparison
        if compared is not None and compared.table is not None and "comparison" not in self.told:
            self.told.add("comparison")
            yield self.layout.comparison(compared, compared.table)

    def held(self, identifiers: Collection[str], given: bool = False) -> Iterator[Block]:
        """Cases and discussions by their ids; `given`: as participants have them, without what they have to find."""
        self.told.update(identifiers)
        for case in (case for case in self.kit.cases if case.id in identifiers):
            yield from self.case(case, given)
        for discussion in (discussion for discussion in self.kit.discussions if discussion.id in identifiers):
            yield from self.discussion(discussion, given)

    def case(self, case: Case, given: bool) -> Iterator[Block]:
        """A case study."""
        yield Heading(cleaned(case.title.text), 2, _mark(case.title))
        yield from self.part(wording.SITUATION, case.situation, level=3)
        yield from self.part(wording.OBSTACLES, case.obstacles, level=3)
        yield from self.part(wording.TASKS, case.tasks, level=3, lines=_TASK_LINES if given else 0)
        if not given:
            yield from self.part(wording.outcome(len(case.fiches)), case.outcome, level=3)

    def discussion(self, discussion: Discussion, given: bool) -> Iterator[Block]:
        """A question for all, and what the report says on either side."""
        yield Heading(cleaned(discussion.tension) or wording.DISCUSSION, 2)
        question = self.phrase(discussion.question)
        yield Heading(wording.ASKED, 3, _mark(discussion.question, named=True))
        yield Text(Role.ANSWER if question.references else Role.PROPOSAL, (question,))
        if given:
            yield Ruled(_DISCUSSION_LINES)
        else:
            yield from self.part(wording.SIDES, discussion.sides, level=3)

    def name_and_date(self) -> Iterator[Block]:
        """Where participants say who they are."""
        yield spoken(Role.REMARK, wording.NAME_AND_DATE)
        yield Ruled(1)

    def questions(self, fresh: bool = True) -> Iterator[Block]:
        """The quiz, to be filled in; `fresh`: on a new page."""
        if not self.kit.items:
            return
        yield Heading(wording.QUESTIONS, 1, fresh=fresh)
        yield spoken(Role.REMARK, wording.ASKED_BY_TOOL)
        for item in self.kit.items:
            yield self._stem(item)
            choices = [Phrase(cleaned(o.statement.text), lead=f"{mark}." if mark else "") for mark, o in _choices(item)]
            if choices:
                yield Text(Role.CHOICES, tuple(choices))
            elif item.pairs:
                yield _matched(item)
            else:
                yield Ruled(_OPEN_LINES)

    def answers(self, fresh: bool = True) -> Iterator[Block]:
        """What is right, what proves it, and where a wrong answer comes from; `fresh`: on a new page."""
        if not self.kit.items:
            return
        yield Heading(wording.ANSWERS, 1, fresh=fresh)
        yield spoken(Role.REMARK, wording.ASKED_BY_TOOL)
        for item in self.kit.items:
            yield self._stem(item)
            yield from self._right(item)
            told = {*item.points, *(side for pair in item.pairs for side in (pair.left, pair.right))}
            proof = [statement for statement in item.proof if statement not in told]
            yield from self.lists(proof, wording.WHY)
            yield from self.lists(list(_from_elsewhere(item)), wording.OTHERS)

    def readings(self) -> Iterator[Block]:
        """Where to read on."""
        if self.kit.readings:
            yield Heading(wording.READINGS, 1)
            lines = (wording.NOTED.join(filter(None, (reading.name, reading.page))) for reading in self.kit.readings)
            yield spoken(Role.PLACES, *map(cleaned, lines))

    def part(self, head: str, statements: Sequence[Statement], level: int = 2, lines: int = 0) -> Iterator[Block]:
        """Statements under a heading, which says whose words they are where these are all of one; see `lists`."""
        if not statements:
            return
        origins = {statement.origin for statement in statements}
        yield Heading(head, level, _mark(statements[0], named=True) if len(origins) == 1 else "")
        known = statements[0].origin if len(origins) == 1 else None
        if not lines:
            yield from self.lists(statements, known=known)
        for statement in statements if lines else ():
            yield from self.lists([statement], known=known)
            yield Ruled(lines)

    def lists(
        self, statements: Sequence[Statement], caption: str = "", known: Origin | None = Origin.REPORT
    ) -> Iterator[Text]:
        """Lists of statements. What leads several stands over them, and so does whose words they are, unless known."""
        if len({statement.origin for statement in statements}) > 1:
            known = None
        for origin, same in groupby(statements, key=lambda statement: statement.origin):
            whose = "" if origin is known else wording.WHOSE[origin]
            for lead, led in _led(list(same)):
                phrases = tuple(map(self.phrase, led))
                over = wording.NOTED.join(filter(None, (caption, lead, whose)))
                yield Text(Role.ITEMS if origin is Origin.REPORT else Role.PROPOSALS, phrases, over)
                caption = ""

    def phrase(self, statement: Statement) -> Phrase:
        """A statement with the numbers of its quotes."""
        numbers = {self.layout.number(citation) for citation in statement.citations}
        return Phrase(cleaned(statement.text), tuple(sorted(numbers)), cleaned(statement.lead))

    def _rows(self, slots: Sequence[Slot]) -> Iterator[tuple[str, str, str]]:
        """The rows of a day, lunch and its end among them."""
        for slot in slots:
            if slot.after_lunch:
                yield clock(slot.start - LUNCH_MINUTES), wording.LUNCH, length(LUNCH_MINUTES)
            mark = _mark(slot.sequence.title)
            named = f"{self._named(slot)} ({mark[0].lower()}{mark[1:]})" if mark else self._named(slot)
            yield clock(slot.start), named, length(slot.sequence.minutes)
        last = slots[-1] is self.slots[-1]
        whole = wording.total(length(sum(slot.sequence.minutes for slot in slots)))
        yield clock(slots[-1].end), wording.ends(last, self.days), whole

    def _named(self, slot: Slot) -> str:
        title, number = cleaned(slot.sequence.title.text), self.order.get(slot.sequence.id)
        return f"{number}. {title}" if number else title

    def _stem(self, item: Item) -> Heading:
        """What is asked; whose words it is made of is said where any of them are the trainer's."""
        asked = (item.stem, *(option.statement for option in item.options))
        return Heading(f"{self.numbers[item.id]}. {cleaned(item.stem.text)}", 2, max(map(_mark, asked)))

    def _right(self, item: Item) -> Iterator[Text]:
        """The right answer, or what an open one is expected to hold."""
        if item.pairs:
            phrases = [self._pair(number, *matched) for number, matched in enumerate(_pairs(item), 1)]
            for proved, same in groupby(phrases, key=lambda phrase: bool(phrase.references)):
                yield Text(Role.ITEMS if proved else Role.PROPOSALS, tuple(same))
        for mark, option in _choices(item):
            if option.right:
                phrase = replace(self.phrase(option.statement), lead=wording.right(mark))
                role = Role.ANSWER if phrase.references else Role.PROPOSAL
                yield Text(role, (phrase,), "" if item.own else _mark(option.statement))
        yield from self.lists(item.points, wording.EXPECTED, Origin.TRAINER if item.own else Origin.REPORT)
        if not (item.pairs or item.options or item.points or item.proof):
            yield spoken(Role.REMARK, wording.FREE)

    def _pair(self, number: int, mark: str, pair: Pair) -> Phrase:
        left, right = self.phrase(pair.left), self.phrase(pair.right)
        numbers = tuple(sorted({*left.references, *right.references}))
        return Phrase(f"{left.text}\u00a0: {right.text}", numbers, f"{number} – {mark}.")


def _shortened(reference: Reference) -> Reference:
    """A reference without the titles of the report and of its fiche, which the overview and the readings give."""
    document = "" if reference.document == BUNDLED_TITLE else reference.document
    return replace(reference, document=document, fiche=reference.fiche.split("\u00a0:")[0].capitalize())


def _proved(blocks: Sequence[Block]) -> Iterator[Phrase]:
    """What the blocks attribute to the report."""
    for block in blocks:
        if isinstance(block, Comparison):
            yield from (phrase for row in block.rows for cell in row.cells for phrase in cell)
        elif isinstance(block, Text):
            yield from (phrase for phrase in block.phrases if phrase.references)


def _mark(statement: Statement, named: bool = False) -> str:
    """Whose words these are, where they are the trainer's or, if `named`, the tool's."""
    told = (Origin.TRAINER, Origin.TOOL) if named else (Origin.TRAINER,)
    return wording.WHOSE[statement.origin] if statement.origin in told else ""


def _led(statements: Sequence[Statement]) -> Iterator[tuple[str, list[Statement]]]:
    """Statements in lists, each with what stands over it.

    A lead is said over what it leads from the first that leads several; before that, each before its own statement.
    """
    runs: list[list[Statement]] = []
    for statement in statements:
        if statement.lead or not runs:
            runs.append([])
        runs[-1].append(statement)
    first = next((at for at, run in enumerate(runs) if run[0].lead and run[1:]), len(runs))
    before = [statement for run in runs[:first] for statement in run]
    if before:
        yield "", before
    for run in runs[first:]:
        yield cleaned(run[0].lead).removesuffix(":").rstrip(), [replace(run[0], lead=""), *run[1:]]


def _choices(item: Item) -> list[tuple[str, Option]]:
    """The options, each with its letter; true and false have none."""
    lettered = item.kind is not ItemKind.TRUTH
    return [(_letter(at) if lettered else "", option) for at, option in enumerate(item.options)]


def _letter(at: int) -> str:
    """A letter for a place from 0; a number past the alphabet."""
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _from_elsewhere(item: Item) -> Iterator[Statement]:
    """The wrong answers that the report gives of something else, each led by what."""
    for mark, option in _choices(item):
        if not option.right and option.statement.citations:
            fiche = option.statement.citations[0].fiche
            lead = wording.true_elsewhere(mark, fiche, item.kind is ItemKind.FIGURE)
            yield replace(option.statement, lead=lead)


def _pairs(item: Item) -> list[tuple[str, Pair]]:
    """The pairs in their order, each with the letter of its right side, which stand in the order of the alphabet."""
    rights = sorted({pair.right.text for pair in item.pairs}, key=str.casefold)
    if rights == [pair.right.text for pair in item.pairs]:
        rights = [*rights[1:], rights[0]]
    return [(_letter(rights.index(pair.right.text)), pair) for pair in item.pairs]


def _matched(item: Item) -> Grid:
    """The two sides of a matching item, with room for the letters between them."""
    pairs = _pairs(item)
    rights = {mark: cleaned(pair.right.text) for mark, pair in pairs}
    sides = [f"{mark}. {rights[mark]}" for mark in sorted(rights)] + [""] * (len(pairs) - len(rights))
    lefts = [f"{number}. {cleaned(pair.left.text)}" for number, (_, pair) in enumerate(pairs, 1)]
    rows = tuple((left, "", right) for left, right in zip(lefts, sides, strict=True))
    heads = (wording.MATCHED_HEADS[0], wording.MATCHED_HEADS[1], CARD.get(item.field, wording.MATCHED_HEADS[2]))
    return Grid(heads, rows, _MATCHED_WIDTHS)
