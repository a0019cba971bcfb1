"""The quiz made: drafts of every sort, taken in turn so that kinds, fiches and aspects change from item to item.

An item is taken only where its proof verifies again, and where it neither repeats nor gives away another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Citation
from assistant.kits.aspects import Aspect
from assistant.kits.kit import Item, ItemKind, Statement
from assistant.kits.points import Teaching
from assistant.kits.quiz.choices import choices
from assistant.kits.quiz.distractors import LEAST_STEMS
from assistant.kits.quiz.draft import Draft, Sort
from assistant.kits.quiz.figures import figures
from assistant.kits.quiz.matchings import matchings
from assistant.kits.quiz.material import Material, material_of
from assistant.kits.quiz.open_questions import open_questions
from assistant.kits.quiz.truths import truths
from assistant.kits.request import SECTION_OF
from ingest.errors import KitError
from ingest.records import Fiche
from vectorstore.index import Index
from vectorstore.tokens import tokens

_WORTH: Mapping[str, int] = {
    Aspect.EFFECT: 0,
    Aspect.CONDITION: 0,
    Aspect.OBSTACLE: 0,
    Aspect.IDEA: 0,
    Aspect.PARTICIPATION: 0,
    Aspect.AIM: 1,
    Aspect.ORIGIN: 1,
    Aspect.ACTORS: 2,
    Aspect.STEPS: 2,
}
"""How soon an aspect is asked about; those that are not named come last."""
_LAST = 3
_SORTS = {
    ItemKind.CHOICE: (Sort.POINT, Sort.CARD),
    ItemKind.TRUTH: (Sort.TRUE, Sort.FALSE),
    ItemKind.FIGURE: (Sort.FIGURE, Sort.YEAR),
    ItemKind.MATCHING: (Sort.TERRITORY, Sort.PUBLIC),
    ItemKind.OPEN: (Sort.OPEN, Sort.TENSION),
}
_MOST = {Sort.YEAR: 2, Sort.CARD: 2, Sort.PUBLIC: 1, Sort.TENSION: 1}
"""Items of a sort at most."""
_LATER = {Sort.CARD: 3, Sort.YEAR: 2, Sort.PUBLIC: 1, Sort.TENSION: 4}
"""After how many items of the other sort of its kind a sort comes in."""
_SAME = 0.6
"""The cosine from which two sentences tell the same fact."""
_GIVEN = 0.6
"""The share of an answer's words in another item's stem from which that stem gives it away."""


def make_items(
    index: Index,
    teaching: Teaching,
    fiches: Sequence[Fiche],
    themes: Sequence[str],
    count: int,
    taken: Collection[str] = (),
) -> tuple[Item, ...]:
    """Up to `count` items about fiches and themes (`3`), always the same ones for the same request.

    `taken` are keys (`key_of`) of items that are there already: none repeats their question or what proves them.
    """
    quiz = _Quiz(material_of(index, teaching), fiches, themes, taken)
    kinds = _kinds(count)
    # What takes most facts at once is taken while they are free.
    for at in sorted(_mixed(kinds), key=lambda at: kinds[at] is not ItemKind.MATCHING):
        # Where there is none left of a kind, one of another takes its place.
        any(quiz.add(kind) for kind in (kinds[at], *_SORTS))
    ordered = [quiz.items[at] for at in _mixed([item.kind for item in quiz.items])]
    return tuple(replace(item, id=f"q{number}") for number, item in enumerate(ordered, 1))


def another_item(
    index: Index,
    teaching: Teaching,
    fiches: Sequence[Fiche],
    themes: Sequence[str],
    items: Sequence[Item],
    item: Item,
) -> Item:
    """An item in the place of one: of the same kind where there is one, else of any.

    Raises:
        KitError: there is none left.
    """
    quiz = _Quiz(material_of(index, teaching), fiches, themes, [key_of(other) for other in items], items)
    for kind in (item.kind, *(kind for kind in _SORTS if kind is not item.kind)):
        if made := quiz.replacement(item, kind):
            return made
    raise KitError("Il ne reste pas d'autre question à tirer de ces fiches : ajoutez une fiche, ou écrivez la vôtre.")


def key_of(item: Item) -> str:
    """By what an item is known again: a line for its question, and one for each quote that proves it."""
    return "\n".join([item.stem.text, *(f"{c.passage} {c.start} {c.end}" for c in _citations(item))])


def _kinds(count: int) -> list[ItemKind]:
    """How many items of each kind there are among `count`: all kinds from six on."""
    if count < 6:
        return [ItemKind.CHOICE, ItemKind.TRUTH, ItemKind.FIGURE, ItemKind.CHOICE, ItemKind.OPEN][:count]
    shares = {
        ItemKind.TRUTH: max(1, round(0.2 * count)),
        ItemKind.FIGURE: max(1, round(0.15 * count)),
        ItemKind.MATCHING: 1 if count < 16 else 2,
        ItemKind.OPEN: 1 if count < 11 else 2 if count < 18 else 3,
    }
    kinds = [kind for kind, share in shares.items() for _ in range(share)]
    return [ItemKind.CHOICE] * (count - len(kinds)) + kinds


def _mixed(kinds: Sequence[ItemKind]) -> list[int]:
    """The positions of kinds in an order in which each is spread evenly."""
    totals, met = Counter(kinds), Counter[ItemKind]()
    places = []
    for kind in kinds:
        places.append((met[kind] + 0.5) / totals[kind])
        met[kind] += 1
    return sorted(range(len(kinds)), key=lambda at: places[at])


class _Quiz:
    """The items taken so far, and the drafts that others can be made of."""

    def __init__(
        self,
        material: Material,
        fiches: Sequence[Fiche],
        themes: Sequence[str],
        taken: Collection[str],
        there: Sequence[Item] = (),
    ) -> None:
        self.material = material
        self.items: list[Item] = []
        self._there = there
        self._stems = {key.split("\n")[0] for key in taken}
        self._facts = [_fact(line) for key in taken for line in key.split("\n")[1:]]
        self._shown = Counter(citation for item in there for citation in _shown_by(item))
        self._used = Counter(name for item in there for name in (item.fiche, item.field))
        self._sorts: Counter[Sort] = Counter()
        places = [*dict.fromkeys(fiche.id for fiche in fiches), *(SECTION_OF[theme] for theme in themes)]
        self._drafts: dict[Sort, list[Draft]] = {sort: [] for sort in Sort}
        makers = (choices, truths, figures, matchings, open_questions)
        for draft in chain.from_iterable(make(material, places) for make in makers):
            self._drafts[draft.sort].append(draft)

    def add(self, kind: ItemKind) -> bool:
        """Take one more item of a kind; whether there was one."""
        sorts = [sort for sort in _SORTS[kind] if self._sorts[sort] < _MOST.get(sort, len(self._drafts[sort]) + 1)]
        drafts = [draft for sort in sorts for draft in self._drafts[sort]]
        for draft in sorted(drafts, key=self._tiredness):
            # What does not fit now will not fit later, when there are more items.
            self._drafts[draft.sort].remove(draft)
            if item := self._made(draft):
                self._take(draft, item)
                return True
        return False

    def replacement(self, item: Item, kind: ItemKind) -> Item | None:
        """An item of a kind in the place of one: the next in turn, so that asking again goes round them all."""
        drafts = self._in_turn([draft for sort in _SORTS[kind] for draft in self._drafts[sort]])
        same = [at for at, draft in enumerate(drafts) if (draft.place, draft.field) == (item.fiche, item.field)]
        first = same[-1] + 1 if same else 0
        return next(filter(None, map(self._made, [*drafts[first:], *drafts[:first]])), None)

    def _made(self, draft: Draft) -> Item | None:
        """The item of a draft, where it can be made and fits the others."""
        item = draft.make(f"q{_greatest(self._there) + 1}", self._shown)
        return item if item is not None and self._fits(item) else None

    def _take(self, draft: Draft, item: Item) -> None:
        self.items.append(item)
        self._stems.add(item.stem.text)
        self._facts += [(c.passage, c.start, c.end) for c in _citations(item)]
        self._shown.update(_shown_by(item))
        self._used.update((item.fiche, item.field))
        self._sorts[draft.sort] += 1

    def _tiredness(self, draft: Draft) -> tuple[int, int, float]:
        """How much of the like there has been: the least tired draft is taken."""
        again = bool(self.items) and self.items[-1].fiche == draft.place
        seen = 2 * self._used[draft.place] + self._used[draft.field] + 2 * again
        return self._sorts[draft.sort] + _LATER.get(draft.sort, 0), draft.rank, seen + _worth(draft) / 2

    def _in_turn(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts a place after the other and then round again, in each what is worth most first."""
        met: Counter[str] = Counter()
        turns = []
        for draft in sorted(drafts, key=_worth):
            turns.append((met[draft.place], draft))
            met[draft.place] += 1
        return [draft for _, draft in sorted(turns, key=lambda turn: turn[0])]

    def _fits(self, item: Item) -> bool:
        others = [*self._there, *self.items]
        return (
            item.stem.text not in self._stems
            and not any(self._is_told(said, other) for other in others for said in item.proof)
            and not any(_meets(_span(citation), fact) for citation in _citations(item) for fact in self._facts)
            and not any(_gives_away(one, two) for other in others for one, two in ((item, other), (other, item)))
            and self.material.verified(citation for said in _statements(item) for citation in said.citations)
        )

    def _is_told(self, said: Statement, other: Item) -> bool:
        """Whether an item is proved by what says the same, elsewhere in the report."""
        line = self.material.line(said.text)
        if len(line.stems) < LEAST_STEMS:
            return False
        return any(float(line.vector @ self.material.line(told.text).vector) >= _SAME for told in other.proof)


