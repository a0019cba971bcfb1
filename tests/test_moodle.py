"""The quiz of a kit in the formats of learning platforms: what they read is what the kit says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.exports.document import cleaned
from assistant.exports.gift_text import gift
from assistant.exports.moodle_file import moodle_xml
from assistant.kits.kit import Item, ItemKind, Kit, Option, Origin, Statement

SCHEMA = etree.RelaxNG(file=str(Path(__file__).with_name("moodle.rng")))
_texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: bool(cleaned(text)))


def _own(stem: str, right: str, wrong: str) -> Item:
    options = (
        Option(Statement(right, Origin.TRAINER), right=True),
        Option(Statement(wrong, Origin.TRAINER), right=False),
    )
    return Item("q1", ItemKind.CHOICE, "", "", Statement(stem, Origin.TRAINER), options)


def _of_type(document: Tree.Element, kind: str) -> list[Tree.Element]:
    return [question for question in document.findall("question") if question.get("type") == kind]


def _plain(html: str | None) -> str:
    """The words of a text in HTML."""
    return "".join(Tree.fromstring(f"<div>{html or ''}</div>").itertext())


@pytest.fixture(scope="module")
def document(kit: Kit) -> Tree.Element:
    return Tree.fromstring(moodle_xml(kit).decode())


def test_the_file_is_valid_against_the_format(kit: Kit) -> None:
    SCHEMA.assertValid(etree.fromstring(moodle_xml(kit)))


def test_the_schema_refuses_a_choice_without_its_answers() -> None:
    assert not SCHEMA.validate(etree.fromstring('<quiz><question type="multichoice"/></quiz>'))


def test_every_item_is_there_once_under_a_name_of_its_own(kit: Kit, document: Tree.Element) -> None:
    names = [question.findtext("name/text") for question in document.findall("question")[1:]]
    assert len(names) == len(set(names)) == len(kit.items)


def test_the_right_answer_of_a_choice_is_that_of_the_kit(kit: Kit, document: Tree.Element) -> None:
    choices = [item for item in kit.items if item.kind in (ItemKind.CHOICE, ItemKind.FIGURE)]
    for item, question in zip(choices, _of_type(document, "multichoice"), strict=True):
        read = {_plain(a.findtext("text")): a.get("fraction") == "100" for a in question.findall("answer")}
        assert read == {cleaned(option.statement.text): option.right for option in item.options}


def test_true_and_false_are_those_of_the_kit(kit: Kit, document: Tree.Element) -> None:
    truths = [item for item in kit.items if item.kind is ItemKind.TRUTH]
    for item, question in zip(truths, _of_type(document, "truefalse"), strict=True):
        right = next(a.findtext("text") for a in question.findall("answer") if a.get("fraction") == "100")
        said = next(option.statement.text for option in item.options if option.right)
        assert (right, said) in (("true", "Vrai"), ("false", "Faux"))


def test_a_matching_question_keeps_its_pairs(kit: Kit, document: Tree.Element) -> None:
    matchings = [item for item in kit.items if item.pairs]
    for item, question in zip(matchings, _of_type(document, "matching"), strict=True):
        read = [(_plain(s.findtext("text")), s.findtext("answer/text")) for s in question.findall("subquestion")]
        assert read == [(cleaned(pair.left.text), cleaned(pair.right.text)) for pair in item.pairs]


def test_whoever_marks_an_open_answer_sees_the_points_expected(kit: Kit, document: Tree.Element) -> None:
    opened = [item for item in kit.items if item.kind is ItemKind.OPEN]
    for item, question in zip(opened, _of_type(document, "essay"), strict=True):
        read = _plain(question.findtext("graderinfo/text"))
        assert all(cleaned(point.text) in read for point in item.points)


def test_the_words_that_prove_an_answer_come_back_with_their_place(kit: Kit, document: Tree.Element) -> None:
    for item, question in zip(kit.items, document.findall("question")[1:], strict=True):
        read = _plain(question.findtext("generalfeedback/text"))
        for statement in item.proof:
            assert all(cleaned(citation.quote) in read for citation in statement.citations)


@given(_texts, _texts, _texts)
def test_no_text_breaks_the_xml_or_passes_for_markup(kit: Kit, stem: str, right: str, wrong: str) -> None:
    made = Tree.fromstring(moodle_xml(replace(kit, items=(_own(stem, right, wrong),))).decode())
    (question,) = _of_type(made, "multichoice")
    assert _plain(question.findtext("questiontext/text")) == cleaned(stem)
    read = [_plain(answer.findtext("text")) for answer in question.findall("answer")]
    assert read == [cleaned(right), cleaned(wrong)]


def test_gift_has_every_question_with_its_answers(kit: Kit) -> None:
    blocks = gift(kit).rstrip("\n").split("\n\n")[1:]
    assert [_read(block)[0] for block in blocks] == [cleaned(item.stem.text) for item in kit.items]
    for item, block in zip(kit.items, blocks, strict=True):
        assert _read(block)[1] == _answers(item)


@given(_texts, _texts, _texts)
def test_no_text_breaks_the_gift(kit: Kit, stem: str, right: str, wrong: str) -> None:
    written = gift(replace(kit, items=(_own(stem, right, wrong),)))
    assert written.count("\n\n") == 1
    assert _unescaped(written, "{") == _unescaped(written, "}") == 1
    assert _unescaped(written, "~") == 1


def _read(block: str) -> tuple[str, list[str]]:
    """The stem of a GIFT question and its answers, each with its mark, by the rules of the format."""
    head, _, body = re.split(r"(?<!\\)(\{)", block, maxsplit=1)
    stem = head.split("::")[2].strip().removeprefix("[plain]")
    answers = re.split(r"(?<!\\)#", body.rstrip("}").split("####")[0])
    lines = [line for part in answers for line in part.split("\n") if line[:1] in "=~TF" and line]
    return _bare(stem), [_bare(line) for line in lines]


def _answers(item: Item) -> list[str]:
    if item.kind is ItemKind.TRUTH:
        return ["TRUE" if next(o.right for o in item.options if o.statement.text == "Vrai") else "FALSE"]
    if item.pairs:
        return [f"={cleaned(pair.left.text)} -> {cleaned(pair.right.text)}" for pair in item.pairs]
    return [f"{'=' if option.right else '~'}{cleaned(option.statement.text)}" for option in item.options]


def _bare(text: str) -> str:
    return re.sub(r"\\([\\~=#{}:])", r"\1", text)


def _unescaped(text: str, mark: str) -> int:
    """How many of these marks a text has that no backslash takes the meaning from."""
    count, at = 0, 0
    while at < len(text):
        count += text[at] == mark
        at += 2 if text[at] == "\\" else 1
    return count
