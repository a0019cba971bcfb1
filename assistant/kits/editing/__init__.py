"""What a trainer does to a kit: each edit gives another kit, and leaves the first as it was.

    place      where a statement stands: its address in the kit
    wording    rewrite, restore, rename, duplicate
    adding     add a sequence, a statement, a quiz item; remove any
    ordering   move
    timing     time again, and fit to the duration that was asked for

An edit that cannot be done raises KitError; its message says why.
"""

from assistant.kits.editing.adding import add_item, add_sequence, add_statement, remove, remove_statement
from assistant.kits.editing.ordering import move, move_to
from assistant.kits.editing.timing import fit, retime
from assistant.kits.editing.wording import MOST_TEXT, MOST_TITLE, duplicate, rename, restore, rewrite

__all__ = [
    "MOST_TEXT",
    "MOST_TITLE",
    "add_item",
    "add_sequence",
    "add_statement",
    "duplicate",
    "fit",
    "move",
    "move_to",
    "remove",
    "remove_statement",
    "rename",
    "restore",
    "retime",
    "rewrite",
]
