"""The figures of the evaluation, checked against examples worked out by hand."""

from __future__ import annotations

import pytest

from eval.metrics import evidence_recall, is_found, key_fact_recall, reciprocal_rank, states

QUOTE = "abcdefghijklmnopqrst" * 5
"""A hundred letters: each is one percent."""


@pytest.mark.parametrize(("letters", "found"), [(59, False), (60, True), (61, True), (100, True), (0, False)])
def test_a_quote_is_found_where_sixty_percent_of_it_stands_as_one_run(letters: int, found: bool) -> None:
    assert is_found(QUOTE, f"xyz {QUOTE[:letters]} xyz") is found
    assert is_found(QUOTE, f"xyz {QUOTE[100 - letters :]} xyz") is found


def test_two_halves_apart_are_not_one_run() -> None:
    assert not is_found(QUOTE, f"{QUOTE[:50]} xyz {QUOTE[50:]}")


@pytest.mark.parametrize("percent", range(1, 101))
def test_any_share_asked_for_is_the_share_that_is_needed(percent: int) -> None:
    quote = "".join(chr(0x4E00 + i) for i in range(100))
    assert is_found(quote, quote[:percent], percent / 100)
    assert not is_found(quote, quote[: percent - 1], percent / 100)


def test_the_share_needed_is_rounded_up() -> None:
    assert is_found("abcdefg", "abcde")  # 60 % of 7 letters is 4.2
    assert not is_found("abcdefg", "abcd")


@pytest.mark.parametrize(
    "printed",
    [
        "L'ÉQUIPE A ŒUVRÉ 10 000 HEURES",
        "l’équipe a œuvré\n10\u00a0000   heures",
        "« L'equipe a oeuvre » : 10 000 heures",
        "L'e\u0301quipe a œuvré 10-000 heures",
    ],
)
def test_case_accents_marks_and_spaces_do_not_hide_a_quote(printed: str) -> None:
    assert is_found("L'équipe a œuvré 10 000 heures.", printed, 1.0)


@pytest.mark.parametrize("quote", ["", " ", "… !"])
def test_a_quote_without_a_letter_is_never_found(quote: str) -> None:
    assert not is_found(quote, "un texte")


def test_evidence_recall_is_the_share_of_the_groups_that_have_a_quote_in_the_passages() -> None:
    groups = [["la première preuve", "une autre façon de la dire"], ["la seconde preuve"], ["une preuve absente"]]
    passages = ["Voici une autre façon de la dire.", "Et voici la seconde preuve."]
    assert evidence_recall(groups, passages) == pytest.approx(2 / 3)
    assert evidence_recall(groups, passages[:1]) == pytest.approx(1 / 3)
    assert evidence_recall(groups, []) == 0.0


def test_evidence_beyond_the_budget_of_words_does_not_count() -> None:
    passages = ["mot " * 999 + "preuve", "dernière phrase"]
    assert evidence_recall([["preuve"]], passages) == 1.0
    assert evidence_recall([["dernière phrase"]], passages) == 0.0
    assert evidence_recall([["dernière phrase"]], passages, budget=1002) == 1.0


def test_a_question_without_evidence_scores_zero() -> None:
    assert evidence_recall([], ["un passage"]) == 0.0
    assert reciprocal_rank([], ["un passage"]) == 0.0


@pytest.mark.parametrize(("rank", "score"), [(1, 1.0), (2, 0.5), (4, 0.25), (0, 0.0)])
def test_the_reciprocal_rank_is_that_of_the_first_passage_with_evidence(rank: int, score: float) -> None:
    passages = ["rien à voir ici"] * 5
    if rank:
        passages[rank - 1] = "la preuve cherchée est là"
        passages[4] = "la preuve cherchée est là"
    assert reciprocal_rank([["autre chose encore"], ["la preuve cherchée"]], passages) == score


ANSWER = "Le financement est assuré à 80 % par l'Agence régionale de santé (ARS), depuis 2016."


@pytest.mark.parametrize(
    "fact", [["80%"], ["80 %"], ["agence regionale de sante"], ["L’Agence Régionale"], ["CAF", "ars"], ["depuis 2016"]]
)
def test_a_fact_is_stated_whatever_its_typography(fact: list[str]) -> None:
    assert states(fact, ANSWER)


@pytest.mark.parametrize("fact", [["8 %"], ["la CAF"], ["2017"], [""], ["…"], []])
def test_a_wrong_or_empty_fact_is_not_stated(fact: list[str]) -> None:
    assert not states(fact, ANSWER)


@pytest.mark.parametrize(
    ("figure", "answer"), [("20", "2020"), ("80", "180 familles"), ("1 an", "11 ans"), ("8,16", "18,16")]
)
def test_a_part_of_a_figure_states_nothing(figure: str, answer: str) -> None:
    assert not states([figure], answer)


def test_the_stem_of_a_word_states_the_fact() -> None:
    assert states(["réticen"], "Les professionnels étaient réticents.")


def test_a_known_wrong_answer_scores_as_wrong() -> None:
    facts = [["35 périodes"], ["depuis 2020"]]
    assert key_fact_recall(facts, "Il y a eu 35 périodes, depuis 2020.") == 1.0
    assert key_fact_recall(facts, "Il y a eu 53 périodes, depuis 2020.") == 0.5
    assert key_fact_recall(facts, "Il y a eu 135 périodes depuis l'an 2020.") == 0.0


def test_silence_scores_zero() -> None:
    assert key_fact_recall([["35 périodes"]], "") == 0.0
    assert key_fact_recall([["35 périodes"]], "Le rapport n'en parle pas, ou pas en ces termes.") == 0.0


def test_no_fact_to_state_scores_zero() -> None:
    assert key_fact_recall([], "Une réponse.") == 0.0
