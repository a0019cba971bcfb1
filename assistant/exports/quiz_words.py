"""What a quiz for a learning platform says beside its questions: their names, and why an answer is right or wrong."""

from __future__ import annotations

from assistant.exports.document import cleaned
from assistant.kits.aspects import NAMES, Aspect
from assistant.kits.kit import Item, ItemKind, Kit, Option, Origin, Statement
from assistant.wording import place_of
from ingest.outline import CARD, SECTIONS

_OPEN = "Question ouverte"
_OWN = "question du formateur"
EXPECTED = "Points attendus :"
RIGHT, WRONG = "C'est juste.", "Ce n'est pas cela."


def category(kit: Kit) -> str:
    """The name of the question bank."""
    return cleaned(kit.title.text).replace("/", " - ")


def item_name(number: int, item: Item) -> str:
    """A short name, with its number (from 1): « 03 Fiche 4a, financement »."""
    section = next((s.title.split(" : ")[0] for s in SECTIONS if s.slug == item.fiche), "")
    place = _OWN if item.own else section or (f"fiche {item.fiche}" if item.fiche else _OPEN.lower())
    field = CARD.get(item.field) or (NAMES[Aspect(item.field)] if item.field in set(Aspect) else "")
    return f"{number:02d} {', '.join(filter(None, (place[:1].upper() + place[1:], field[:1].lower() + field[1:])))}"


def explained(item: Item) -> list[str]:
    """What proves the right answer, a line for each statement: its words, its quotes and where they stand."""
    return [line for statement in item.proof for line in proved(statement)]


def expected(item: Item) -> list[str]:
    """What an open answer should hold, each point with its proof."""
    return [EXPECTED, *(line for point in item.points for line in proved(point))] if item.points else []


def proved(statement: Statement) -> list[str]:
    """A statement, and under it the quotes that prove it."""
    said = cleaned(f"{statement.lead} {statement.text}")
    return [said, *(f"«\u00a0{cleaned(c.quote)}\u00a0» ({place_of(c)})" for c in statement.citations)]


def comment(item: Item, option: Option) -> str:
    """What is said to who chose an option: whether it is right, and of which fiche a wrong one is true."""
    if option.right:
        return RIGHT
    citations = option.statement.citations
    if item.kind is ItemKind.TRUTH or option.statement.origin is not Origin.REPORT or not citations:
        return WRONG
    place = place_of(citations[0])
    return f"{WRONG} C'est ce que dit {'la ' if citations[0].fiche else 'le rapport, '}{place}."
