"""The one tokenizer: what counts as the same word in the report and in a question."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources import bundled_path
from vectorstore.tokens import is_english, tokens, words

REPORT_WORDS = sorted(set(re.findall(r"[\w’'-]+", bundled_path().read_text("utf-8"))))


def without_accents(word: str) -> str:
    plain = word.replace("œ", "oe").replace("Œ", "OE")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("lorsqu'il accompagne", "accompagne"),
        ("l'ASE", "ASE"),
        ("l’ASE", "l'ASE"),
        ("jusqu'à l'insertion", "insertion"),
        ("d'aujourd'hui", "aujourd’hui"),
        ("Qu'est-ce que la pair-aidance ?", "pair-aidance"),
        ("c'est-à-dire une médiation", "médiation"),
        ("n° 12", "n°12"),
        ("3 000 euros", "3000 euros"),
        ("3.000 euros", "3000 euros"),
        ("3\u202f000 euros", "3000 euros"),
        ("3\u00a0000 euros", "3000 euros"),
        ("1 250 000", "1250000"),
        ("ACCOMPAGNÉES", "accompagnées"),
        ("accompagnées", "accompagnés"),
        ("cœur", "coeur"),
        ("co‑formation", "co-formation"),
        ("ge\u0301ne\u0301rosite\u0301", "générosité"),
    ],
)
def test_two_ways_of_typing_the_same_thing_give_the_same_tokens(typed: str, same: str) -> None:
    assert tokens(typed) == tokens(same) != []


def test_the_words_of_the_report_are_found_without_their_accents() -> None:
    assert len(REPORT_WORDS) > 5000
    assert [w for w in REPORT_WORDS if tokens(w) != tokens(without_accents(w))] == []


def test_the_words_of_the_report_are_found_in_capitals() -> None:
    assert [w for w in REPORT_WORDS if tokens(w) != tokens(w.upper())] == []


def test_the_number_after_a_number_sign_can_be_searched() -> None:
    assert "12" in tokens("la fiche n° 12")


def test_a_year_and_the_number_after_it_stay_apart() -> None:
    assert tokens("en 2019 300 personnes")[:2] == ["2019", "300"]


def test_a_decimal_stays_whole() -> None:
    assert tokens("0,99 euro par habitant")[0] == "0,99"


def test_a_hyphenated_word_is_found_by_its_parts_and_by_its_joined_form() -> None:
    assert set(tokens("formation")) | set(tokens("coformation")) <= set(tokens("co-formation"))


@pytest.mark.parametrize("negation", ["pas", "ne", "jamais", "sans", "ni"])
def test_a_negation_is_kept(negation: str) -> None:
    assert len(tokens(f"{negation} accompagner")) == 2


@pytest.mark.parametrize("empty", ["", "   \n", "?!… « »", "de la", "est-ce que", "what is the"])
def test_a_text_without_words_of_its_own_gives_no_token(empty: str) -> None:
    assert tokens(empty) == []


def test_repeats_and_order_are_kept() -> None:
    assert tokens("réseau travail réseau") == [*tokens("réseau"), *tokens("travail"), *tokens("réseau")]


@given(st.text())
def test_any_text_gives_plain_tokens_and_always_the_same(text: str) -> None:
    once = tokens(text)
    assert once == tokens(text)
    assert [t for t in once if not re.fullmatch(r"[a-z0-9.,]+", t)] == []


@given(st.text(), st.text())
def test_a_line_is_read_whatever_stands_on_the_next_one(first: str, second: str) -> None:
    assert tokens(f"{first}\n{second}") == tokens(first) + tokens(second)


@given(st.lists(st.sampled_from(REPORT_WORDS)))
def test_words_read_again_are_the_same_words(sample: list[str]) -> None:
    once = words("\n".join(sample))
    assert words("\n".join(once)) == once


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How does Gers Solidaire reach people in remote villages?", True),
        ("Who funds the FLORA scheme?", True),
        ("Qui finance le dispositif FLORA ?", False),
        ("cause lawyering, c'est quoi ?", False),
        ("FLORA ?", False),
    ],
)
def test_a_question_in_english_is_told_by_its_small_words(text: str, english: bool) -> None:
    assert is_english(text) is english
