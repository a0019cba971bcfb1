"""The store of reviews: what it promises to whoever marks answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from reviews import FLORA, UNKNOWN, copies, item_of, mark_all, record_of

from assistant.chain import Assistant
from assistant.database import Conversations, Database
from eval.questions import JudgedQuestion
from eval.review.item import Item, Source
from eval.review.marks import WHOLE, ErrorKind, Mark
from eval.review.queue import Progress, Queue, State
from eval.review.store import Reviews
from ingest.errors import MarkChanged, ReviewError, ReviewMissing


@pytest.fixture
def store(database: Database) -> Reviews:
    return Reviews(database)


@pytest.fixture(scope="module")
def item(assistant: Assistant) -> Item:
    return item_of(assistant)


@pytest.fixture(scope="module")
def refusal(assistant: Assistant) -> Item:
    return item_of(assistant, UNKNOWN)


def test_an_answer_comes_back_as_it_was_put_in_the_queue(store: Reviews, item: Item) -> None:
    judged = JudgedQuestion(
        id="j-1",
        question=FLORA,
        history=(),
        type="fact",
        persona="trainer",
        answer="La CNAF.",
        key_facts=(("CNAF",),),
        evidence=(("Financement de la CNAF",),),
        where=("Fiche 1c",),
        answerable=True,
    )
    with_judged = replace(item, source=Source.JUDGED, judged=judged)
    assert store.add([with_judged, with_judged]) == 1
    assert store.item(item.id) == with_judged
    assert store.add([item]) == 0


def test_marks_are_kept_one_by_one_and_read_again(store: Reviews, item: Item) -> None:
    store.add([item])
    assert store.review(item.id, "Anne") is None
    store.mark(item.id, "Anne", Mark(1, 80, 25, (ErrorKind.OVER_INTERPRETATION,), "« toujours » n'y est pas."))
    store.mark(item.id, "Anne", Mark(2, 100, 25))
    marks = store.review(item.id, "  anne ").marks
    assert [(m.position, m.sentence, m.citation, m.version) for m in marks] == [(1, 80, 25, 1), (2, 100, 25, 1)]
    assert marks[0].kinds == (ErrorKind.OVER_INTERPRETATION,)


def test_a_mark_changed_elsewhere_is_told_and_neither_is_lost(store: Reviews, item: Item) -> None:
    store.add([item])
    store.mark(item.id, "Anne", Mark(1, 100))
    with pytest.raises(MarkChanged, match="a été changée ailleurs"):
        store.mark(item.id, "Anne", Mark(1, 0))
    assert store.review(item.id, "Anne").at(1) == Mark(1, 100, version=1)
    store.mark(item.id, "Anne", Mark(1, 0, version=1))
    assert store.review(item.id, "Anne").at(1).sentence == 0


def test_the_same_mark_sent_twice_is_kept_once(store: Reviews, item: Item) -> None:
    store.add([item])
    once = store.mark(item.id, "Anne", Mark(1, 100))
    again = store.mark(item.id, "Anne", Mark(1, 100, version=1))
    assert again.marks == once.marks
    with pytest.raises(ReviewError, match="rien à annuler"):
        [store.undo(item.id, "Anne"), store.undo(item.id, "Anne")]


def test_many_windows_marking_at_once_lose_and_double_nothing(store: Reviews, item: Item) -> None:
    answers = copies(item, 6)
    store.add(answers)
    wanted = [(a.id, rater, p) for a in answers for rater in ("Anne", "Luc") for p in range(1, item.sentences + 1)]
    with ThreadPoolExecutor(8) as windows:
        list(windows.map(lambda w: store.mark(w[0], w[1], Mark(w[2], 100, 25)), wanted))
    kept = [(r.review.item, r.review.rater, m.position) for r in store.ratings() for m in r.review.marks]
    assert sorted(kept) == sorted(wanted)


def test_of_windows_that_mark_one_sentence_at_once_one_is_kept_and_the_others_told(store: Reviews, item: Item) -> None:
    store.add([item])

    def mark(sentence: int) -> str:
        try:
            store.mark(item.id, "Anne", Mark(1, sentence))
        except MarkChanged:
            return "told"
        return "kept"

    with ThreadPoolExecutor(3) as windows:
        ended = list(windows.map(mark, (100, 80, 0)))
    assert sorted(ended) == ["kept", "told", "told"]
    assert store.review(item.id, "Anne").at(1).sentence == (100, 80, 0)[ended.index("kept")]


def test_undoing_goes_back_change_by_change_to_the_beginning(store: Reviews, item: Item) -> None:
    store.add([item])
    store.mark(item.id, "Anne", Mark(1, 100))
    store.mark(item.id, "Anne", Mark(1, 80, reason="Trop large.", version=1))
    store.mark(item.id, "Anne", Mark(2, 100))
    assert store.undo(item.id, "Anne")[1] == 2
    review, position = store.undo(item.id, "Anne")
    assert (position, replace(review.at(1), version=0), review.at(2).sentence) == (1, Mark(1, 100), None)
    assert replace(store.undo(item.id, "Anne")[0].at(1), version=0) == Mark(1)
    with pytest.raises(ReviewError, match="rien à annuler"):
        store.undo(item.id, "Anne")


def test_a_window_that_is_behind_an_undoing_is_told(store: Reviews, item: Item) -> None:
    store.add([item])
    store.mark(item.id, "Anne", Mark(1, 100))
    store.undo(item.id, "Anne")
    with pytest.raises(MarkChanged):
        store.mark(item.id, "Anne", Mark(1, 0, version=1))


def test_a_review_is_finished_only_when_nothing_is_missing(store: Reviews, item: Item) -> None:
    store.add([item])
    store.mark(item.id, "Anne", Mark(1, 80, 25))
    with pytest.raises(ReviewError, match=r"phrase 1 : la raison ; phrase 2 : la note de la phrase, la note de la cit"):
        store.finish(item.id, "Anne")
    mark = store.review(item.id, "Anne").at(1)
    store.mark(item.id, "Anne", replace(mark, reason="Trop large."))
    for position in range(2, item.sentences + 1):
        store.mark(item.id, "Anne", Mark(position, 100, 25))
    assert store.finish(item.id, "Anne").finished
    assert store.count(Queue(rater="Anne", states=(State.DONE,))) == 1


def test_a_finished_review_in_which_something_is_taken_away_is_finished_no_more(store: Reviews, item: Item) -> None:
    store.add([item])
    mark_all(store, item, "Anne")
    mark = store.review(item.id, "Anne").at(1)
    changed = store.mark(item.id, "Anne", replace(mark, sentence=0))
    assert changed.finished is None
    assert store.mark(item.id, "Anne", replace(changed.at(1), reason="Faux.")).finished is None


def test_a_refusal_is_marked_as_a_whole(store: Reviews, refusal: Item) -> None:
    store.add([refusal])
    with pytest.raises(ReviewError, match="refus : la note"):
        store.finish(refusal.id, "Anne")
    store.mark(refusal.id, "Anne", Mark(WHOLE, 100))
    assert store.finish(refusal.id, "Anne").finished
    assert store.lines(Queue())[0].seats[0].score == 100.0


def test_a_mark_that_the_answer_cannot_have_is_refused(store: Reviews, refusal: Item) -> None:
    store.add([refusal])
    with pytest.raises(ReviewError, match="ne convient pas"):
        store.mark(refusal.id, "Anne", Mark(1, 100))
    with pytest.raises(ReviewMissing):
        store.mark("0" * 12, "Anne", Mark(1, 100))
    with pytest.raises(ReviewError, match="Écrivez le nom"):
        store.mark(refusal.id, "  ", Mark(WHOLE, 100))


def test_the_queue_is_restricted_by_what_was_asked_for(store: Reviews, item: Item, refusal: Item) -> None:
    answers = copies(item, 3)
    store.add([*answers, refusal])
    mark_all(store, answers[0], "Anne")
    mark_all(store, answers[0], "Luc", 0, 25)
    store.mark(answers[1].id, "Anne", Mark(1, 100))
    store.assign([answers[2].id], "Zoé")
    first, second, third = (a.id for a in answers)

    def ids(**wanted: object) -> set[str]:
        return {line.id for line in store.lines(Queue(**wanted))}

    assert ids(rater="Anne", states=(State.DONE,)) == {first}
    assert ids(rater="Anne", states=(State.BEGUN, State.DONE)) == {first, second}
    assert ids(rater="Anne", states=(State.TO_DO,)) == {third, refusal.id}
    assert ids(states=(State.TWICE,)) == ids(states=(State.DIFFER,)) == {first}
    assert ids(states=(State.ONCE,)) == ids(states=(State.SETTLED,)) == set()
    assert ids(refused=True) == {refusal.id}
    assert ids(assigned="zoe") == {third}
    assert ids(assigned="") == {first, second, refusal.id}
    assert ids(words="flôra FINANCE") == {first, second, third}
    assert ids(source=Source.JUDGED) == set()
    assert ids(configuration=item.configuration) == ids(origin="questions.jsonl") == {*ids()}
    assert store.progress(Queue(rater="Anne")) == Progress(1, 1, 4)
    assert store.next(Queue(rater="Anne"), after=third) == refusal.id
    assert store.next(Queue(rater="Anne"), after=refusal.id) == second
    assert store.raters() == ["Anne", "Luc", "Zoé"]


def test_an_adjudication_settles_a_difference_and_is_one_for_all(store: Reviews, item: Item) -> None:
    store.add([item])
    mark_all(store, item, "Anne")
    mark_all(store, item, "Luc", 80, 20)
    for position in range(1, item.sentences + 1):
        store.mark(item.id, "Zoé", Mark(position, 100, 25), adjudication=True)
    with pytest.raises(MarkChanged):
        store.mark(item.id, "Paul", Mark(1, 0), adjudication=True)
    assert store.count(Queue(states=(State.DIFFER,))) == 1
    store.finish(item.id, "Zoé", adjudication=True)
    assert store.count(Queue(states=(State.DIFFER,))) == 0
    assert [(r.rater, r.adjudication) for r in store.reviews(item.id)] == [
        ("Anne", False),
        ("Luc", False),
        ("Zoé", True),
    ]
    assert store.adjudication(item.id).rater == "Zoé"
    assert store.review(item.id, "Zoé") is None


def test_an_error_that_only_one_names_of_the_whole_answer_is_a_difference(store: Reviews, item: Item) -> None:
    store.add([item])
    mark_all(store, item, "Anne")
    store.mark(item.id, "Luc", Mark(WHOLE, kinds=(ErrorKind.MISSING_FACT,), reason="Le montant."))
    mark_all(store, item, "Luc")
    assert store.count(Queue(states=(State.DIFFER,))) == 1


def test_shared_conversations_come_into_the_queue_and_leave_it_with_their_consent(
    database: Database, store: Reviews, assistant: Assistant
) -> None:
    conversations = Conversations(database)
    silent = conversations.add(record_of(assistant))
    shared = conversations.add(record_of(assistant))
    conversations.share(shared.conversation, True)
    assert conversations.read(shared.conversation).shared
    assert (store.add_shared(), store.add_shared()) == (1, 0)
    assert [line.id for line in store.lines(Queue(source=Source.CONVERSATION))] == [shared.id]
    store.mark(shared.id, "Anne", Mark(1, 100))
    conversations.share(shared.conversation, False)
    assert (store.count(), store.ratings()) == (0, [])
    assert not conversations.read(silent.conversation).shared


def test_a_deleted_conversation_leaves_the_queue(database: Database, store: Reviews, assistant: Assistant) -> None:
    conversations = Conversations(database)
    kept = conversations.add(record_of(assistant))
    conversations.share(kept.conversation, True)
    store.add_shared()
    mark_all(store, store.item(kept.id), "Anne")
    conversations.delete(kept.conversation)
    assert (store.count(), store.ratings()) == (0, [])


def test_removed_answers_go_with_their_marks(store: Reviews, item: Item) -> None:
    answers = copies(item, 2)
    store.add(answers)
    mark_all(store, answers[0], "Anne")
    store.remove([answers[0].id, "0" * 11 + "9"])
    assert [line.id for line in store.lines(Queue())] == [answers[1].id]
    assert store.ratings() == []


def test_answers_are_assigned_once_and_can_be_taken_back(store: Reviews, item: Item) -> None:
    store.add([item])
    store.assign([item.id, item.id], "Anne")
    store.assign([item.id], "anne")
    assert store.lines(Queue())[0].assigned == ("Anne",)
    store.unassign([item.id], "ANNE")
    assert store.lines(Queue())[0].assigned == ()


def test_the_configuration_of_an_answer_is_that_of_what_made_it(item: Item) -> None:
    later = replace(item.record, date=item.record.date + timedelta(days=1))
    other = replace(item.record, made_with=replace(item.record.made_with, llm="ollama:mistral"))
    assert replace(item, record=later).configuration == item.configuration
    assert replace(item, record=other).configuration != item.configuration
