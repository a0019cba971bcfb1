"""Answers reviewed in a real Chromium: marked by keyboard and mouse, by two people at once, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, Visit, overflow, serving, settled, violations
from playwright.sync_api import Locator, Page, expect
from reviews import UNKNOWN, item_of, mark_all
from sqlalchemy import func, select

from assistant.chain import Assistant
from assistant.database import Database
from assistant.database.tables import ReviewChangeRow, ReviewMarkRow
from eval.questions import load_questions
from eval.review.item import Item
from eval.review.judged_set import find, judged_set
from eval.review.marks import WHOLE, ErrorKind, Mark
from eval.review.promotion import promoted_id
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.settings import Settings
from ui.marking import labels

pytestmark = IN_A_BROWSER
expect.set_options(timeout=30_000)
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop, dark", "phone, light"]
)
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.textContent ?? "";
}"""


@dataclass(frozen=True, slots=True)
class Bench:
    """A server with a queue of its own; `fresh` puts one more answer in it, whose question is its own."""

    address: str
    home: Path
    database: Database
    reviews: Reviews
    fresh: Callable[[], Item]
    fresh_refusal: Callable[[], Item]

    def count(self, table: type[ReviewMarkRow] | type[ReviewChangeRow], item: Item, position: int) -> int:
        """How many rows there are of a mark, whoever gave it."""
        counted = select(func.count()).select_from(table).where(table.item == item.id, table.position == position)
        with self.database.reading() as session:
            return session.scalar(counted) or 0


@pytest.fixture(scope="module")
def bench(assistant: Assistant, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("bench") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    answer, refusal = item_of(assistant), item_of(assistant, UNKNOWN)
    with closing(Database.open(Settings(home=home))) as database, serving(home) as address:
        reviews = Reviews(database)

        def another(item: Item) -> Item:
            identifier = uuid4().hex[:12]
            said = replace(item.record.answer, id=identifier, question=f"Question {identifier} ?")
            question = replace(item.record.question, text=said.question)
            made = replace(item, record=replace(item.record, answer=said, question=question))
            reviews.add([made])
            return made

        yield Bench(address, home, database, reviews, lambda: another(answer), lambda: another(refusal))


@pytest.fixture
def review(visit: Visit, bench: Bench) -> Callable[..., Page]:
    """Open an answer, as a rater or as who settles; each call is a browser of its own."""

    def open_answer(
        item: Item, rater: str = "Anne", settling: bool = False, size: tuple[int, int] = DESKTOP, scheme: str = "light"
    ) -> Page:
        view = "&volet=arbitrage" if settling else ""
        page = visit(f"controle?reponse={item.id}&relecteur={quote(rater)}{view}", size, scheme, bench.address)
        page.locator("article.marking h1").wait_for()
        settled(page)
        return page

    return open_answer


def refresh(page: Page) -> None:
    page.reload()
    page.locator("article.marking h1").wait_for()
    settled(page)


def did(page: Page, what: str) -> None:
    """Wait until the page says what was done."""
    expect(page.locator(".bar .status")).to_have_text(what)


def shows(page: Page, item: Item) -> None:
    """Wait until an answer is shown, and it alone."""
    expect(page.get_by_role("heading", level=1, name=item.record.answer.question)).to_be_visible()
    expect(page.locator("article.marking")).to_have_count(1)


def left(page: Page, item: Item) -> None:
    """Wait until an answer is shown no more."""
    expect(page.get_by_role("heading", level=1, name=item.record.answer.question)).to_have_count(0)


def card(page: Page, position: int) -> Locator:
    return page.locator(f"[data-position='{position}']")


def give(page: Page, position: int, what: str, word: str) -> None:
    group = card(page, position).get_by_role("group", name=what)
    group.get_by_role("radio", name=re.compile(f"^{word} ")).check()


def is_given(page: Page, position: int, what: str, word: str) -> None:
    group = card(page, position).get_by_role("group", name=what)
    expect(group.get_by_role("radio", name=re.compile(f"^{word} "))).to_be_checked()


def saved(position: int) -> str:
    return labels.saved(position, refused=False)


def press(page: Page, key: str, said: str) -> None:
    page.keyboard.press(key)
    did(page, said)


def select_words(page: Page, block: Locator) -> None:
    """Select a line of a passage with the mouse, from its first word on."""
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 60, box["y"] + 14, steps=6)
    page.mouse.up()


