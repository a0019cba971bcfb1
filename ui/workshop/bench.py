"""The kit that a browser page works on: as it is kept, what was last done to it, and what is left to the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.database import KeptKit
from assistant.kits.kit import Kit
from assistant.kits.workshop import Workshop
from ingest.errors import KitError, KitMissing, PratiquesError
from ui.workshop import labels
from ui.workshop.edits import edited
from ui.workshop.views import DoneView

Wish = Literal["take", "versions", "rename", "duplicate", "delete"]
"""What the trainer asks of the page itself."""


class Store(Protocol):
    """The part of the store of kits that is needed to work on one."""

    def keep(self, kit: Kit, change: str = "", based_on: int | None = None) -> KeptKit:
        """Keep a kit as a new version, unless a newer one than `based_on` is there."""
        ...

    def read(self, identifier: str, version: int | None = None) -> KeptKit:
        """Read a version of a kit, the newest where none is named."""
        ...

    def restore(self, identifier: str, version: int) -> KeptKit:
        """Keep an earlier version again, as a new one."""
        ...


@dataclass(slots=True)
class Bench:
    """One kit being worked on.

    `content` is the version whose content is shown: undoing twice goes back by two, though each undoing makes a new
    version. `told` is said over the kit until something is done. `done` is what came of the last action, `wish` what it
    left to the page.
    """

    kept: KeptKit
    content: int
    told: tuple[str, ...] = ()
    done: DoneView = DoneView(0)
    wish: Wish | None = None

    @classmethod
    def of(cls, kept: KeptKit, told: tuple[str, ...] = ()) -> Bench:
        """Begin to work on a kept kit."""
        return cls(kept, kept.version, told)

    @property
    def kit(self) -> Kit:
        """The kit as it stands."""
        return self.kept.kit

    @property
    def undoable(self) -> bool:
        """Whether there is a version before the content that is shown."""
        return self.content > 1

    def act(self, action: object, workshop: Workshop, store: Store) -> None:
        """Do what the trainer did in the component; what cannot be done, or kept, leaves the kit as it is."""
        self.told = ()
        match action:
            case {"kind": "take" | "versions" | "rename" | "duplicate" | "delete" as kind}:
                self.wish = kind
                self._tell("")
            case {"kind": "undo"}:
                self.undo(store)
            case {"kind": "read-again"}:
                self._read_again(store)
            case _:
                self._edit(action, workshop, store)

    def undo(self, store: Store) -> None:
        """Go back to the version before the content that is shown."""
        before = self.content - 1
        if not before:
            self._tell(labels.UNCHANGED)
            return
        self.return_to(before, store)
        if not self.done.trouble:
            self.content = before

    def return_to(self, version: int, store: Store) -> None:
        """Go back to an earlier version, which is kept as a new one."""
        try:
            kept = store.restore(self.kit.id, version)
        except PratiquesError as error:
            self._tell("", str(error))
            return
        self._show(kept, labels.returned(version))

    def change(self, kit: Kit, change: str, store: Store) -> None:
        """Keep an edited kit; where that fails the kit stays as it was, and `done` says why."""
        try:
            kept = store.keep(kit, change, self.kept.version)
        except KitError as error:
            self._tell("", str(error), outdated=not isinstance(error, KitMissing))
        except PratiquesError as error:
            self._tell("", labels.not_kept(str(error)))
        else:
            self._show(kept, change)

    def _edit(self, action: object, workshop: Workshop, store: Store) -> None:
        try:
            edit = edited(self.kit, action, workshop)
        except PratiquesError as error:
            self._tell("", str(error))
            return
        if edit is None or edit.kit == self.kit:
            self._tell(labels.UNCHANGED)
        else:
            self.change(edit.kit, edit.change, store)

    def _read_again(self, store: Store) -> None:
        try:
            self._show(store.read(self.kit.id), labels.READ_ANEW)
        except PratiquesError as error:
            self._tell("", str(error))

    def _show(self, kept: KeptKit, said: str) -> None:
        self.kept, self.content = kept, kept.version
        self._tell(f"{said}.")

    def _tell(self, said: str, trouble: str = "", outdated: bool = False) -> None:
        self.done = DoneView(self.done.number + 1, said, trouble, outdated)
