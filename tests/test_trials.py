"""Blind trials: what is asked, what is hidden, what is kept."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import FLORA
from trials import FULL, WORDS, made, plan, questions, trial_of

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.database import Database
from eval.review.asking import Wanted
from eval.trials.configuring import configured
from eval.trials.making import MOST_QUESTIONS, make_trial
from eval.trials.store import Trials
from eval.trials.trial import (
    Choice,
    Configuration,
    Search,
    Side,
    Trial,
    choice_of,
    first_is_left,
    side_of,
)
from eval.trials.votes_file import votes_csv
from ingest.errors import LanguageModelError, MarkChanged, PratiquesError, ReviewError, ReviewMissing, Stopped
from ingest.settings import Settings
from ui.trials.layout import vote_view
from ui.trials.views import DoneView
from vectorstore.embeddings import MODEL


@pytest.fixture
def store(database: Database) -> Trials:
    return Trials(database)


@pytest.fixture(scope="module")
def trial(assistant: Assistant) -> Trial:
    return trial_of(assistant)


@pytest.fixture(scope="module")
def drawn_trial(assistant: Assistant) -> Trial:
    return made(assistant, plan(questions(6)))


# Configurations


@pytest.mark.parametrize("search", [search for search in Search if search is not Search.ALL])
def test_each_search_finds_other_passages_than_the_whole_one(assistant: Assistant, search: Search) -> None:
    question = Question("Qui paie le projet pour les personnes qui n'osent pas demander de l'aide ?")
    whole = [hit.passage.id for hit in assistant.search(question, 10)]
    partial = configured(Configuration("Autre", search), assistant, lambda *_: None)
    assert [hit.passage.id for hit in partial.search(question, 10)] != whole


def test_a_search_by_words_alone_finds_nothing_by_meaning(assistant: Assistant) -> None:
    partial = configured(WORDS, assistant, lambda *_: None)
    assert {hit.dense_rank for hit in partial.search(Question(FLORA), 10)} == {None}


def test_the_whole_search_answers_as_the_assistant_does(assistant: Assistant) -> None:
    answer = configured(FULL, assistant, lambda *_: None).ask(Question(FLORA))
    assert answer.text == assistant.ask(Question(FLORA)).text


def test_a_language_model_that_cannot_be_opened_is_refused_before_anything_is_asked(assistant: Assistant) -> None:
    told: list[int] = []
    wrong = plan(second=Configuration("Modèle", llm="nimporte:quoi"))
    with pytest.raises(LanguageModelError, match="PRATIQUES_LLM"):
        make_trial(wrong, assistant, lambda done, total: told.append(done), Event())
    assert told == []


@pytest.mark.slow  # brings torch
def test_an_embedding_that_cannot_be_loaded_is_refused_before_anything_is_asked(assistant: Assistant) -> None:
    told: list[int] = []
    wrong = plan(second=Configuration("Plongement", embeddings="/nulle/part"))
    with pytest.raises(PratiquesError, match="plongement"):
        make_trial(wrong, assistant, lambda done, total: told.append(done), Event())
    assert told == []


@pytest.mark.slow  # brings torch
def test_another_embedding_has_an_index_of_its_own_and_the_same_vectors_give_the_same_answers(indexed: Path) -> None:
    own = Assistant.open(Settings(home=indexed))
    same = Configuration("Autre plongement", embeddings=str(MODEL))
    trial = made(own, plan(questions(3), second=same))
    own.index.close()
    assert trial.to_vote == ()
    assert {pair.second.made_with.embeddings for pair in trial.pairs} == {str(MODEL)}
    assert {pair.first.answer.trace.index for pair in trial.pairs} == {own.index.manifest.fingerprint}
    assert {pair.second.answer.trace.index for pair in trial.pairs} != {own.index.manifest.fingerprint}


@pytest.mark.parametrize("second", [Configuration("tout", Search.WORDS), Configuration("Autre")])
def test_two_configurations_of_one_name_or_of_one_content_are_refused(second: Configuration) -> None:
    with pytest.raises(ReviewError, match="configurations"):
        plan(second=second)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_configuration_without_a_usable_name_is_refused(name: str) -> None:
    with pytest.raises(ReviewError, match="nom"):
        Configuration(name)


def test_too_many_questions_are_refused() -> None:
    with pytest.raises(ReviewError, match=str(MOST_QUESTIONS)):
        plan((Wanted(Question(FLORA)),) * (MOST_QUESTIONS + 1))


# Making


def test_both_configurations_answer_the_same_questions(drawn_trial: Trial) -> None:
    asked = [wanted.question.text for wanted in questions(6)]
    assert [pair.first.answer.question for pair in drawn_trial.pairs] == asked
    assert [pair.second.answer.question for pair in drawn_trial.pairs] == asked
    assert [pair.position for pair in drawn_trial.pairs] == [1, 2, 3, 4, 5, 6]


def test_what_was_judged_of_the_questions_stays_with_their_pairs(drawn_trial: Trial) -> None:
    judged = drawn_trial.sample.judged or {}
    assert [judged[position].question for position in sorted(judged)] == [p.question for p in drawn_trial.pairs]


def test_identical_answers_are_not_shown_for_a_vote(assistant: Assistant, drawn_trial: Trial) -> None:
    alike = [pair for pair in drawn_trial.pairs if pair not in drawn_trial.to_vote]
    assert alike
    assert all(pair.first.answer.text == pair.second.answer.text for pair in alike)
    assert all(drawn_trial.pair(pair.position) is None for pair in alike)


def test_a_question_that_cannot_be_asked_is_left_out_and_told(assistant: Assistant) -> None:
    trial = made(assistant, plan((Wanted(Question("?" * 3)), Wanted(Question(FLORA)))))
    assert [pair.question for pair in trial.pairs] == [FLORA]
    assert [left.number for left in trial.sample.left_out] == [1]
    assert trial.sample.left_out[0].why


def test_a_trial_in_which_nothing_could_be_asked_is_refused(assistant: Assistant) -> None:
    with pytest.raises(ReviewError, match="Aucune question"):
        made(assistant, plan((Wanted(Question("???")),)))


def test_its_making_says_how_far_it_is(assistant: Assistant) -> None:
    told: list[tuple[int, int]] = []
    make_trial(plan(questions(3)), assistant, lambda done, total: told.append((done, total)), Event())
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_its_making_can_be_stopped(assistant: Assistant) -> None:
    stop = Event()
    with pytest.raises(Stopped):
        make_trial(plan(questions(3)), assistant, lambda done, total: stop.set(), stop)


# Blindness


@given(st.text(max_size=12), st.integers(1, 300), st.text(max_size=12))
def test_a_choice_is_found_again_on_its_side(trial: str, position: int, rater: str) -> None:
    left = first_is_left(trial, position, rater)
    assert all(choice_of(side_of(choice, left), left) is choice for choice in Choice)
    assert all(side_of(choice_of(side, left), left) is side for side in Side)


def test_the_side_is_the_same_each_time_and_near_half_the_pairs_for_each_rater() -> None:
    drawn = [first_is_left("0123456789ab", position, "Anne") for position in range(1, 201)]
    assert drawn == [first_is_left("0123456789ab", position, " anne ") for position in range(1, 201)]
    assert 70 < sum(drawn) < 130
    assert drawn != [first_is_left("0123456789ab", position, "Luc") for position in range(1, 201)]


def test_nothing_that_a_rater_is_shown_tells_the_configurations(trial: Trial) -> None:
    note = "Le modèle de langue n'a pas répondu."
    told = replace(trial.pairs[0].first, answer=replace(trial.pairs[0].first.answer, notes=(note,)))
    blind = replace(
        trial,
        first=Configuration("Première-XYZ", llm="openai:xyz"),
        second=Configuration("Seconde-XYZ", Search.WORDS),
        pairs=(replace(trial.pairs[0], first=told), *trial.pairs[1:]),
    )
    shown = json.dumps(asdict(vote_view(blind, blind.pairs[0], "Anne", {}, DoneView(0))), ensure_ascii=False)
    assert trial.pairs[0].question in shown
    assert "xyz" not in shown.lower()
    assert note not in shown


# Keeping


def test_a_trial_comes_back_as_it_was_made(store: Trials, drawn_trial: Trial) -> None:
    store.add(drawn_trial)
    assert store.read(drawn_trial.id) == drawn_trial
    assert [(line.id, line.pairs, line.raters) for line in store.lines()] == [(drawn_trial.id, 6, ())]


def test_a_vote_is_kept_and_can_be_changed(store: Trials, trial: Trial) -> None:
    store.add(trial)
    first = store.vote(trial, 1, "Anne", Choice.FIRST, " plus précise ")
    store.vote(trial, 1, "anne", Choice.SECOND, "", first.voted)
    (kept,) = store.votes(trial.id)
    assert (kept.position, kept.rater, kept.choice, kept.reason) == (1, "Anne", Choice.SECOND, "")


def test_the_same_vote_given_twice_counts_once(store: Trials, trial: Trial) -> None:
    store.add(trial)
    first = store.vote(trial, 1, "Anne", Choice.BOTH)
    assert store.vote(trial, 1, "Anne", Choice.BOTH) == first
    assert len(store.votes(trial.id)) == 1


def test_a_vote_changed_in_another_window_is_never_written_over(store: Trials, trial: Trial) -> None:
    store.add(trial)
    store.vote(trial, 1, "Anne", Choice.FIRST)
    with pytest.raises(MarkChanged, match="autre fenêtre"):
        store.vote(trial, 1, "Anne", Choice.SECOND)
    assert [vote.choice for vote in store.votes(trial.id)] == [Choice.FIRST]


def test_votes_given_at_once_are_all_kept(store: Trials, assistant: Assistant) -> None:
    trial = trial_of(assistant, pairs=12)
    store.add(trial)
    given = [(pair.position, rater) for pair in trial.pairs for rater in ("Anne", "Luc")]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: store.vote(trial, *one, Choice.FIRST), given))
    assert sorted((vote.position, vote.rater) for vote in store.votes(trial.id)) == given


@pytest.mark.parametrize("reason", ["", "   "])
def test_neither_wants_a_reason(store: Trials, trial: Trial, reason: str) -> None:
    store.add(trial)
    with pytest.raises(ReviewError, match="pourquoi"):
        store.vote(trial, 1, "Anne", Choice.NEITHER, reason)
    assert store.votes(trial.id) == []


def test_once_all_pairs_have_a_vote_none_changes_any_more(store: Trials, trial: Trial) -> None:
    store.add(trial)
    kept = [store.vote(trial, pair.position, "Anne", Choice.FIRST) for pair in trial.pairs]
    with pytest.raises(ReviewError, match="ne changent plus"):
        store.vote(trial, 1, "Anne", Choice.SECOND, "", kept[0].voted)
    assert store.votes_of(trial.id, "Anne")[1].choice is Choice.FIRST


def test_ending_leaves_the_rest_without_opinion_and_what_was_given_as_it_is(store: Trials, trial: Trial) -> None:
    store.add(trial)
    store.vote(trial, 2, "Anne", Choice.SECOND)
    store.finish(trial, "Anne")
    store.finish(trial, "Anne")
    assert [vote.choice for vote in store.votes(trial.id)] == [Choice.NONE, Choice.SECOND, Choice.NONE]


def test_a_rater_who_is_not_done_is_not_stopped_by_one_who_is(store: Trials, trial: Trial) -> None:
    store.add(trial)
    store.finish(trial, "Anne")
    store.vote(trial, 1, "Luc", Choice.BOTH)
    assert store.lines()[0].raters == ("Anne", "Luc")


def test_a_pair_of_identical_answers_takes_no_vote(store: Trials, trial: Trial) -> None:
    same = replace(trial.pairs[0], second=trial.pairs[0].first)
    with_same = replace(trial, pairs=(same, *trial.pairs[1:]))
    store.add(with_same)
    with pytest.raises(ReviewMissing):
        store.vote(with_same, 1, "Anne", Choice.BOTH)


def test_a_trial_that_is_deleted_leaves_nothing(store: Trials, trial: Trial) -> None:
    store.add(trial)
    store.vote(trial, 1, "Anne", Choice.BOTH)
    store.delete(trial.id)
    assert (store.lines(), store.votes(trial.id)) == ([], [])
    with pytest.raises(ReviewMissing, match="supprimé"):
        store.read(trial.id)


def test_the_votes_are_taken_away_with_names_and_sides(store: Trials, trial: Trial) -> None:
    store.add(trial)
    store.vote(trial, 1, "Anne", Choice.FIRST, "=SOMME(A1)")
    rows = list(csv.DictReader(io.StringIO(votes_csv(trial, store.votes(trial.id)).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1
    assert rows[0]["configuration préférée"] == "Tout"
    assert rows[0]["question"] == FLORA
    assert rows[0]["raison"] == "'=SOMME(A1)"
    assert (rows[0]["première à gauche"] == "oui") == first_is_left(trial.id, 1, "Anne")
