"""The answer that a rater, or whoever settles the differences, works on: what was last done, and where to go next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.review import judged_set
from eval.review.item import Item
from eval.review.marks import ErrorKind, Mark, Review, positions
from eval.review.promotion import (
    PERSONAS,
    pick,
    promoted,
    promoted_id,
    with_evidence,
    without_evidence,
    without_fact,
)
from eval.review.queue import Queue, State
from eval.review.store import Reviews
from ingest.errors import MarkChanged, PratiquesError
from ui.marking import labels
from ui.marking.views import DoneView
from vectorstore.index import Index


@dataclass(slots=True)
class Desk:
    """One answer being marked by one person.

    `settling` holds for the adjudication. `arrived` says whether one comes from the answer before; `next` is the id of
    the answer to show once this one is left. `done` is what came of the last action.
    """

    item: Item
    rater: str
    queue: Queue
    settling: bool
    reviews: Reviews
    index: Index
    home: Path
    arrived: bool = False
    next: str | None = None
    done: DoneView = DoneView(0)

    @property
    def review(self) -> Review | None:
        """What was said of the answer so far, on this side of the desk."""
        if self.settling:
            return self.reviews.adjudication(self.item.id)
        return self.reviews.review(self.item.id, self.rater)

    @property
    def others(self) -> list[Review]:
        """The finished reviews to settle between; none are shown to who only marks."""
        if not self.settling:
            return []
        return [r for r in self.reviews.reviews(self.item.id) if not r.adjudication and r.finished]

    @property
    def progress(self) -> str:
        """How far one is in the queue, in words."""
        if self.settling:
            return labels.unsettled(self.reviews.count(replace(self.queue, states=(State.DIFFER,))))
        progress = self.reviews.progress(self.queue)
        return labels.finished(progress.finished, progress.all)

    def act(self, action: object) -> None:
        """Do what was done in the component; what cannot be done leaves everything as it is, and is said."""
        position = -1
        try:
            match action:
                case {"kind": "mark", "position": int(position)}:
                    self._mark(action, position)
                case {"kind": "take", "position": int(position), "rater": str(rater), "version": int(version)}:
                    self._take(position, rater, version)
                case {"kind": "take-agreed"}:
                    self._take_agreed()
                case {"kind": "undo"}:
                    _, position = self.reviews.undo(self.item.id, self.rater, self.settling)
                    self._tell(labels.undone(position, self._refused), position)
                case {"kind": "finish"}:
                    self.reviews.finish(self.item.id, self.rater, self.settling)
                    self._leave(labels.SETTLED if self.settling else labels.FINISHED, labels.LAST)
                case {"kind": "skip"}:
                    self._leave("", labels.NO_OTHER)
                case _:
                    self._judge(action)
        except MarkChanged as error:
            self._tell("", position, str(error), changed=True)
        except PratiquesError as error:
            self._tell("", position, str(error))

    @property
    def _refused(self) -> bool:
        return not self.item.sentences

    # Marks

    def _mark(self, action: object, position: int) -> None:
        mark = _sent(action, position)
        if mark is None:
            self._tell("")
            return
        self.reviews.mark(self.item.id, self.rater, mark, self.settling)
        self._tell(labels.saved(position, self._refused), position)

    def _take(self, position: int, rater: str, version: int) -> None:
        """Give a mark the content of the one that a rater gave."""
        theirs = next((review.at(position) for review in self.others if review.rater == rater), None)
        if theirs is None:
            self._tell("")
            return
        self.reviews.mark(self.item.id, self.rater, replace(theirs, version=version), self.settling)
        self._tell(labels.taken(position, rater, self._refused), position)

    def _take_agreed(self) -> None:
        """Give the marks that are still missing the content of those on which all raters agree."""
        others, review = self.others, self.review
        agreed = [
            replace(said[0], version=now.version, reason=next((m.reason for m in said if m.reason.strip()), ""))
            for position in positions(self.item.sentences)
            if (now := review.at(position) if review else Mark(position)).missing(self._refused)
            if _agree(said := [other.at(position) for other in others])
        ]
        for mark in agreed:
            self.reviews.mark(self.item.id, self.rater, mark, self.settling)
        self._tell(labels.TAKEN_AGREED if agreed else labels.NOTHING_AGREED)

    def _leave(self, said: str, none: str) -> None:
        """Go to the next answer of the queue; where there is none, stay and say so."""
        self.next = self._next()
        self._tell(said if self.next else f"{said} {none}".strip())

    def _next(self) -> str | None:
        if not self.settling:
            return self.reviews.next(self.queue, after=self.item.id)
        everything = self.reviews.identifiers(replace(self.queue, states=()))
        unsettled = set(self.reviews.identifiers(replace(self.queue, states=(State.DIFFER,)))) - {self.item.id}
        at = everything.index(self.item.id) + 1 if self.item.id in everything else 0
        return next((i for i in (*everything[at:], *everything[:at]) if i in unsettled), None)

    # The judged question

    def _judge(self, action: object) -> None:
        identifier = promoted_id(self.item)
        match action:
            case {"kind": "promote", "persona": str(persona)} if persona in self._personas:
                judged_set.append(self.home, promoted(self.item, self.review, self.index, persona))
                self._tell(labels.PROMOTED)
            case {"kind": "pick", "passage": str(passage), "words": str(words)}:
                self._pick(pick(words, passage, self.index))
            case {"kind": "drop-quote", "quote": str(quote)}:
                judged_set.change(self.home, identifier, lambda q: without_evidence(q, quote, self.index))
                self._tell(labels.EVIDENCE_REMOVED)
            case {"kind": "drop-fact", "fact": str(fact)}:
                judged_set.change(self.home, identifier, lambda q: without_fact(q, fact))
                self._tell(labels.FACT_REMOVED)
            case {"kind": "persona", "persona": str(persona)} if persona in self._personas:
                judged_set.change(self.home, identifier, lambda q: replace(q, persona=persona))
                self._tell(labels.PERSONA_CHANGED)
            case {"kind": "withdraw"}:
                judged_set.remove(self.home, identifier)
                self._tell(labels.WITHDRAWN)
            case _:
                self._tell("")

    def _pick(self, quote: str) -> None:
        """Make words of the report evidence of the question, which they bring into the set if it is not there."""
        if judged_set.find(self.home, promoted_id(self.item)) is None:
            judged_set.append(self.home, promoted(self.item, self.review, self.index, picked=quote))
            self._tell(labels.PROMOTED_WITH_WORDS)
        else:
            judged_set.change(self.home, promoted_id(self.item), lambda q: with_evidence(q, quote, self.index))
            self._tell(labels.PICKED)

    @property
    def _personas(self) -> set[str]:
        return {*PERSONAS, *([self.item.judged.persona] if self.item.judged else [])}

    def _tell(self, said: str, position: int = -1, trouble: str = "", changed: bool = False) -> None:
        self.done = DoneView(self.done.number + 1, said, trouble, position, changed)


def _sent(action: object, position: int) -> Mark | None:
    """The mark that the component sent; `None` for what it cannot have sent."""
    match action:
        case {
            "sentence": int() | None as sentence,
            "citation": int() | None as citation,
            "kinds": list(said),
            "reason": str(reason),
            "version": int(version),
        }:
            kinds = tuple(kind for kind in ErrorKind if kind in said)
            try:
                return Mark(position, sentence, citation, kinds, _writable(reason), version)
            except ValueError:
                return None
    return None


def _writable(reason: str) -> str:
    """A reason without what no database keeps: half a surrogate pair, a null."""
    return reason.encode("utf-8", "ignore").decode().replace("\0", "")


def _agree(marks: Sequence[Mark]) -> bool:
    """Whether several raters say the same of a position, reasons aside."""
    return len(marks) > 1 and len({(m.sentence, m.citation, m.kinds) for m in marks}) == 1
