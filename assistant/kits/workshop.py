"""The workshop: makes a session kit from what is asked, and another case, question or point where one does not please.

    request → matter → plan → cases, discussions, comparison, quiz → sequences → kit

All of it is made of the report's structure and of what was read in it by hand; nothing is drawn by lot, so the same
request gives the same kit. Read `make` first.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from assistant.answer import Answer
from assistant.comparison import LEAST_FICHES
from assistant.kits.aims import SUBJECTS, VERBS
from assistant.kits.aspects import Aspect
from assistant.kits.cases import make_case
from assistant.kits.checking import CheckedKit, check
from assistant.kits.comparing import compare_points
from assistant.kits.discussions import make_discussions
from assistant.kits.kit import Aim, Case, Kit, Origin, Request, SequenceKind, Statement
from assistant.kits.kit_file import read_kit
from assistant.kits.places import place_of
from assistant.kits.plan import Planned, plan
from assistant.kits.points import Teaching, read_teaching
from assistant.kits.quiz import another_item, make_items
from assistant.kits.quiz.material import material_of
from assistant.kits.readings import readings_of
from assistant.kits.request import Matter, matter_of
from assistant.kits.sequences import fill
from assistant.kits.smoothing import smooth
from assistant.kits.statements import choose, proposed, said
from assistant.kits.structure import structural_points
from ingest.errors import KitError
from vectorstore.index import Index

if TYPE_CHECKING:
    from assistant.author import Author

_MOST_CASES = 2
_UNSAID = ("expliquer", "concevoir")
"""Verbs that are not proposed where none is chosen: another of the same sequence is."""


class _Known(Protocol):
    @property
    def id(self) -> str: ...


_K = TypeVar("_K", bound=_Known)


class Workshop:
    """Makes kits from one open index."""

    def __init__(self, index: Index, author: Author | None = None) -> None:
        self.index = index
        self.author = author

    @cached_property
    def teaching(self) -> Teaching:
        """What the documents prove of what was read by hand; a fiche that nobody has read gives its own sentences."""
        read = read_teaching(self.index)
        known = {point.place for point in read.points}
        others = [p for f in self.index.fiches if f.id not in known for p in structural_points(self.index, f)]
        return replace(read, points=(*read.points, *others))

    def prepare(self) -> None:
        """Read and measure what all sessions are made of, so that the first is made as soon as the next."""
        material_of(self.index, self.teaching)

    def make(self, request: Request) -> Kit:
        """The kit of a session, its wording smoothed where there is a language model.

        Raises:
            KitError: what is asked cannot be made; the message says what to change.
        """
        kit = self._make(request)
        return smooth(kit, self.author) if self.author else kit

    def _make(self, request: Request) -> Kit:
        matter = matter_of(request, self.index)
        planned = plan(request)
        cases = self._cases(matter, _count(planned, SequenceKind.CASE))
        identifiers = [f"d{number}" for number in range(1, _discussion_count(request.minutes) + 1)]
        discussions = make_discussions(self.teaching, matter, identifiers)
        items = make_items(self.index, self.teaching, matter.fiches, matter.themes, _item_count(request.minutes))
        return Kit(
            id=uuid.uuid4().hex[:12],
            title=proposed(self._title(matter)),
            request=request,
            aims=_aims(matter, planned),
            sequences=fill(self.teaching, matter, planned, cases, discussions, items),
            cases=cases,
            discussions=discussions,
            comparison=self._comparison(matter),
            items=items,
            readings=readings_of(self.index, self.teaching, matter, discussions),
            made=datetime.now(UTC),
            index=self.index.manifest.fingerprint,
        )

    def open(self, data: bytes) -> CheckedKit:
        """A kit from a file, under an id of this installation; what the report does not say here is put aside.

        Raises:
            KitError: the file is no kit, is damaged, or comes from a newer version.
        """
        kit = replace(read_kit(data), id=uuid.uuid4().hex[:12])
        return check(kit, self.index, self.teaching)

    def another_case(self, kit: Kit, identifier: str) -> Kit:
        """The kit with another case, of a fiche that none of its cases is of; first of its own fiches, then of others.

        Raises:
            KitError: there is no such case, or no other to put in its place.
        """
        matter = matter_of(kit.request, self.index)
        _find(identifier, kit.cases, "Ce cas n'est pas dans la séance.")
        taken = {fiche for case in kit.cases for fiche in case.fiches}
        others = tuple(fiche for fiche in self.index.fiches if fiche not in matter.fiches)
        for fiches in (matter.fiches, others):
            made = make_case(self.index, self.teaching, fiches, kit.request.audience, identifier, taken)
            if made is not None:
                return replace(kit, cases=tuple(made if case.id == identifier else case for case in kit.cases))
        raise KitError("Toutes les fiches dont on peut tirer un cas sont déjà dans la séance.")

    def another_discussion(self, kit: Kit, identifier: str) -> Kit:
        """The kit with another discussion in the place of one.

        Raises:
            KitError: there is no such discussion, or no other tension that fits.
        """
        matter = matter_of(kit.request, self.index)
        _find(identifier, kit.discussions, "Cette discussion n'est pas dans la séance.")
        taken = {discussion.tension for discussion in kit.discussions}
        made = make_discussions(self.teaching, matter, [identifier], taken)
        if not made:
            raise KitError("Le rapport ne nomme pas d'autre tension qui convienne à cette séance.")
        return replace(kit, discussions=tuple(made[0] if d.id == identifier else d for d in kit.discussions))

    def another_item(self, kit: Kit, identifier: str) -> Kit:
        """The kit with another quiz item in the place of one.

        Raises:
            KitError: there is no such item, or no other to make.
        """
        matter = matter_of(kit.request, self.index)
        item = _find(identifier, kit.items, "Cette question n'est pas dans le quiz.")
        made = another_item(self.index, self.teaching, matter.fiches, matter.themes, kit.items, item)
        sequences = tuple(
            replace(s, holds=tuple(made.id if held == identifier else held for held in s.holds)) for s in kit.sequences
        )
        return replace(kit, sequences=sequences, items=tuple(made if i is item else i for i in kit.items))

    def another_point(self, kit: Kit, sequence_id: str, position: int) -> Kit:
        """The kit with another point, of the same fiche or section, in the place of one (its position from 0).

        Raises:
            KitError: there is no such point, or the report has no other to give.
        """
        sequence = _find(sequence_id, kit.sequences, "Cette séquence n'est pas dans la séance.")
        if not 0 <= position < len(sequence.points):
            raise KitError("Ce point n'est pas dans la séquence.")
        old = sequence.points[position]
        shown = {point.text for s in kit.sequences for point in s.points}
        places = self._places_of(old, matter_of(kit.request, self.index))
        points = [point for point in self.teaching.points if point.place in places]
        left = choose(points, tuple(Aspect), len(points), shown)
        if not left:
            raise KitError("Le rapport n'a pas d'autre point à donner ici : tous sont déjà dans la séance.")
        # Asked again and again, it goes round all that is left, not to and fro between two.
        spans = [point.citation for point in points]
        at = spans.index(old.citations[0]) if old.citations and old.citations[0] in spans else -1
        after = [point for point in points[at + 1 :] if point in left]
        new = said((after or left)[0], old.lead)
        changed = replace(sequence, points=(*sequence.points[:position], new, *sequence.points[position + 1 :]))
        return replace(kit, sequences=tuple(changed if s is sequence else s for s in kit.sequences))

    def _places_of(self, point: Statement, matter: Matter) -> tuple[str, ...]:
        """Where another point may come from: the same fiche or section; where the trainer wrote it, any of the kit."""
        if not point.citations:
            return (*matter.sections, *(fiche.id for fiche in matter.fiches))
        return (place_of(point.citations[0]),)

    def _title(self, matter: Matter) -> str:
        if not matter.request.fiches:
            return f"Séance sur {_joined([SUBJECTS[theme] for theme in matter.themes])}"
        if len(matter.fiches) == 1:
            return f"Séance sur {self.teaching.names[matter.fiches[0].id]}"
        return f"Séance sur les fiches {_joined([fiche.id for fiche in matter.fiches])}"

    def _cases(self, matter: Matter, count: int) -> tuple[Case, ...]:
        """As many cases as sequences need, and one at least: it is there in reserve."""
        cases: list[Case] = []
        for number in range(1, min(max(1, count), _MOST_CASES) + 1):
            taken = {fiche for case in cases for fiche in case.fiches}
            case = make_case(self.index, self.teaching, matter.fiches, matter.request.audience, f"c{number}", taken)
            cases += [case] if case else []
        return tuple(cases)

    def _comparison(self, matter: Matter) -> Answer | None:
        """The fiches side by side; a lone fiche beside the next of its theme."""
        fiches = list(matter.fiches)
        if len(fiches) < LEAST_FICHES:
            fiches += [f for f in self.index.fiches if f.theme == fiches[0].theme and f not in fiches][:1]
        return compare_points(self.index, self.teaching, fiches, matter.request.audience)


def _aims(matter: Matter, planned: Sequence[Planned]) -> tuple[Aim, ...]:
    """What was chosen, else what the sequences that there is time for aim at; then the trainer's own."""
    kinds = {part.kind for part in planned}
    verbs = matter.request.verbs or [k for k, verb in VERBS.items() if verb.kind in kinds and k not in _UNSAID]
    subject = _joined([SUBJECTS[theme] for theme in matter.themes])
    aims = [Aim(verb, proposed(VERBS[verb].aim.format(subject))) for verb in verbs]
    return (*aims, *(Aim("", Statement(own.strip(), Origin.TRAINER)) for own in matter.request.own_aims))


def _find(identifier: str, among: Sequence[_K], missing: str) -> _K:
    found = next((one for one in among if one.id == identifier), None)
    if found is None:
        raise KitError(missing)
    return found


def _count(planned: Sequence[Planned], kind: SequenceKind) -> int:
    return sum(part.kind is kind for part in planned)


def _discussion_count(minutes: int) -> int:
    return 2 if minutes < 120 else 3 if minutes <= 240 else 4 if minutes <= 420 else 6


def _item_count(minutes: int) -> int:
    return 6 if minutes <= 45 else 10 if minutes <= 90 else 14 if minutes <= 240 else 18 if minutes <= 420 else 24


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
