"""The view of an answer to review, without a browser: what it shows, and what it does with what is done in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reviews import UNKNOWN, copies, item_of, mark_all

from assistant.answer import Question, Turn
from assistant.chain import Assistant
from assistant.database import Database
from eval.meaning import KINDS
from eval.review.item import Item
from eval.review.judged_set import find, judged_set, read
from eval.review.marks import WHOLE, ErrorKind, Mark
from eval.review.promotion import promoted_id
from eval.review.queue import Queue
from eval.review.store import Reviews
from ui.marking import labels
from ui.marking.desk import Desk
from ui.marking.layout import SHOWN_PASSAGES, answer_view, marking_view
from ui.marking.views import MarkingView, MarkView
from ui.navigation import REVIEW, link
from vectorstore.index import Index

FLORA_MONEY = "fiche-4a/financements/1"
PICKED = "Le plus gros du budget est constitué par la location"


@pytest.fixture(scope="module")
def item(assistant: Assistant) -> Item:
    return item_of(assistant)


@pytest.fixture(scope="module")
def refusal(assistant: Assistant) -> Item:
    return item_of(assistant, UNKNOWN)


@pytest.fixture
def reviews(database: Database, item: Item, refusal: Item) -> Reviews:
    """Two answers alike, then a refusal."""
    store = Reviews(database)
    store.add([item, *copies(item, 1), refusal])
    return store


@pytest.fixture
def desk(item: Item, reviews: Reviews, index: Index, tmp_path: Path) -> Desk:
    return desk_of(item, reviews, index, tmp_path)


def desk_of(
    item: Item, reviews: Reviews, index: Index, home: Path, rater: str = "Anne", settling: bool = False
) -> Desk:
    return Desk(item, rater, Queue(rater=rater), settling, reviews, index, home)


def shown(desk: Desk, blind: bool = True) -> MarkingView:
    return marking_view(
        desk.item,
        desk.review,
        desk.others,
        desk.index,
        desk.home,
        key="",
        blind=blind,
        settling=desk.settling,
        progress=desk.progress,
        back=link(REVIEW),
        arrived=False,
        done=desk.done,
    )


def at(view: MarkingView, position: int) -> MarkView:
    return next(mark for mark in view.marks if mark.position == position)


def give(desk: Desk, position: int, **mark: object) -> None:
    """Send a mark as the component does, over the one that is kept."""
    review = desk.review
    version = review.at(position).version if review else 0
    blank = {"sentence": None, "citation": None, "kinds": [], "reason": "", "version": version}
    desk.act({"kind": "mark", "position": position, **blank, **mark})


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_each_sentence_stands_beside_its_passages_with_its_quote_marked(item: Item, index: Index) -> None:
    view = answer_view(item, index, blind=True)
    cited = {citation.number: citation.quote for citation in item.record.answer.citations}
    for sentence, kept in zip(view.sentences, item.record.answer.sentences, strict=True):
        quoted = ["".join(r.text for b in p.blocks for r in b.runs if r.quoted) for p in sentence.passages]
        assert (sentence.text, quoted) == (kept.text, [cited[number] for number in kept.citations])


def test_a_quote_is_shown_with_what_stands_around_it(item: Item, index: Index) -> None:
    roles = {block.role for block in answer_view(item, index, blind=True).sentences[0].passages[0].blocks}
    assert roles == {"before", "passage", "after"}


@pytest.mark.parametrize("change", [{"passage": "fiche-9z/rien/1"}, {"start": 5, "end": 5}])
def test_a_quote_whose_passage_is_gone_is_shown_alone_and_that_is_said(
    item: Item, index: Index, change: dict[str, object]
) -> None:
    answer = item.record.answer
    first = answer.citations[0]
    moved = replace(first, **({**change, "end": 5 + len(first.quote)} if "start" in change else change))
    changed = replace(answer, citations=(moved, *answer.citations[1:]))
    passage = (
        answer_view(replace(item, record=replace(item.record, answer=changed)), index, True).sentences[0].passages[0]
    )
    assert (passage.notice, passage.link) == (labels.GONE, None)
    assert [run.text for block in passage.blocks for run in block.runs] == [first.quote]


def test_a_refusal_is_shown_with_its_nearest_fiches_and_the_passages_found(refusal: Item, index: Index) -> None:
    view = answer_view(refusal, index, blind=True)
    assert view.refusal is not None
    assert view.refusal.message == refusal.record.answer.text
    assert len(view.refusal.fiches) == len(refusal.record.answer.nearest_fiches)
    found = [p.id for p in refusal.record.answer.trace.passages][:SHOWN_PASSAGES]
    assert [passage.id for passage in view.refusal.passages] == found


def test_the_configuration_is_hidden_from_who_reviews_blind(desk: Desk) -> None:
    name = desk.item.configuration
    assert name not in str(shown(desk, blind=True))
    assert name in str(shown(desk, blind=False).answer.about)


def test_the_turns_before_a_question_are_shown(item: Item, index: Index) -> None:
    asked = Question("Et qui paie ?", (Turn("user", "Parle-moi de FLORA."), Turn("assistant", "Un dispositif.")))
    view = answer_view(replace(item, record=replace(item.record, question=asked)), index, blind=True)
    assert view.history == (("Question", "Parle-moi de FLORA."), ("Réponse", "Un dispositif."))


def test_what_is_missing_is_said_beside_each_mark(desk: Desk) -> None:
    give(desk, 1, sentence=80)
    give(desk, 2, sentence=100, citation=25)
    view = shown(desk)
    assert at(view, 1).missing == "Il manque la note de la citation et la raison."
    assert at(view, 2).missing == ""
    assert at(view, 3).missing == "Il manque la note de la phrase et la note de la citation."
    assert at(view, WHOLE).missing == ""
    assert view.progress.startswith(f"1 phrase sur {desk.item.sentences} notée · 0 réponse sur 3 terminée")


def test_the_total_is_shown_once_nothing_is_missing(desk: Desk) -> None:
    assert shown(desk).total == ""
    for position in range(1, desk.item.sentences + 1):
        give(desk, position, sentence=80, citation=20, reason="Vague.")
    assert shown(desk).total == "Total : 80 sur 100 (75 % phrases, 25 % citations)"


def test_the_total_of_a_refusal_is_its_mark(refusal: Item, reviews: Reviews, index: Index, tmp_path: Path) -> None:
    desk = desk_of(refusal, reviews, index, tmp_path)
    give(desk, WHOLE, sentence=100)
    assert shown(desk).total == "Total : 100 sur 100"


def test_every_word_of_the_component_is_there(desk: Desk) -> None:
    assert [name for name, words in shown(desk).labels.items() if not words] == []
    assert set(KINDS) == set(ErrorKind)


# --- marks ------------------------------------------------------------------------------------------------------------


def test_a_mark_is_kept_as_soon_as_it_is_given(desk: Desk, reviews: Reviews) -> None:
    give(desk, 1, sentence=80, kinds=["wrong_figure", "wrong_place"], reason="12, non 21.")
    kept = reviews.review(desk.item.id, "Anne").at(1)
    assert kept == Mark(1, 80, None, (ErrorKind.WRONG_PLACE, ErrorKind.WRONG_FIGURE), "12, non 21.", 1)
    assert desk.done.said == "Enregistré : phrase 1."


def test_a_mark_that_was_changed_elsewhere_is_not_overwritten_and_that_is_said(desk: Desk, reviews: Reviews) -> None:
    reviews.mark(desk.item.id, "Anne", Mark(1, 100))
    give(desk, 1, sentence=0, version=0)
    assert (desk.done.changed, desk.done.position) == (True, 1)
    assert "changée ailleurs" in desk.done.trouble
    assert at(shown(desk), 1).sentence == 100


@pytest.mark.parametrize(
    "action",
    [
        None,
        "mark",
        {"kind": "mark"},
        {"kind": "mark", "position": 1, "sentence": 55, "citation": None, "kinds": [], "reason": "", "version": 0},
        {"kind": "mark", "position": 1, "sentence": 100, "citation": None, "kinds": "", "reason": "", "version": 0},
        {"kind": "mark", "position": -1, "sentence": 100, "citation": None, "kinds": [], "reason": "", "version": 0},
        {"kind": "promote", "persona": "somebody"},
        {"kind": "take", "position": 1, "rater": "Nobody", "version": 0},
    ],
)
def test_what_the_component_cannot_have_sent_changes_nothing(desk: Desk, reviews: Reviews, action: object) -> None:
    desk.act(action)
    assert (desk.done.number, desk.done.trouble) == (1, "")
    assert reviews.review(desk.item.id, "Anne") is None


def test_a_reason_with_what_no_database_keeps_is_kept_without_it(desk: Desk, reviews: Reviews) -> None:
    give(desk, 1, sentence=80, reason="Vague\ud83d\0.")
    assert reviews.review(desk.item.id, "Anne").at(1).reason == "Vague."


def test_undoing_says_what_changed_and_stops_at_the_first_mark(desk: Desk) -> None:
    give(desk, 2, sentence=80)
    desk.act({"kind": "undo"})
    assert (desk.done.said, at(shown(desk), 2).sentence) == ("Annulé : phrase 2.", None)
    desk.act({"kind": "undo"})
    assert "rien à annuler" in desk.done.trouble


def test_an_unfinished_review_cannot_be_finished_and_what_is_missing_is_listed(desk: Desk) -> None:
    give(desk, 1, sentence=80, citation=25)
    desk.act({"kind": "finish"})
    assert desk.next is None
    assert "phrase 1 : la raison" in desk.done.trouble


def test_finishing_leads_to_the_next_answer_and_the_last_one_says_so(desk: Desk, reviews: Reviews) -> None:
    everything = reviews.identifiers(Queue())
    mark_all(reviews, desk.item, "Anne")
    desk.act({"kind": "finish"})
    assert (desk.done.said, desk.next) == (labels.FINISHED, everything[(everything.index(desk.item.id) + 1) % 3])
    reviews.remove([identifier for identifier in everything if identifier != desk.item.id])
    desk.act({"kind": "finish"})
    assert (desk.done.said, desk.next) == (f"{labels.FINISHED} {labels.LAST}", None)


def test_an_answer_can_be_left_unfinished(desk: Desk, reviews: Reviews) -> None:
    desk.act({"kind": "skip"})
    assert desk.next is not None
    assert reviews.review(desk.item.id, "Anne") is None


def test_an_answer_that_was_withdrawn_meanwhile_is_said(desk: Desk, reviews: Reviews) -> None:
    reviews.remove([desk.item.id])
    desk.act({"kind": "mark", "position": 1, "sentence": 100, "citation": 25, "kinds": [], "reason": "", "version": 0})
    assert "n'est plus à relire" in desk.done.trouble


# --- between raters ---------------------------------------------------------------------------------------------------


@pytest.fixture
def settling(item: Item, reviews: Reviews, index: Index, tmp_path: Path) -> Desk:
    """Anne and Luc differ on the first sentence; Zoé settles."""
    mark_all(reviews, item, "Anne")
    mark_all(reviews, item, "Luc")
    kept = reviews.review(item.id, "Luc").at(1)
    reviews.mark(item.id, "Luc", replace(kept, sentence=0, kinds=(ErrorKind.WRONG_FIGURE,), reason="12, non 21."))
    return desk_of(item, reviews, index, tmp_path, "Zoé", settling=True)


def test_raters_are_shown_side_by_side_and_where_they_differ_is_said(settling: Desk) -> None:
    view = shown(settling)
    assert [other.rater for other in at(view, 1).others] == ["Anne", "Luc"]
    assert at(view, 1).differ == "Les relectures diffèrent : la note de la phrase, les erreurs."
    assert at(view, 2).differ == labels.SAME_MARKS
    assert "Raison : «\u00a012, non 21.\u00a0»" in at(view, 1).others[1].said
    assert view.progress.endswith("1 désaccord à arbitrer")


def test_who_only_marks_is_shown_nobody_elses_marks(settling: Desk, reviews: Reviews) -> None:
    anne = desk_of(settling.item, reviews, settling.index, settling.home)
    assert [mark.others for mark in shown(anne).marks if mark.others] == []
    assert "Luc" not in str(shown(anne))


def test_an_unfinished_review_is_not_settled_between(settling: Desk, reviews: Reviews) -> None:
    reviews.mark(settling.item.id, "Marc", Mark(1, 0))
    assert [review.rater for review in settling.others] == ["Anne", "Luc"]


def test_taking_over_a_mark_keeps_it_as_the_adjudication_and_leaves_the_raters(
    settling: Desk, reviews: Reviews
) -> None:
    before = reviews.review(settling.item.id, "Luc")
    settling.act({"kind": "take", "position": 1, "rater": "Luc", "version": 0})
    decided = reviews.adjudication(settling.item.id)
    assert (decided.rater, decided.at(1)) == ("Zoé", replace(before.at(1), version=1))
    assert reviews.review(settling.item.id, "Luc") == before


def test_common_marks_are_taken_at_once_and_what_is_decided_stays(settling: Desk, reviews: Reviews) -> None:
    give(settling, 2, sentence=80, citation=25, reason="Vague.")
    settling.act({"kind": "take-agreed"})
    decided = reviews.adjudication(settling.item.id)
    assert (decided.at(1), decided.at(2).sentence) == (Mark(1), 80)
    assert {decided.at(p).sentence for p in range(3, settling.item.sentences + 1)} == {100}
    settling.act({"kind": "take-agreed"})
    assert settling.done.said == labels.NOTHING_AGREED


def test_a_settled_answer_leads_to_the_next_that_differs(settling: Desk, reviews: Reviews) -> None:
    other = copies(settling.item, 1)[0]
    mark_all(reviews, other, "Anne")
    mark_all(reviews, other, "Luc", 80, 20)
    settling.act({"kind": "take", "position": 1, "rater": "Luc", "version": 0})
    settling.act({"kind": "take-agreed"})
    settling.act({"kind": "finish"})
    assert (settling.done.said, settling.next) == (labels.SETTLED, other.id)


def test_with_one_review_there_is_nothing_to_settle_yet(
    item: Item, reviews: Reviews, index: Index, tmp_path: Path
) -> None:
    mark_all(reviews, item, "Anne")
    assert "une seule relecture" in shown(desk_of(item, reviews, index, tmp_path, "Zoé", settling=True)).notice


# --- the judged set ---------------------------------------------------------------------------------------------------


def test_one_click_makes_a_judged_question_of_a_reviewed_answer(desk: Desk) -> None:
    give(desk, 1, sentence=100, citation=25)
    desk.act({"kind": "promote", "persona": "trainer"})
    question = find(desk.home, promoted_id(desk.item))
    assert (question.persona, len(question.evidence)) == ("trainer", 1)
    view = shown(desk).promotion
    assert (view.inside, view.persona, view.evidence[0][0].quote) == (True, "trainer", question.evidence[0][0])


def test_an_answer_that_says_nothing_yet_is_not_promoted_and_that_is_said(desk: Desk) -> None:
    desk.act({"kind": "promote", "persona": "trainer"})
    assert "Il manque une preuve" in desk.done.trouble
    assert read(desk.home) == []


def test_picked_words_bring_the_question_into_the_set_then_add_to_it(desk: Desk) -> None:
    desk.act({"kind": "pick", "passage": FLORA_MONEY, "words": PICKED})
    assert desk.done.said == labels.PROMOTED_WITH_WORDS
    desk.act({"kind": "pick", "passage": FLORA_MONEY, "words": "Une participation est demandée aux familles"})
    assert desk.done.said == labels.PICKED
    assert len(read(desk.home)[0].evidence) == 2


def test_evidence_can_be_taken_out_but_for_the_last(desk: Desk) -> None:
    desk.act({"kind": "pick", "passage": FLORA_MONEY, "words": PICKED})
    desk.act({"kind": "pick", "passage": FLORA_MONEY, "words": "Une participation est demandée aux familles"})
    desk.act({"kind": "drop-quote", "quote": PICKED})
    assert desk.done.said == labels.EVIDENCE_REMOVED
    desk.act({"kind": "drop-quote", "quote": read(desk.home)[0].evidence[0][0]})
    assert "garde au moins une preuve" in desk.done.trouble


def test_who_asks_can_be_changed_and_the_question_withdrawn(desk: Desk) -> None:
    desk.act({"kind": "pick", "passage": FLORA_MONEY, "words": PICKED})
    desk.act({"kind": "persona", "persona": "evaluator"})
    assert read(desk.home)[0].persona == "evaluator"
    desk.act({"kind": "withdraw"})
    assert (desk.done.said, read(desk.home)) == (labels.WITHDRAWN, [])


def test_a_long_quote_is_kept_and_said_to_be_long(desk: Desk, index: Index) -> None:
    passage = index.by_id[FLORA_MONEY]
    desk.act({"kind": "pick", "passage": FLORA_MONEY, "words": passage.text})
    assert shown(desk).promotion.evidence[0][0].note == labels.UNUSUAL


def test_a_damaged_set_is_said_and_marks_go_on(desk: Desk) -> None:
    judged_set(desk.home).write_text("{}\n", "utf-8")
    give(desk, 1, sentence=100)
    assert desk.done.said == "Enregistré : phrase 1."
    assert "ligne 1" in shown(desk).promotion.trouble
