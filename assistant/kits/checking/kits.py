"""A whole kit held against an index: every citation, every sentence, every quiz item, the comparison.

Nobody smuggles a sentence into the file of a kit and has it shown as the report's: what is attributed to the report is
proved again here, by the rules by which it was made, and what fails is taken out and named. What this installation says
of a place (its name before a statement, the question of a choice, a place to read) is said anew.

What cannot be known is whether the tool's own proposals, a title, an activity or a task, are those of this tool:
another installation may word them otherwise. They are left, shown as proposals, and claim nothing of the report.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.answer import Answer
from assistant.kits.checking.items import held_item
from assistant.kits.checking.statements import Gate, Refused
from assistant.kits.checking.tables import held_comparison
from assistant.kits.kit import Aim, Case, Discussion, Item, Kit, Reading, Sequence, Statement
from assistant.kits.places import place_of
from assistant.kits.points import Teaching, read_teaching
from assistant.kits.statements import named, proposed
from assistant.wording import page_label
from vectorstore.index import Index

UNKNOWN_TENSION = "À discuter"
"""The name of a discussion whose tension this installation does not know."""
_SHOWN = 90
"""Characters of a refused text that are shown."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CheckedKit:
    """A kit of which all that is attributed to the report is proved; `faults` has a French line for each thing gone."""

    kit: Kit
    faults: tuple[str, ...]


def check(kit: Kit, index: Index, teaching: Teaching | None = None) -> CheckedKit:
    """Hold a kit against an index; one of which nothing is wrong comes back equal.

    Args:
        kit: the kit, from anywhere.
        index: the open index.
        teaching: what names its fiches and tensions; read where it is not given.
    """
    checking = _Checking(Gate(index, teaching or read_teaching(index)))
    checked = checking.kit(kit)
    return CheckedKit(checked, tuple(checking.faults))


class _Checking:
    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.faults: list[str] = []

    def kit(self, kit: Kit) -> Kit:
        """The kit without what is refused; a sequence holds only what is left."""
        title = self._one(kit.title, "Titre") or proposed("Séance")
        aims = self._several(kit.aims, self._aim)
        sequences = self._several(kit.sequences, self._sequence)
        cases = self._several(kit.cases, self._case)
        discussions = self._several(kit.discussions, self._discussion)
        comparison = kit.comparison and self._comparison(kit.comparison)
        items = self._several(kit.items, self._item)
        left = {one.id for several in (cases, discussions, items) for one in several}
        return replace(
            kit,
            title=title,
            aims=aims,
            sequences=tuple(replace(s, holds=tuple(held for held in s.holds if held in left)) for s in sequences),
            cases=cases,
            discussions=discussions,
            comparison=comparison,
            items=items,
            readings=self._several(kit.readings, self._reading),
        )

    def _several(self, among: tuple[_T, ...], check_one: Callable[[_T], _T | None]) -> tuple[_T, ...]:
        return tuple(held for one in among if (held := check_one(one)) is not None)

    def _one(self, statement: Statement, where: str, fiches: tuple[str, ...] = ()) -> Statement | None:
        """The statement, held; `None` where it is refused, or where the report says it of other fiches than these."""
        try:
            held = self.gate.held(statement)
            if fiches and any(place_of(citation) not in fiches for citation in held.citations):
                raise Refused("ces mots sont d'une autre fiche")
        except Refused as why:
            self._fault(where, statement.text, why)
            return None
        return held

    def _all(
        self, statements: tuple[Statement, ...], where: str, fiches: tuple[str, ...] = ()
    ) -> tuple[Statement, ...]:
        return self._several(statements, lambda statement: self._one(statement, where, fiches))

    def _aim(self, aim: Aim) -> Aim | None:
        statement = self._one(aim.statement, "Objectif")
        return None if statement is None else replace(aim, statement=statement)

    def _sequence(self, sequence: Sequence) -> Sequence:
        where = f"Séquence « {_short(sequence.title.text)} »"
        return replace(
            sequence,
            title=self._one(sequence.title, "Titre d'une séquence") or proposed("Séquence"),
            activity=self._all(sequence.activity, where),
            points=self._all(sequence.points, where),
        )

    def _case(self, case: Case) -> Case | None:
        where = f"Étude de cas de la fiche {' et '.join(case.fiches)}"
        held = replace(
            case,
            title=self._one(case.title, where, case.fiches) or proposed("Étude de cas"),
            situation=self._all(case.situation, where, case.fiches),
            obstacles=self._all(case.obstacles, where, case.fiches),
            tasks=self._all(case.tasks, where, case.fiches),
            outcome=self._all(case.outcome, where, case.fiches),
        )
        return held if held.situation or held.obstacles or held.outcome or held == case else None

    def _discussion(self, discussion: Discussion) -> Discussion | None:
        question = self._one(discussion.question, "Discussion")
        sides = self._all(discussion.sides, "Discussion")
        if question is None or (discussion.sides and not sides):
            return None
        known = discussion.tension in {tension.name for tension in self.gate.teaching.tensions}
        return Discussion(discussion.id, discussion.tension if known else UNKNOWN_TENSION, question, sides)

    def _comparison(self, comparison: Answer) -> Answer | None:
        try:
            return held_comparison(comparison, self.gate)
        except Refused as why:
            self.faults.append(f"Comparaison : le tableau est retiré ({why}).")
            return None

    def _item(self, item: Item) -> Item | None:
        try:
            return held_item(item, self.gate)
        except Refused as why:
            self._fault("Quiz", item.stem.text, why)
            return None

    def _reading(self, reading: Reading) -> Reading | None:
        """The place to read under the name that this installation gives it; `None` where the index does not have it."""
        passage = self.gate.index.by_id.get(reading.passage)
        if passage is None:
            self.faults.append(f"À lire : « {_short(reading.name)} » n'est pas dans le rapport.")
            return None
        name = named(passage.fiche or passage.group, self.gate.teaching)
        whole = " › " not in reading.name
        page = page_label(passage.page, exact=whole or passage.page_exact)
        return Reading(passage.id, name if whole else f"{name} › {passage.path[-1]}", page)

    def _fault(self, where: str, text: str, why: Refused) -> None:
        self.faults.append(f"{where} : « {_short(text)} » ({why}).")


def _short(text: str) -> str:
    return textwrap.shorten(text, _SHOWN, placeholder="…")
