"""What every format writes: an answer, a conversation, a comparison or a session, its references numbered once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from assistant.answer import Answer, Citation, CitationState, Sentence, Status, Table
from assistant.exports import wording
from assistant.personal import without_placeholders
from assistant.proof_count import proof_count
from assistant.wording import fiche_lead, page_label, place_of_passage
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche, Passage
from ingest.sources import BUNDLED, BUNDLED_TITLE

FOUND = 5
"""How many of the passages found stand under a refusal that has any."""
_UPRIGHT = 3
"""Columns of a comparison, its heads aside, that an upright sheet of paper holds."""
BOX = "☐"
"""Stands before what is to be chosen from."""
RULE = "…" * 40
"""A line to write on, where none can be drawn."""
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_JOINERS = "\u200c\u200d"
_TIED = re.compile(r"(?<=«) | (?=[:;?!»])")


class Role(StrEnum):
    """What a block is: a question, words of the assistant, places to read, or words proved by the report.

    A session adds proposals, which claim nothing of the report, choices to tick, headings, tables, lines to write on.
    """

    QUESTION = "question"
    REMARK = "remark"
    PLACES = "places"
    ANSWER = "answer"
    ITEMS = "items"
    PROPOSAL = "proposal"
    PROPOSALS = "proposals"
    CHOICES = "choices"
    COMPARISON = "comparison"
    HEADING = "heading"
    GRID = "grid"
    RULED = "ruled"


_PROVED = (Role.ANSWER, Role.ITEMS)
_LISTED = (Role.PLACES, Role.ITEMS, Role.PROPOSALS, Role.CHOICES)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text on one line, and the numbers of the references that prove it (ascending, none twice).

    `lead` is said before it and claims nothing (« Fiche 1c (Gironde) : »), or is empty.
    """

    text: str
    references: tuple[int, ...] = ()
    lead: str = ""

    @property
    def marks(self) -> str:
        """The numbers as a plain text shows them: « [1][2] »."""
        return "".join(f"[{number}]" for number in self.references)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or a list of which each phrase is an item. What is given as an answer is proved; nothing else is.

    `caption` stands over it, or is empty.
    """

    role: Role
    phrases: tuple[Phrase, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        proved = self.role in _PROVED
        if not self.phrases or any(bool(phrase.references) != proved for phrase in self.phrases):
            raise ValueError(f"{self.role}: each phrase of an answer has a reference, anything else has none")

    @property
    def listed(self) -> bool:
        """Whether it is a list."""
        return self.role in _LISTED


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a comparison; a cell holds its phrases, none where the report does not say."""

    head: str
    cells: tuple[tuple[Phrase, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table, its longer side down; `corner` heads the column of the heads of the rows."""

    role: ClassVar = Role.COMPARISON
    caption: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.heads) for row in self.rows):
            raise ValueError("a row has a cell for each column")
        if any(not phrase.references for row in self.rows for cell in row.cells for phrase in cell):
            raise ValueError("a cell of a comparison without a reference")


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens a part (level 1) or something in it (2, 3); `note` is said beside it, `fresh` starts a new page."""

    role: ClassVar = Role.HEADING
    text: str
    level: int
    note: str = ""
    fresh: bool = False

    @property
    def line(self) -> str:
        """The heading and its note as a plain text shows them."""
        return f"{self.text}{wording.NOTED}{self.note}" if self.note else self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A plain table, which claims nothing of the report: what is when, what is to be matched.

    `widths` are those of its columns, in parts of its own; `caption` stands over it, or is empty.
    """

    role: ClassVar = Role.GRID
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in (self.widths, *self.rows)):
            raise ValueError("a row has a cell for each column")


@dataclass(frozen=True, slots=True)
class Ruled:
    """Lines to write on, by hand."""

    role: ClassVar = Role.RULED
    lines: int


Block = Text | Comparison | Heading | Grid | Ruled


@dataclass(frozen=True, slots=True)
class Reference:
    """A quote and where it stands. `number` is its place in the order of the document, from 1.

    `fiche` is « fiche 1c : Retour d'expérience… », empty elsewhere than in a fiche; `page` is « p. 43 et suivantes ».
    """

    number: int
    document: str
    fiche: str
    heading: str
    page: str
    quote: str
    repaired: bool
    passage: str

    @property
    def place(self) -> str:
        """Document, fiche, heading and page, in this order."""
        return ", ".join(part for part in (self.document, self.fiche, self.heading, self.page) if part)

    @property
    def text(self) -> str:
        """The reference in full, as a footnote says it."""
        return wording.quoted(self.place, self.quote, self.repaired)


@dataclass(frozen=True, slots=True)
class Document:
    """What is taken away. Every text is on one line and without control characters; `foot` says how it was proved."""

    title: str
    date: datetime
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    foot: str

    @property
    def subtitle(self) -> str:
        """Who made it, and when."""
        return wording.made_on(self.date)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Comparison))

    @property
    def parted(self) -> bool:
        """Whether headings part it, as they do what is made to be read or filled in as a whole."""
        return any(isinstance(block, Heading) for block in self.blocks)

    @property
    def wide(self) -> bool:
        """Whether a table has too many columns for a sheet of paper held upright."""
        return any(len(comparison.heads) > _UPRIGHT for comparison in self.comparisons)


def document_of(
    title: str,
    answers: Sequence[Answer],
    fiches: Sequence[Fiche],
    date: datetime,
    *,
    titles: Mapping[str, str] | None = None,
    passages: Mapping[str, Passage] | None = None,
) -> Document:
    """Lay out answers, oldest first, for every format.

    Args:
        title: the name of the conversation, of the question or of the comparison.
        answers: what was answered; an empty conversation gives a document that says so.
        fiches: the fiches of the documents indexed.
        date: when the document is made.
        titles: the titles of the documents by their ids; the bundled report's is known.
        passages: the passages by their ids, so that a refusal can name those that were found.
    """
    shown = cleaned(title) or wording.UNTITLED
    layout = Layout(fiches, titles, passages)
    blocks = [block for answer in answers for block in layout.blocks_of(answer)]
    if len(answers) == 1 and blocks[0] == spoken(Role.QUESTION, shown):
        blocks = blocks[1:]
    return Document(
        title=shown,
        date=date,
        blocks=tuple(blocks) or (spoken(Role.REMARK, wording.EMPTY),),
        references=tuple(layout.references.values()),
        foot=wording.foot(proof_count(answers)) if answers else "",
    )


def cleaned(text: str) -> str:
    """A text on one line, without what no format can hold or what would turn the reading order of its neighbours."""
    kept = (c for c in text if c.isspace() or c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Cs"))
    return _SPACES.sub(" ", "".join(kept)).strip()


def tied(text: str) -> str:
    """A text for paper: no line ends between a word and the mark that French sets apart from it."""
    return _TIED.sub("\u00a0", text)


def spoken(role: Role, *texts: str) -> Text:
    """A text in the assistant's own name, of which each phrase claims nothing."""
    return Text(role, tuple(Phrase(text) for text in texts))


class Layout:
    """Lays out one answer after the other; a span of a document keeps its number from the first to the last."""

    def __init__(
        self,
        fiches: Sequence[Fiche],
        titles: Mapping[str, str] | None = None,
        passages: Mapping[str, Passage] | None = None,
    ) -> None:
        self.fiches = {(fiche.document, fiche.id): fiche for fiche in fiches}
        self.by_number = {fiche.id: fiche for fiche in reversed(fiches)}
        self.titles = {BUNDLED: BUNDLED_TITLE, **(titles or {})}
        self.passages = passages or {}
        self.references: dict[tuple[str, int, str], Reference] = {}

    def blocks_of(self, answer: Answer) -> Iterator[Block]:
        """The question, what is said before it, the answer or the refusal, and the notes."""
        question = cleaned(answer.question)
        understood = cleaned(answer.understood)
        yield spoken(Role.QUESTION, question or wording.UNTITLED)
        if understood not in (question, cleaned(without_placeholders(answer.question))):
            yield spoken(Role.REMARK, wording.understood_as(understood))
        yield from self._remarks(answer.opening, answer.message)
        if answer.status is not Status.ANSWERED:
            yield from self._places(answer)
        elif answer.table is not None:
            yield self.comparison(answer, answer.table)
        else:
            yield from self._texts(answer)
        yield from self._remarks(*answer.notes)

    def _remarks(self, *texts: str) -> Iterator[Text]:
        yield from (spoken(Role.REMARK, text) for text in map(cleaned, texts) if text)

    def _places(self, answer: Answer) -> Iterator[Text]:
        """Where to read on after a refusal: the passages found, and the nearest fiches that it does not name itself."""
        if answer.status is Status.UNPROVABLE:
            found = [self.passages[p.id] for p in answer.trace.passages[:FOUND] if p.id in self.passages]
            yield from self._list(wording.FOUND_PASSAGES, tuple(dict.fromkeys(map(self._place_of, found))))
        near = [self.by_number[name] for name in answer.nearest_fiches if name in self.by_number]
        lines = [wording.fiche_line(f.id, f.title) for f in near if f.title not in answer.message]
        yield from self._list(wording.NEAREST_FICHES, lines)

    def _place_of(self, passage: Passage) -> str:
        place = place_of_passage(passage, self.fiches.get((passage.document, passage.fiche or "")))
        return f"{place} · {passage.path[-1]}" if passage.path[1:] else place

    def _list(self, lead: str, lines: Sequence[str]) -> Iterator[Text]:
        if lines:
            yield spoken(Role.REMARK, lead)
            yield spoken(Role.PLACES, *map(cleaned, lines))

    def _texts(self, answer: Answer) -> Iterator[Text]:
        """Sentences one after the other in a paragraph, until one has a lead; items and rows in a list."""
        running: list[Phrase] = []
        role = Role.ANSWER
        for sentence in answer.sentences:
            phrase = self._phrase(answer, sentence)
            wanted = Role.ANSWER if sentence.kind == "sentence" else Role.ITEMS
            if running and (wanted is not role or (phrase.lead and role is Role.ANSWER)):
                yield Text(role, tuple(running))
                running = []
            role = wanted
            running.append(phrase)
        yield Text(role, tuple(running))

    def comparison(self, answer: Answer, table: Table) -> Comparison:
        """The table with its longer side down, so that a sheet of paper holds it."""
        fiches = {name: self._head(name) for name in table.fiches}
        fields = {name: CARD.get(name) or FIELDS[name] for name in table.fields}
        cells = {(cell.fiche, cell.field): (cell.sentences, fields[cell.field]) for cell in table.cells}

        def cell(fiche: str, field: str) -> tuple[Phrase, ...]:
            places, head = cells.get((fiche, field), ((), ""))
            return tuple(_bare(self._phrase(answer, answer.sentences[at]), head) for at in places)

        caption = wording.comparison(table.fiches)
        if len(fiches) > len(fields):
            rows = tuple(Row(head, tuple(cell(name, f) for f in fields)) for name, head in fiches.items())
            return Comparison(caption, wording.FICHE, tuple(fields.values()), rows)
        rows = tuple(Row(head, tuple(cell(f, name) for f in fiches)) for name, head in fields.items())
        return Comparison(caption, wording.FIELD, tuple(fiches.values()), rows)

    def _head(self, fiche: str) -> str:
        known = self.by_number.get(fiche)
        return cleaned(fiche_lead(known).removesuffix(" :")) if known else f"{wording.FICHE} {fiche}"

    def _phrase(self, answer: Answer, sentence: Sentence) -> Phrase:
        citations = {citation.number: citation for citation in answer.citations}
        numbers = {self.number(citations[number]) for number in sentence.citations}
        return Phrase(cleaned(sentence.text), tuple(sorted(numbers)), cleaned(sentence.lead))

    def number(self, citation: Citation) -> int:
        """The number of these words in the document; where one answer had to put them back, it is said."""
        # The document may have changed between two answers: where words stand is not enough to tell them.
        span = (citation.document, citation.start, citation.quote)
        known = self.references.get(span) or self._reference(citation)
        repaired = known.repaired or citation.state is CitationState.REPAIRED
        self.references[span] = replace(known, repaired=repaired)
        return known.number

    def _reference(self, citation: Citation) -> Reference:
        fiche = self.fiches.get((citation.document, citation.fiche or ""))
        path = tuple(dict.fromkeys(citation.path[:1] + citation.path[-1:]))
        if citation.fiche:
            # The first heading is that of all fiches; the last may be that of the fiche itself, which is named.
            path = tuple(h for h in citation.path[-1:] if not h.startswith(f"{wording.FICHE} {citation.fiche}"))
        named = wording.fiche_line(fiche.id, fiche.title) if fiche else f"fiche {citation.fiche}"
        return Reference(
            number=len(self.references) + 1,
            document=cleaned(self.titles.get(citation.document, citation.document)),
            fiche=cleaned(named) if citation.fiche else "",
            heading=cleaned(" › ".join(path)),
            page=page_label(citation.page, citation.page_exact),
            quote=cleaned(citation.quote),
            repaired=citation.state is CitationState.REPAIRED,
            passage=citation.passage,
        )


def _bare(phrase: Phrase, head: str) -> Phrase:
    """A phrase without what its row and its column say already."""
    return replace(phrase, lead="", text=phrase.text.removeprefix(f"{head} : "))
