"""What a trainer adds to a kit, and what is taken out of it."""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import replace

from assistant.kits.editing.place import Listed, item_at, list_at, missing, put, split
from assistant.kits.editing.wording import MOST_TITLE, trainer_words, with_lead_of
from assistant.kits.kit import Aim, Item, ItemKind, Kit, Option, Sequence, SequenceKind, Statement
from assistant.kits.request import MOST_MINUTES
from ingest.errors import KitError
from ingest.folding import fold

_MOST_OPTIONS = 8
_LEAST_OPTIONS, _LEAST_PROVED = 2, 3
"""Answers that a question of the trainer's, and one that the report proves, keep at least."""


def add_sequence(kit: Kit, title: str, minutes: int, activity: str, after: str) -> Kit:
    """The kit with a sequence of the trainer's after another; first of all where `after` is empty.

    `activity` may be blank. The others keep their minutes: the kit then lasts longer.

    Raises:
        KitError: the title is blank or too long, the minutes are out of range, there is no sequence to follow.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise KitError(f"Une séquence dure de 1 à {MOST_MINUTES} minutes.")
    order = [sequence.id for sequence in kit.sequences]
    if after and after not in order:
        raise missing()
    at = order.index(after) + 1 if after else 0
    done = (trainer_words(activity),) if activity.strip() else ()
    new = Sequence(_free(kit, "s"), SequenceKind.OWN, trainer_words(title, MOST_TITLE), minutes, done)
    return replace(kit, sequences=(*kit.sequences[:at], new, *kit.sequences[at:]))


def add_statement(kit: Kit, where: str, text: str) -> Kit:
    """The kit with the trainer's words at the end of a list (`sequences/s3/points`, `aims`…).

    Raises:
        KitError: there is no such list, or it takes no words; the text is blank or too long.
    """
    listed = list_at(kit, where)
    item = item_at(kit, where)
    if item is not None and not (item.kind is ItemKind.OPEN and where.endswith("/points")):
        raise KitError("Cette question se réécrit, mais ne s'allonge pas. Ajoutez plutôt une question à vous.")
    new = trainer_words(text)
    return put(kit, where, (*listed, Aim("", new) if where == "aims" else new))


def add_item(kit: Kit, stem: str, options: Several[str], right: int) -> Kit:
    """The kit with a quiz question of the trainer's, which says nothing of the report, at the end of the last quiz.

    Args:
        kit: the kit.
        stem: the question.
        options: two to eight answers, blank ones left out; none where the question is an open one.
        right: the position (from 0) of the right one.

    Raises:
        KitError: the question is blank or too long, an answer is too long or there twice, there are too few or too
            many, none is right.
    """
    made = tuple(Option(trainer_words(text), at == right) for at, text in enumerate(options) if text.strip())
    if made:
        _check_options(made)
    kind = ItemKind.CHOICE if made else ItemKind.OPEN
    item = Item(_free(kit, "q"), kind, "", "", trainer_words(stem), made)
    quiz = next((s.id for s in reversed(kit.sequences) if s.kind is SequenceKind.QUIZ), None)
    sequences = tuple(replace(s, holds=(*s.holds, item.id)) if s.id == quiz else s for s in kit.sequences)
    return replace(kit, sequences=sequences, items=(*kit.items, item))


def _check_options(options: Several[Option]) -> None:
    if not any(option.right for option in options):
        raise KitError("Indiquez laquelle de vos réponses est la bonne.")
    if not _LEAST_OPTIONS <= len(options) <= _MOST_OPTIONS:
        raise KitError(f"Écrivez de {_LEAST_OPTIONS} à {_MOST_OPTIONS} réponses.")
    if len({fold(option.statement.text) for option in options}) < len(options):
        raise KitError("Deux réponses disent la même chose. Changez l'une d'elles.")


def remove(kit: Kit, identifier: str) -> Kit:
    """The kit without a sequence, case, discussion or quiz item; what a sequence worked on stays in reserve.

    Raises:
        KitError: there is no such thing, or it is the only sequence.
    """
    left = replace(
        kit,
        sequences=tuple(
            replace(s, holds=tuple(held for held in s.holds if held != identifier))
            for s in kit.sequences
            if s.id != identifier
        ),
        cases=tuple(case for case in kit.cases if case.id != identifier),
        discussions=tuple(discussion for discussion in kit.discussions if discussion.id != identifier),
        items=tuple(item for item in kit.items if item.id != identifier),
    )
    if left == kit:
        raise missing()
    if not left.sequences:
        raise KitError("Une séance garde au moins une séquence. Ajoutez-en une autre avant de retirer celle-ci.")
    return left


def remove_statement(kit: Kit, where: str) -> Kit:
    """The kit without a statement of a list; what led it in leads in the next one of the same fiche.

    Raises:
        KitError: there is none, it does not stand in a list, or it cannot be done without.
    """
    row = split(where)
    if row is None:
        raise KitError("Ce texte peut être réécrit, mais pas retiré.")
    head, at = row
    listed = list_at(kit, head)
    if not at < len(listed):
        raise missing()
    gone = listed[at]
    if (item := item_at(kit, where)) is not None:
        return _without_answer(kit, item, head, at, gone)
    left: tuple[Listed, ...] = (*listed[:at], *listed[at + 1 :])
    if isinstance(gone, Statement):
        after = tuple(one for one in listed[at + 1 :] if isinstance(one, Statement))
        left = (*listed[:at], *with_lead_of(gone, after))
    return put(kit, head, left)


def _without_answer(kit: Kit, item: Item, head: str, at: int, gone: Listed) -> Kit:
    """The kit without an answer of a quiz item, or without a point that an open answer is expected to hold."""
    listed = list_at(kit, head)
    if isinstance(gone, Option):
        if gone.right:
            raise KitError("La bonne réponse ne peut pas être retirée. Retirez la question, ou réécrivez la réponse.")
        least = _LEAST_OPTIONS if item.own else _LEAST_PROVED
        if len(listed) <= least:
            raise KitError(f"Il faut au moins {least} réponses. Retirez plutôt la question.")
    elif len(listed) == 1:
        raise KitError("C'est le seul point attendu. Retirez plutôt la question.")
    changed = put(kit, head, (*listed[:at], *listed[at + 1 :]))
    proof = tuple(statement for statement in item.proof if statement != gone)
    if isinstance(gone, Option) or not any(statement.citations for statement in proof):
        return changed
    # What an open answer is no longer expected to hold proves nothing of it any more.
    items = tuple(replace(one, proof=proof) if one.id == item.id else one for one in changed.items)
    return replace(changed, items=items)


def _free(kit: Kit, letter: str) -> str:
    """An id that nothing in the kit has."""
    taken = {one.id for several in (kit.sequences, kit.cases, kit.discussions, kit.items) for one in several}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{letter}{number}") not in taken)
