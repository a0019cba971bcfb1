"""What the trainer does to a kit in its component, as edits of the kit."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.kits.editing import (
    add_item,
    add_sequence,
    add_statement,
    fit,
    move,
    remove,
    remove_statement,
    restore,
    retime,
    rewrite,
)
from assistant.kits.kit import Kit
from assistant.kits.workshop import Workshop
from ui.workshop import labels


@dataclass(frozen=True, slots=True)
class Edit:
    """A kit after an edit, and what was done, in a few French words."""

    kit: Kit
    change: str


def edited(kit: Kit, action: object, workshop: Workshop) -> Edit | None:
    """The kit after what the trainer did; `None` for what is no edit, or cannot have been sent.

    Raises:
        KitError: it cannot be done; the message says why.
    """
    match action:
        case {"kind": "move", "id": str(identifier), "step": 1 | -1 as step}:
            return Edit(move(kit, identifier, step), labels.MOVED)
        case {"kind": "retime", "id": str(identifier), "minutes": int(minutes)}:
            return Edit(retime(kit, identifier, minutes), labels.RETIMED)
        case {"kind": "fit"}:
            return Edit(fit(kit), labels.FITTED)
        case {"kind": "remove", "id": str(identifier)}:
            return Edit(remove(kit, identifier), labels.REMOVED)
        case {"kind": "take-out", "where": str(where)}:
            return Edit(remove_statement(kit, where), labels.REMOVED)
        case {"kind": "rewrite", "where": str(where), "text": str(text)}:
            return Edit(rewrite(kit, where, text), labels.REWRITTEN)
        case {"kind": "restore", "where": str(where)}:
            return Edit(restore(kit, where), labels.RESTORED)
        case {"kind": "another", "id": str(identifier)}:
            return _another(kit, identifier, workshop)
        case {"kind": "another-point", "where": str(where)}:
            return _another_point(kit, where, workshop)
    return _added(kit, action)


def _added(kit: Kit, action: object) -> Edit | None:
    match action:
        case {"kind": "add", "where": str(where), "text": str(text)}:
            return Edit(add_statement(kit, where, text), labels.ADDED)
        case {
            "kind": "add-sequence",
            "title": str(title),
            "minutes": int(minutes),
            "activity": str(activity),
            "after": str(after),
        }:
            return Edit(add_sequence(kit, title, minutes, activity, after), labels.SEQUENCE_ADDED)
        case {"kind": "add-item", "stem": str(stem), "options": list(options), "right": int(right)}:
            return Edit(add_item(kit, stem, [str(option) for option in options], right), labels.ITEM_ADDED)
    return None


def _another(kit: Kit, identifier: str, workshop: Workshop) -> Edit | None:
    if any(case.id == identifier for case in kit.cases):
        return Edit(workshop.another_case(kit, identifier), labels.OTHER_CASE)
    if any(discussion.id == identifier for discussion in kit.discussions):
        return Edit(workshop.another_discussion(kit, identifier), labels.OTHER_DISCUSSION)
    if any(item.id == identifier for item in kit.items):
        return Edit(workshop.another_item(kit, identifier), labels.OTHER_ITEM)
    return None


def _another_point(kit: Kit, where: str, workshop: Workshop) -> Edit | None:
    match where.split("/"):
        case ["sequences", sequence, "points", position] if position.isdecimal():
            return Edit(workshop.another_point(kit, sequence, int(position)), labels.OTHER_POINT)
    return None
