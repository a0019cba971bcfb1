"""The quiz of a kit as a question bank in Moodle XML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree as Tree

from assistant.exports.document import cleaned
from assistant.exports.quiz_words import RIGHT, WRONG, category, comment, expected, explained, item_name
from assistant.kits.kit import Item, ItemKind, Kit

_TYPES = {
    ItemKind.CHOICE: "multichoice",
    ItemKind.FIGURE: "multichoice",
    ItemKind.TRUTH: "truefalse",
    ItemKind.MATCHING: "matching",
    ItemKind.OPEN: "essay",
}
_PENALTY = {"multichoice": "0.3333333", "truefalse": "1.0000000", "matching": "0.3333333", "essay": "0.0000000"}
_LINES = "10"
"""Lines of the box in which an open answer is written."""


def moodle_xml(kit: Kit) -> bytes:
    """The file, UTF-8; texts are HTML in which nothing that they say can pass for markup."""
    quiz = Tree.Element("quiz")
    bank = Tree.SubElement(quiz, "question", type="category")
    _text(bank, "category", f"$course$/top/{category(kit)}")
    for number, item in enumerate(kit.items, 1):
        _question(quiz, number, item)
    Tree.indent(quiz)
    written: bytes = Tree.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return written


def _question(quiz: Tree.Element, number: int, item: Item) -> None:
    kind = _TYPES[item.kind]
    question = Tree.SubElement(quiz, "question", type=kind)
    _text(question, "name", item_name(number, item))
    _html(question, "questiontext", [item.stem.text])
    _html(question, "generalfeedback", explained(item))
    for name, value in (("defaultgrade", "1.0000000"), ("penalty", _PENALTY[kind]), ("hidden", "0")):
        Tree.SubElement(question, name).text = value
    if kind == "multichoice":
        _add_choice(question, item)
    elif kind == "truefalse":
        _add_truth(question, item)
    elif kind == "matching":
        _add_pairs(question, item)
    else:
        _add_essay(question, item)


def _add_choice(question: Tree.Element, item: Item) -> None:
    for name, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "abc")):
        Tree.SubElement(question, name).text = value
    _add_comments(question)
    for option in item.options:
        answer = _html(question, "answer", [option.statement.text], fraction="100" if option.right else "0")
        _html(answer, "feedback", [comment(item, option)])


def _add_truth(question: Tree.Element, item: Item) -> None:
    for option in item.options:
        value = "true" if option.statement.text == "Vrai" else "false"
        fraction = "100" if option.right else "0"
        answer = Tree.SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        Tree.SubElement(answer, "text").text = value
        _html(answer, "feedback", [comment(item, option)])


def _add_pairs(question: Tree.Element, item: Item) -> None:
    Tree.SubElement(question, "shuffleanswers").text = "true"
    _add_comments(question)
    for pair in item.pairs:
        part = _html(question, "subquestion", [pair.left.text])
        _text(part, "answer", cleaned(pair.right.text))


def _add_essay(question: Tree.Element, item: Item) -> None:
    settings = {
        "responseformat": "editor",
        "responserequired": "1",
        "responsefieldlines": _LINES,
        "attachments": "0",
        "attachmentsrequired": "0",
    }
    for name, value in settings.items():
        Tree.SubElement(question, name).text = value
    _html(question, "graderinfo", expected(item))
    _html(question, "responsetemplate", [])


def _add_comments(question: Tree.Element) -> None:
    for name, said in (("correctfeedback", RIGHT), ("partiallycorrectfeedback", WRONG), ("incorrectfeedback", WRONG)):
        _html(question, name, [said])


def _text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(Tree.SubElement(parent, name), "text").text = text


def _html(parent: Tree.Element, name: str, lines: Sequence[str], **attributes: str) -> Tree.Element:
    """An element whose text is a paragraph of HTML for each line."""
    element = Tree.SubElement(parent, name, {**attributes, "format": "html"})
    shown = (escape(cleaned(line), quote=False) for line in lines)
    Tree.SubElement(element, "text").text = "".join(f"<p>{line}</p>" for line in shown)
    return element
