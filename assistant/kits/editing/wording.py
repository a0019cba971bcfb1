"""The trainer's words in the place of others, and the report's back again."""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import replace

from assistant.kits.editing.place import item_at, list_at, put, split, statement_at
from assistant.kits.kit import ItemKind, Kit, Origin, Statement
from assistant.kits.places import place_of
from ingest.errors import KitError
from ingest.folding import fold

MOST_TEXT, MOST_TITLE = 600, 120
"""Characters of a statement, and of a title, in the trainer's words."""


def rewrite(kit: Kit, where: str, text: str) -> Kit:
    """The kit with the trainer's words at an address; what the report said there is kept, to come back.

    What was said before the statement (« Fiche 4a… ») is not said before the trainer's words, which the report does not
    say: it passes on to the next statement of the same fiche.

    Raises:
        KitError: nothing stands there or can be rewritten there, the text is blank or too long.
    """
    old = statement_at(kit, where)
    new = trainer_words(text, MOST_TITLE if where.rpartition("/")[2] == "title" else MOST_TEXT)
    if new.text == old.text:
        return kit
    _refuse_in_item(kit, where, new.text)
    was = old if old.origin is Origin.REPORT else old.was
    return _put_in_line(kit, where, replace(new, was=was))


def restore(kit: Kit, where: str) -> Kit:
    """The kit with the report's statement back in the place of the trainer's words.

    Raises:
        KitError: nothing stands there, or nothing of the report stood there.
    """
    was = statement_at(kit, where).was
    if was is None:
        raise KitError("Il n'y a pas de mots du rapport à remettre ici.")
    return _put_in_line(kit, where, was)


def rename(kit: Kit, title: str) -> Kit:
    """The kit under another title.

    Raises:
        KitError: the title is blank or too long.
    """
    return rewrite(kit, "title", title)


def duplicate(kit: Kit, title: str = "") -> Kit:
    """The same kit with an id of its own, under a title; under « Copie de … » where none is given.

    Raises:
        KitError: the title is too long.
    """
    new = kit.title
    if not title.strip():
        new = replace(new, text=_cut(f"Copie de {new.text}"))
    elif title != new.text:
        new = trainer_words(title, MOST_TITLE)
    return replace(kit, id=uuid.uuid4().hex[:12], title=new)


def trainer_words(text: str, most: int = MOST_TEXT) -> Statement:
    """A statement of the trainer, on one line and without what cannot be seen.

    Raises:
        KitError: it is blank, or longer than `most` characters.
    """
    words = "".join(c for c in " ".join(text.split()) if not unicodedata.category(c).startswith("C")).strip()
    if not words:
        raise KitError("Ce texte est vide. Écrivez au moins un mot, ou retirez la ligne.")
    if len(words) > most:
        raise KitError(f"Ce texte compte {len(words)} caractères. Raccourcissez-le à {most} au plus.")
    return Statement(words, Origin.TRAINER)


def with_lead_of(gone: Statement, after: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What follows a statement that is said no more: what led it in leads in the next one of the same fiche."""
    return _led(after, gone, "", gone.lead)


def _put_in_line(kit: Kit, where: str, new: Statement) -> Kit:
    """Put a statement where another stood, what led this one in passed on, or taken back from what follows."""
    old, row = statement_at(kit, where), split(where)
    changed = put(kit, where, new)
    if row is None or where.startswith(("aims/", "items/")):
        return changed
    statements = tuple(one for one in list_at(changed, row[0]) if isinstance(one, Statement))
    before, after = statements[: row[1] + 1], statements[row[1] + 1 :]
    after = _led(after, new, new.lead, "") if new.origin is Origin.REPORT else with_lead_of(old, after)
    return put(changed, row[0], (*before, *after))


def _led(after: tuple[Statement, ...], like: Statement, old: str, new: str) -> tuple[Statement, ...]:
    """Statements of which the first of the report, where it is of the fiche of another, is led in by other words."""
    at = next((n for n, statement in enumerate(after) if statement.origin is Origin.REPORT), None)
    if at is None or after[at].lead != old or {*map(place_of, after[at].citations)} != {*map(place_of, like.citations)}:
        return after
    return (*after[:at], replace(after[at], lead=new), *after[at + 1 :])


def _refuse_in_item(kit: Kit, where: str, text: str) -> None:
    item = item_at(kit, where)
    if item is None or "/options/" not in where:
        return
    if item.kind is ItemKind.TRUTH:
        raise KitError("« Vrai » et « Faux » restent tels quels. Réécrivez plutôt l'affirmation.")
    others = [option for at, option in enumerate(item.options) if not where.endswith(f"/{at}")]
    if any(fold(option.statement.text) == fold(text) for option in others):
        raise KitError("Une autre réponse de cette question dit déjà cela.")


def _cut(title: str) -> str:
    if len(title) <= MOST_TITLE:
        return title
    end = title.rfind(" ", 0, MOST_TITLE)
    return f"{title[: end if end > 0 else MOST_TITLE - 1]}…"
