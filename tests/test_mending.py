"""What a conversion did to French text is undone where that is certain, and correct text is never touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mending import Vocabulary, join_lines, mend_characters, mend_hyphens, mend_spaces

NONE = Vocabulary({})
WORDS = st.text("abdeéèlmnoprstuvœç", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("e\u0301te\u0301", "été"),
        ("e´te´", "été"),
        ("l'activite´ de la socie´te´", "l'activité de la société"),
        ("r´eunion du d´epartement", "réunion du département"),
        ("r´ eunion", "réunion"),
        ("e \u0301tat", "état"),
        ("tr`es, fac¸ade, Noe¨l", "très, façade, Noël"),
        ("`a la fin, tr`es tˆot", "à la fin, très tôt"),
    ],
)
def test_an_accent_that_came_loose_goes_back_on_its_letter(damaged: str, mended: str) -> None:
    assert mend_characters(damaged) == mended


@pytest.mark.parametrize("text", ["l´enfant", "qu´elle", "`a`", "x^2 et 2^10", "« l’été » ; d'œuvre - A : B"])
def test_a_sign_that_may_be_no_accent_stays(text: str) -> None:
    assert mend_characters(text) == text


def test_ligatures_become_letters_again() -> None:
    assert mend_characters("eﬃcace, ﬁche, ﬂux, eﬀet, o\uf001ce, œuvre") == "efficace, fiche, flux, effet, ofice, œuvre"


def test_a_bullet_of_the_private_area_is_no_ligature() -> None:
    assert mend_characters("\uf0b7 Item \uf001 seul") == "\uf0b7 Item \uf001 seul"


def test_odd_spaces_become_plain_ones_and_signs_that_are_not_drawn_go() -> None:
    assert mend_characters("«\u00a0a\u202f»\u2009:  b\u200b\ufeff\tc") == "« a » : b\tc"


def test_the_indent_of_a_line_stays() -> None:
    assert mend_characters("- a\n    - b") == "- a\n    - b"


def test_a_soft_hyphen_goes_inside_a_line_and_waits_at_its_end() -> None:
    assert mend_characters("dé\u00advelop\u00ad\nper\u00ad") == "dévelop\u00ad\nper\u00ad"


@given(st.text())
def test_mending_characters_twice_changes_nothing_more(text: str) -> None:
    once = mend_characters(text)
    assert mend_characters(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(WORDS, min_size=1))
def test_correct_words_come_through_the_characters_unchanged(words: list[str]) -> None:
    text = " ".join(words)
    assert mend_characters(text) == text


def test_a_word_cut_at_the_end_of_a_line_is_made_whole() -> None:
    assert join_lines("un accompa-", "gnement global", NONE) == "un accompagnement global"
    assert join_lines("un accompa\u00ad", "gnement global", NONE) == "un accompagnement global"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("le savoir-", "faire", "le savoir-faire"),
        ("vis-à-", "vis des publics", "vis-à-vis des publics"),
        ("vis-", "à-vis", "vis-à-vis"),
        ("eux-", "mêmes", "eux-mêmes"),
        ("parle-", "t-on", "parle-t-on"),
        ("Auvergne-", "Rhône-Alpes", "Auvergne-Rhône-Alpes"),
        ("demi-", "journée", "demi-journée"),
        ("2020-", "2021", "2020-2021"),
    ],
)
def test_a_real_hyphen_at_the_end_of_a_line_stays(first: str, second: str, joined: str) -> None:
    vocabulary = Vocabulary({"savoir-faire": 2, "savoir": 3, "parle": 1})
    assert join_lines(first, second, vocabulary) == joined


def test_the_form_that_the_document_writes_most_decides() -> None:
    assert (
        join_lines("co-", "construction", Vocabulary({"coconstruction": 3, "co-construction": 1})) == "coconstruction"
    )
    assert (
        join_lines("co-", "construction", Vocabulary({"coconstruction": 1, "co-construction": 3})) == "co-construction"
    )


def test_a_document_that_cuts_no_words_keeps_its_hyphens() -> None:
    assert join_lines("inter-", "secteurs", NONE, cuts_words=False) == "inter-secteurs"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("la pratique", "émerge", "la pratique émerge"),
        ("l'", "enfant", "l'enfant"),
        ("voir https://exemple.fr/", "fiche", "voir https://exemple.fr/fiche"),
        ("le cadre -", "et le reste", "le cadre - et le reste"),
        ("", "seul", "seul"),
    ],
)
def test_lines_without_a_cut_word_are_parted_by_a_space(first: str, second: str, joined: str) -> None:
    assert join_lines(first, second, NONE) == joined


def test_spaces_added_inside_a_word_go() -> None:
    vocabulary = Vocabulary({"accompagnement": 4, "pratiques": 9, "postchirurgie": 2})
    text = "P ostchirurgie, accom pa gnement et prat iques"
    assert mend_spaces(text, vocabulary) == "Postchirurgie, accompagnement et pratiques"


def test_two_words_that_also_make_one_are_left_alone() -> None:
    vocabulary = Vocabulary({"enquête": 5, "enjeu": 5, "en": 50, "quête": 0})
    assert mend_spaces("en quête d'un en jeu", vocabulary) == "en quête d'un en jeu"


def test_a_space_lost_after_an_article_comes_back() -> None:
    assert mend_spaces("lapréparation", Vocabulary({"la": 90, "préparation": 4})) == "la préparation"


def test_a_real_word_that_looks_glued_is_left_alone() -> None:
    vocabulary = Vocabulary(
        {"la": 90, "les": 80, "des": 70, "quelle": 5, "quelles": 5, "servir": 5, "entre": 9, "tenir": 9}
    )
    text = "laquelle, desquelles, desservir, entretenir"
    assert mend_spaces(text, vocabulary) == text


@given(st.dictionaries(WORDS, st.integers(1, 9), min_size=1), st.data())
def test_words_of_the_vocabulary_come_through_the_spaces_unchanged(words: dict[str, int], data: st.DataObject) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(sorted(words)))))
    assert mend_spaces(text, Vocabulary(words)) == text


@given(st.lists(WORDS), st.dictionaries(WORDS, st.integers(1, 9)))
def test_mending_spaces_changes_nothing_but_spaces(words: list[str], known: dict[str, int]) -> None:
    text = " ".join(words)
    assert mend_spaces(text, Vocabulary(known)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Ellemême", "Elle-même"),
        ("soimême", "soi-même"),
        ("visà-vis", "vis-à-vis"),
        ("FORMATIONACTION", "FORMATION-ACTION"),
    ],
)
def test_a_lost_hyphen_comes_back(damaged: str, mended: str) -> None:
    vocabulary = Vocabulary.of(["elle-même, soi-même, vis-à-vis ; formation-action, formation-action, formationaction"])
    assert mend_hyphens(damaged, vocabulary) == mended


def test_the_usual_form_without_a_hyphen_stays() -> None:
    assert mend_hyphens("coconstruction", Vocabulary({"coconstruction": 2, "co-construction": 2})) == "coconstruction"


def test_a_web_address_is_never_mended() -> None:
    vocabulary = Vocabulary({"anda-dpa": 3, "la": 9, "préparation": 9})
    text = "https://www.andadpa.fr/lapréparation contact@andadpa.fr"
    assert mend_spaces(mend_hyphens(text, vocabulary), vocabulary) == text


@given(st.lists(WORDS), st.dictionaries(WORDS, st.integers(1, 9)))
def test_mending_hyphens_changes_nothing_but_hyphens(words: list[str], known: dict[str, int]) -> None:
    text = " ".join(words)
    assert mend_hyphens(text, Vocabulary(known)).replace("-", "") == text


def test_the_vocabulary_leaves_out_words_cut_at_a_line_end() -> None:
    vocabulary = Vocabulary.of(["Un accompa-\ngnement global, un Accompagnement"])
    assert (vocabulary.count("accompagnement"), vocabulary.count("accompa"), vocabulary.count("un")) == (
        1,
        0,
        2,
    )
