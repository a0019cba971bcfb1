"""The quiz of a kit in GIFT, the plain text that Moodle and other platforms import."""

from __future__ import annotations

import re

from assistant.exports.document import cleaned
from assistant.exports.quiz_words import category, comment, expected, explained, item_name
from assistant.kits.kit import Item, ItemKind, Kit, Option

_MARKS = re.compile(r"[\\~=#{}:]")
_ARROW = re.compile(r"->")


def gift(kit: Kit) -> str:
    """The text, a question after the other; blank lines stand between them and nowhere else."""
    blocks = [f"$CATEGORY: $course$/top/{category(kit)}"]
    blocks += [_question(number, item) for number, item in enumerate(kit.items, 1)]
    return "\n\n".join(blocks) + "\n"


def _question(number: int, item: Item) -> str:
    head = f"::{_escaped(item_name(number, item))}::[plain]{_escaped(item.stem.text)}"
    return "\n".join([f"{head} {{", *_answers(item), *_feedback(item), "}"])


def _answers(item: Item) -> list[str]:
    if item.kind is ItemKind.TRUTH:
        return ["TRUE" if _is_true(item) else "FALSE"]
    if item.pairs:
        return [f"={_answer(pair.left.text)} -> {_answer(pair.right.text)}" for pair in item.pairs]
    return [_option(item, option) for option in item.options]


def _is_true(item: Item) -> bool:
    return next(option.right for option in item.options if option.statement.text == "Vrai")


def _option(item: Item, option: Option) -> str:
    mark = "=" if option.right else "~"
    return f"{mark}{_answer(option.statement.text)}#{_escaped(comment(item, option))}"


def _feedback(item: Item) -> list[str]:
    said = " ".join([*expected(item), *explained(item)])
    return [f"####{_escaped(said)}"] if said else []


def _answer(text: str) -> str:
    """An answer; what it starts with can pass neither for a weight nor for a format."""
    shown = _ARROW.sub("→", _escaped(text))
    return f"[plain]{shown}" if shown[:1] in "%[" else shown


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda found: f"\\{found[0]}", cleaned(text))