# --- marks ------------------------------------------------------------------------------------------------------------


def test_an_answer_is_marked_with_the_keyboard_alone(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    press(page, "1", saved(1))
    page.keyboard.press("q")
    is_given(page, 1, labels.CITATION_MARK, "Bonne")
    page.keyboard.press("j")
    press(page, "2", saved(2))
    page.keyboard.press("d")
    is_given(page, 2, labels.CITATION_MARK, "Mauvaise")
    page.keyboard.press("e")
    page.keyboard.type("123 qsd jku p : rien de cela n'est un raccourci ici.")
    expect(card(page, 2).locator(".lacking")).to_be_empty()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(card(page, 1)).to_have_class(re.compile("current"))
    marks = bench.reviews.review(item.id, "Anne").marks
    said = "123 qsd jku p : rien de cela n'est un raccourci ici."
    assert [(m.position, m.sentence, m.citation, m.reason) for m in marks] == [(1, 100, 25, ""), (2, 80, 0, said)]


def test_an_answer_is_marked_with_the_mouse_and_the_focus_stays_where_it_was(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    give(page, 1, labels.SENTENCE_MARK, "Mauvaise")
    did(page, saved(1))
    assert page.evaluate(FOCUSED) == ""  # the radio, not the page
    card(page, 1).get_by_role("checkbox", name="chiffre faux").check()
    card(page, 1).get_by_label(labels.REASON).fill("12, et non 21.")
    expect(card(page, 1).locator(".lacking")).to_have_text("Il manque la note de la citation.")
    kept = bench.reviews.review(item.id, "Anne").at(1)
    assert (kept.sentence, kept.kinds, kept.reason) == (0, (ErrorKind.WRONG_FIGURE,), "12, et non 21.")


def test_shortcuts_are_listed_and_can_be_turned_off_for_good(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    page.get_by_text(labels.SHORTCUTS, exact=True).click()
    page.get_by_label(labels.SHORTCUTS_ON).uncheck()
    page.keyboard.press("1")
    refresh(page)
    page.keyboard.press("1")
    give(page, 2, labels.SENTENCE_MARK, "Bonne")
    did(page, saved(2))
    assert [mark.position for mark in bench.reviews.review(item.id, "Anne").marks] == [2]


def test_a_review_without_its_reason_is_not_finished_and_leads_to_what_is_missing(bench: Bench, review) -> None:
    item = bench.fresh()
    mark_all(bench.reviews, item, "Anne")
    page = review(item)
    give(page, 3, labels.SENTENCE_MARK, "Moyenne")
    did(page, saved(3))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Il manque encore, phrase 3 : la raison.")
    expect(card(page, 3).locator(".lacking")).to_have_text("Il manque la raison.")
    assert page.evaluate(FOCUSED) == labels.sentence_name(3)
    assert bench.reviews.review(item.id, "Anne").finished is None


def test_finishing_shows_the_next_answer_and_how_far_one_is(bench: Bench, review) -> None:
    item = bench.fresh()
    mark_all(bench.reviews, item, "Fanny")
    bench.fresh()
    page = review(item, "Fanny")
    expect(page.locator(".total")).to_have_text("Total : 100 sur 100 (75 % phrases, 25 % citations)")
    page.get_by_role("button", name=labels.FINISH).click()
    left(page, item)
    did(page, labels.FINISHED)
    expect(page.locator(".progress")).to_contain_text(f"1 réponse sur {bench.reviews.count()} terminée")
    assert page.evaluate(FOCUSED) == page.locator("h1").inner_text()
    assert item.id not in page.url


def test_an_answer_is_left_for_the_next_one_or_for_the_queue(bench: Bench, review) -> None:
    item = bench.fresh()
    bench.fresh()
    page = review(item, "Gilles")
    page.get_by_role("button", name=labels.SKIP).click()
    left(page, item)
    page.get_by_role("link", name=labels.BACK).click()
    expect(page.locator("article.marking")).to_have_count(0)
    assert "reponse=" not in page.url


# --- nothing is lost --------------------------------------------------------------------------------------------------


def test_a_refresh_loses_nothing_not_even_what_was_being_written(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    give(page, 1, labels.SENTENCE_MARK, "Moyenne")
    card(page, 1).get_by_label(labels.REASON).press_sequentially("Vague")
    page.reload()  # at once: the last keys have not been sent yet
    page.locator("article.marking h1").wait_for()
    is_given(page, 1, labels.SENTENCE_MARK, "Moyenne")
    expect(card(page, 1).get_by_label(labels.REASON)).to_have_value("Vague")
    did(page, saved(1))
    kept = bench.reviews.review(item.id, "Anne").at(1)
    assert (kept.sentence, kept.reason) == (80, "Vague")


def test_a_change_is_undone_after_a_refresh(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    give(page, 1, labels.SENTENCE_MARK, "Bonne")
    did(page, saved(1))
    give(page, 1, labels.SENTENCE_MARK, "Mauvaise")
    expect(card(page, 1).locator(".lacking")).to_contain_text("la raison")
    refresh(page)
    press(page, "u", labels.undone(1, refused=False))
    is_given(page, 1, labels.SENTENCE_MARK, "Bonne")
    assert bench.reviews.review(item.id, "Anne").at(1).sentence == 100


# --- two browsers at once ---------------------------------------------------------------------------------------------


def test_two_windows_that_mark_one_sentence_keep_the_first_and_tell_the_second(bench: Bench, review) -> None:
    item = bench.fresh()
    one, other = review(item), review(item)
    give(one, 1, labels.SENTENCE_MARK, "Bonne")
    did(one, saved(1))
    give(other, 2, labels.SENTENCE_MARK, "Bonne")
    did(other, saved(2))
    # What the first did is shown by now: both stand on it, and both change it.
    is_given(other, 1, labels.SENTENCE_MARK, "Bonne")
    give(one, 1, labels.SENTENCE_MARK, "Moyenne")
    did(one, saved(1))
    expect(card(one, 1).locator(".lacking")).to_contain_text("la raison")
    other.keyboard.press("k")
    other.keyboard.press("e")
    other.keyboard.type("Mon texte à moi.")
    expect(card(other, 1).get_by_role("alert")).to_contain_text("changée ailleurs")
    is_given(other, 1, labels.SENTENCE_MARK, "Moyenne")
    expect(card(other, 1).get_by_label(labels.REASON)).to_have_value("Mon texte à moi.")
    kept = bench.reviews.review(item.id, "Anne").at(1)
    assert (kept.sentence, kept.reason, kept.version) == (80, "", 2)
    assert (bench.count(ReviewMarkRow, item, 1), bench.count(ReviewChangeRow, item, 1)) == (1, 2)
    other.get_by_role("button", name=labels.KEEP_MINE).click()
    did(other, saved(1))
    assert bench.reviews.review(item.id, "Anne").at(1).reason == "Mon texte à moi."


def test_two_windows_that_mark_a_blank_sentence_differently_never_double_it(bench: Bench, review) -> None:
    item = bench.fresh()
    one, other = review(item), review(item)
    give(one, 1, labels.SENTENCE_MARK, "Bonne")
    did(one, saved(1))
    give(other, 1, labels.SENTENCE_MARK, "Mauvaise")
    expect(card(other, 1).get_by_role("alert")).to_contain_text("changée ailleurs")
    is_given(other, 1, labels.SENTENCE_MARK, "Bonne")
    assert bench.reviews.review(item.id, "Anne").marks == (Mark(1, 100, version=1),)
    assert (bench.count(ReviewMarkRow, item, 1), bench.count(ReviewChangeRow, item, 1)) == (1, 1)


def test_two_windows_that_mark_different_sentences_keep_both(bench: Bench, review) -> None:
    item = bench.fresh()
    one, other = review(item), review(item)
    give(one, 1, labels.SENTENCE_MARK, "Bonne")
    give(other, 2, labels.SENTENCE_MARK, "Moyenne")
    did(one, saved(1))
    did(other, saved(2))
    marks = bench.reviews.review(item.id, "Anne").marks
    assert [(mark.position, mark.sentence) for mark in marks] == [(1, 100), (2, 80)]


def test_two_raters_of_one_sentence_each_keep_their_own(bench: Bench, review) -> None:
    item = bench.fresh()
    one, other = review(item, "Anne"), review(item, "Luc")
    give(one, 1, labels.SENTENCE_MARK, "Bonne")
    give(other, 1, labels.SENTENCE_MARK, "Mauvaise")
    did(one, saved(1))
    did(other, saved(1))
    given = {r.rater: (r.at(1).sentence, r.at(1).version) for r in bench.reviews.reviews(item.id)}
    assert given == {"Anne": (100, 1), "Luc": (0, 1)}


def test_two_browsers_going_through_one_queue_lose_and_double_nothing(bench: Bench, review) -> None:
    first, second = bench.fresh(), bench.fresh()
    for rater in ("Inès", "Jean"):
        for other in set(bench.reviews.identifiers(Queue())) - {first.id, second.id}:
            mark_all(bench.reviews, bench.reviews.item(other), rater)
    pages = [review(first, "Inès"), review(first, "Jean"), review(first, "Jean")]
    for position in range(1, first.sentences + 1):
        for page in pages[:2]:
            give(page, position, labels.SENTENCE_MARK, "Bonne")
            give(page, position, labels.CITATION_MARK, "Bonne")
    for page in pages[:2]:
        expect(page.locator(".total")).to_contain_text("100 sur 100")
        page.get_by_role("button", name=labels.FINISH).click()
        shows(page, second)
    # The third window has seen none of this: what it does to the same marks changes nothing.
    give(pages[2], 1, labels.SENTENCE_MARK, "Bonne")
    is_given(pages[2], 1, labels.CITATION_MARK, "Bonne")
    for rater in ("Inès", "Jean"):
        kept = bench.reviews.review(first.id, rater)
        assert (len(kept.marks), kept.finished is not None) == (first.sentences, True)
    assert bench.count(ReviewMarkRow, first, 1) == 2


# --- a refusal --------------------------------------------------------------------------------------------------------


def test_a_refusal_that_should_have_answered_becomes_a_question_with_the_words_that_answer(
    bench: Bench, review
) -> None:
    item = bench.fresh_refusal()
    page = review(item)
    press(page, "3", labels.saved(WHOLE, refused=True))
    card(page, WHOLE).get_by_role("checkbox", name="aurait dû répondre").check()
    page.keyboard.press("e")
    page.keyboard.type("La fiche le dit.")
    expect(card(page, WHOLE).locator(".lacking")).to_be_empty()
    page.get_by_role("button", name=labels.PROMOTE).click()
    expect(page.get_by_role("alert")).to_contain_text("choisissez d'abord, dans un passage")
    select_words(page, page.locator(".words p.sentence").first)
    page.get_by_role("button", name=labels.PICK).click()
    did(page, labels.PROMOTED_WITH_WORDS)
    question = find(bench.home, promoted_id(item))
    assert question.answerable
    assert len(question.evidence) == 1


# --- between raters ---------------------------------------------------------------------------------------------------


def test_two_reviews_are_settled(bench: Bench, review) -> None:
    item = bench.fresh()
    mark_all(bench.reviews, item, "Anne")
    mark_all(bench.reviews, item, "Luc")
    kept = bench.reviews.review(item.id, "Luc").at(1)
    bench.reviews.mark(item.id, "Luc", replace(kept, sentence=0, reason="Ce n'est pas dit."))
    page = review(item, "Zoé", settling=True)
    expect(card(page, 1).locator(".differ")).to_have_text("Les relectures diffèrent : la note de la phrase.")
    expect(card(page, 2).locator(".differ")).to_have_text(labels.SAME_MARKS)
    card(page, 1).get_by_role("button", name=labels.take("Luc")).click()
    did(page, labels.taken(1, "Luc", refused=False))
    is_given(page, 1, labels.SENTENCE_MARK, "Mauvaise")
    page.get_by_role("button", name=labels.TAKE_AGREED).click()
    did(page, labels.TAKEN_AGREED)
    page.get_by_role("button", name=labels.FINISH).click()
    did(page, f"{labels.SETTLED} {labels.LAST}")
    decided = bench.reviews.adjudication(item.id)
    assert (decided.rater, decided.at(1).sentence, decided.at(1).reason) == ("Zoé", 0, "Ce n'est pas dit.")
    assert decided.finished is not None
    assert bench.reviews.review(item.id, "Luc").at(1).sentence == 0


# --- the judged set ---------------------------------------------------------------------------------------------------


def test_a_reviewed_answer_becomes_a_judged_question_with_words_picked_in_a_passage(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    press(page, "1", saved(1))
    page.keyboard.press("q")
    is_given(page, 1, labels.CITATION_MARK, "Bonne")
    page.get_by_label(labels.PERSONA).select_option("trainer")
    page.get_by_role("button", name=labels.PROMOTE).click()
    did(page, labels.PROMOTED)
    select_words(page, card(page, 1).locator(".words p.passage").nth(1))
    page.get_by_role("button", name=labels.PICK).click()
    did(page, labels.PICKED)
    question = next(q for q in load_questions(judged_set(bench.home)) if q.id == promoted_id(item))
    assert (question.persona, question.answerable, len(question.evidence)) == ("trainer", True, 2)
    assert question.evidence[1][0].startswith("Le plus gros du budget")
    refresh(page)
    expect(page.locator(".evidence q")).to_have_count(2)
    page.get_by_role("button", name=f"{labels.REMOVE} : Le plus gros").click()
    did(page, labels.EVIDENCE_REMOVED)
    page.get_by_role("button", name=labels.WITHDRAW).click()
    did(page, labels.WITHDRAWN)
    assert find(bench.home, promoted_id(item)) is None


def test_words_are_picked_without_a_mouse(bench: Bench, review) -> None:
    item = bench.fresh()
    page = review(item)
    card(page, 1).get_by_role("button", name=labels.PICK_BY_KEYBOARD).press("Enter")
    field = card(page, 1).get_by_role("textbox", name=re.compile(f"^{labels.PASSAGE}"))
    expect(field).to_be_focused()
    page.keyboard.type("rien ne s'écrit ici")
    for _ in range(6):
        page.keyboard.press("Control+Shift+ArrowRight")
    press(page, "p", labels.PROMOTED_WITH_WORDS)
    question = find(bench.home, promoted_id(item))
    assert field.input_value().startswith(question.evidence[0][0])


# --- for everybody ----------------------------------------------------------------------------------------------------


@LOOKS
@pytest.mark.parametrize("refused", [False, True], ids=["answer", "refusal"])
def test_the_view_is_accessible_and_no_wider_than_its_window(bench: Bench, review, refused, size, scheme) -> None:
    item = bench.fresh_refusal() if refused else bench.fresh()
    page = review(item, size=size, scheme=scheme)
    page.get_by_text(labels.SHORTCUTS, exact=True).click()
    card(page, 0 if refused else 1).get_by_text(labels.MORE).click()
    assert violations(page) == []
    assert overflow(page) <= 0


@LOOKS
def test_the_adjudication_is_accessible_and_no_wider_than_its_window(bench: Bench, review, size, scheme) -> None:
    item = bench.fresh()
    mark_all(bench.reviews, item, "Anne")
    mark_all(bench.reviews, item, "Luc", 80, 20)
    page = review(item, "Zoé", settling=True, size=size, scheme=scheme)
    assert violations(page) == []
    assert overflow(page) <= 0


def test_an_answer_that_was_withdrawn_is_said_and_leads_back(bench: Bench, visit: Visit) -> None:
    item = bench.fresh()
    bench.reviews.remove([item.id])
    page = visit(f"controle?relecteur=Anne&reponse={item.id}", address=bench.address)
    expect(page.get_by_text("n'est plus à relire")).to_be_visible()
    page.get_by_role("button", name=labels.BACK).click()
    expect(page.get_by_text("n'est plus à relire")).to_have_count(0)