_Span = tuple[str, int, int]


def _statements(item: Item) -> Iterator[Statement]:
    yield from (option.statement for option in item.options)
    yield from (statement for pair in item.pairs for statement in (pair.left, pair.right))
    yield from (*item.points, *item.proof)


def _citations(item: Item) -> Iterator[Citation]:
    """What proves the right answer of an item, in the report's words."""
    yield from (citation for statement in item.proof for citation in statement.citations)


def _shown_by(item: Item) -> Iterator[Citation]:
    """What proves all that is read in an item, each once."""
    yield from dict.fromkeys(citation for said in _statements(item) for citation in said.citations)


def _span(citation: Citation) -> _Span:
    return citation.passage, citation.start, citation.end


def _fact(line: str) -> _Span:
    passage, start, end = line.rsplit(" ", 2)
    return passage, int(start), int(end)


def _meets(one: _Span, other: _Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _gives_away(one: Item, other: Item) -> bool:
    """Whether the question of an item tells the right answer of another, of the same fiche or section."""
    if one.fiche != other.fiche:
        return False
    told = set(tokens(one.stem.text))
    answers = [set(tokens(option.statement.text)) for option in other.options if option.right and option.of]
    return any(answer and len(answer & told) >= _GIVEN * len(answer) for answer in answers)


def _worth(draft: Draft) -> int:
    return _WORTH.get(draft.field, _LAST)


def _greatest(items: Sequence[Item]) -> int:
    """The greatest number of the ids `q1`, `q2`…; what has another id does not count."""
    return max((int(item.id[1:]) for item in items if re.fullmatch(r"q[0-9]{1,9}", item.id)), default=0)
