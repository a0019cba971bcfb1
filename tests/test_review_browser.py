"""The page of whoever checks answers in a real Chromium: queue, adding, sharing out, agreement, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, Visit, overflow, serving, settled, violations
from playwright.sync_api import Locator, Page, expect
from reviews import FLORA, UNKNOWN, item_of, mark_all, record_of

from assistant.chain import Assistant
from assistant.database import Conversations, Database
from eval.review.files import as_json_lines
from eval.review.item import Item, Source
from eval.review.marks import Mark
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.settings import Settings
from ui.review import findings_labels as found
from ui.review import labels
from vectorstore.index import Index

pytestmark = IN_A_BROWSER
expect.set_options(timeout=30_000)
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop, dark", "phone, light"]
)
VIEWS = ["", "volet=ajouter", "volet=repartir", "volet=accord", "volet=notes", "volet=fichiers"]


@dataclass(frozen=True, slots=True)
class Bench:
    """A server and the store of its reviews."""

    address: str
    store: Reviews
    conversations: Conversations


@pytest.fixture(scope="module")
def bench(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings, index: Index, assistant: Assistant
) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("bench") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    with closing(Database.open(Settings(home=home))) as database, serving(home) as address:
        store = Reviews(database)
        answer, refusal = item_of(assistant), item_of(assistant, UNKNOWN)
        store.add([answer, refusal])
        for rater, mark in (("Anne", 100), ("Luc", 80)):
            mark_all(store, answer, rater, mark)
        mark_all(store, refusal, "Anne")
        yield Bench(address, store, Conversations(database))


@pytest.fixture
def open_at(bench: Bench, visit: Visit) -> Callable[..., Page]:
    """Open the page at a query, as Zoé."""

    def open_page(asked: str = "", rater: str = "Zoé", **look: object) -> Page:
        said = "&".join(filter(None, (f"relecteur={rater}" if rater else "", asked)))
        page = visit(f"controle?{said}", address=bench.address, **look)
        page.get_by_role("navigation", name=labels.VIEWS_NAME).wait_for()
        settled(page)
        return page

    return open_page


def lot(bench: Bench, assistant: Assistant, origin: str, count: int = 2) -> list[Item]:
    """Answers of a batch of one's own, in the queue."""
    items = [replace(item_of(assistant), origin=origin) for _ in range(count)]
    bench.store.add(items)
    return items


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def lines(page: Page) -> Locator:
    return page.get_by_role("list", name=labels.ANSWERS).get_by_role("listitem")


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def open_filters(page: Page) -> None:
    page.get_by_text(labels.FILTERS, exact=True).click()
    page.get_by_role("textbox", name=labels.WORDS).wait_for()


def hand_over(page: Page, name: str, content: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    )


# --- queue ------------------------------------------------------------------------------------------------------------


def test_filters_are_in_the_address_and_kept_by_a_refresh(open_at: Callable[..., Page]):
    page = open_at()
    open_filters(page)
    choose(page, labels.KIND, "Refus")
    page.get_by_role("textbox", name=labels.WORDS).fill("cassoulet")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("nature=refus.*mots=cassoulet"))
    expect(lines(page)).to_have_count(1)
    page.reload()
    expect(lines(page)).to_have_text([re.compile("recette du cassoulet")])
    expect(page.get_by_role("textbox", name=labels.WORDS)).to_have_value("cassoulet")


def test_filters_are_kept_by_an_answer_and_the_way_back(open_at: Callable[..., Page]):
    page = open_at("nature=refus")
    lines(page).get_by_role("link").first.click()
    page.wait_for_url(re.compile("reponse="))
    page.get_by_role("link", name="Retour à la file").click()
    page.wait_for_url(lambda url: "reponse=" not in url)
    expect(lines(page)).to_have_count(1)
    assert "nature=refus" in page.url


def test_filters_are_taken_away_all_at_once(open_at: Callable[..., Page]):
    page = open_at("nature=refus&mots=cassoulet")
    button(page, labels.CLEAR).click()
    page.wait_for_url(lambda url: "nature" not in url and "mots" not in url)
    expect(page.get_by_role("heading", level=2, name="dans la file")).to_be_visible()


def test_a_name_comes_before_a_review(open_at: Callable[..., Page]):
    page = open_at(rater="")
    expect(page.get_by_text(labels.WHO_FIRST)).to_be_visible()
    page.get_by_role("textbox", name="Votre nom de relecture").fill("Ida")
    page.keyboard.press("Enter")
    button(page, labels.BEGIN).click()
    page.wait_for_url(re.compile("relecteur=Ida.*reponse="))


def test_reviewing_goes_on_with_the_first_answer_that_is_not_finished(
    open_at: Callable[..., Page], bench: Bench, assistant: Assistant
):
    first, second = lot(bench, assistant, "Suite")
    mark_all(bench.store, first, "Zoé")
    page = open_at("origine=Suite")
    expect(lines(page).first).to_contain_text(labels.FINISHED)
    button(page, labels.RESUME).click()
    page.wait_for_url(re.compile(f"reponse={second.id}"))


def test_configurations_are_hidden_until_it_is_wanted_otherwise(open_at: Callable[..., Page]):
    page = open_at()
    expect(lines(page).first).not_to_contain_text("Configuration")
    page.get_by_text(labels.BLIND, exact=True).click()
    expect(lines(page).first).to_contain_text("Configuration")
    page.reload()
    expect(lines(page).first).to_contain_text("Configuration")


def test_marks_of_others_are_never_in_the_queue(open_at: Callable[..., Page]):
    page = open_at("nature=reponse&origine=questions.jsonl")
    expect(lines(page).first).to_contain_text("Relue par Anne et Luc")
    expect(lines(page).first).not_to_contain_text(re.compile("80|100"))


def test_answers_leave_the_queue_only_after_a_yes(open_at: Callable[..., Page], bench: Bench, assistant: Assistant):
    lot(bench, assistant, "Erreur")
    page = open_at("origine=Erreur")
    button(page, labels.REMOVE).click()
    button(page.get_by_role("dialog"), labels.CANCEL).click()
    assert bench.store.count(Queue(origin="Erreur")) == 2
    button(page, labels.REMOVE).click()
    button(page.get_by_role("dialog"), labels.REMOVE_YES).click()
    expect(page.get_by_text(labels.removed(2))).to_be_visible()
    assert bench.store.count(Queue(origin="Erreur")) == 0


# --- adding -----------------------------------------------------------------------------------------------------------


def test_a_batch_of_questions_is_asked_and_lands_in_the_queue(open_at: Callable[..., Page], bench: Bench):
    page = open_at("volet=ajouter")
    page.get_by_text(labels.FROM_BATCH, exact=True).click()
    page.get_by_role("textbox", name=labels.BATCH_NAME).fill("Formation de mai")
    page.get_by_role("textbox", name=labels.BATCH_LINES).fill(f"{FLORA}\n{UNKNOWN}\n")
    hand_over(page, "lot.jsonl", '{"question": "Qui paie le répit ?"}\nnon\n')
    expect(page.get_by_text("Ligne 2 : la ligne n'est pas un objet JSON valide")).to_be_visible()
    button(page, labels.ASK_GOOD).click()
    expect(page.get_by_text(labels.asked("Formation de mai", 3, 3))).to_be_visible(timeout=60_000)
    assert bench.store.count(Queue(source=Source.BATCH, origin="Formation de mai")) == 3


def test_questions_being_asked_hold_no_other_window_and_can_be_stopped(
    open_at: Callable[..., Page], bench: Bench, visit: Visit
):
    page = open_at("volet=ajouter")
    page.get_by_text(labels.FROM_BATCH, exact=True).click()
    page.get_by_role("textbox", name=labels.BATCH_NAME).fill("Long")
    page.get_by_role("textbox", name=labels.BATCH_LINES).fill(
        "\n".join(f"Qui finance la fiche {n} ?" for n in range(900))
    )
    button(page, labels.ASK).click()
    button(page, labels.STOP).wait_for()
    other = visit("aide", address=bench.address)
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    button(page, labels.STOP).click()
    expect(page.get_by_text(re.compile("« Long » : .* ajoutées? à la file"))).to_be_visible()
    assert 0 < bench.store.count(Queue(origin="Long")) < 900


def test_a_judged_set_is_drawn_from_with_a_number_that_draws_the_same_again(open_at: Callable[..., Page], bench: Bench):
    page = open_at("volet=ajouter")
    page.get_by_text(labels.FROM_JUDGED, exact=True).click()
    page.get_by_role("spinbutton", name=labels.COUNT).fill("2")
    page.get_by_role("spinbutton", name=labels.SEED).fill("7")
    page.keyboard.press("Tab")
    settled(page)
    button(page, labels.DRAW).click()
    expect(page.get_by_text(labels.asked("questions.jsonl", 2, 2))).to_be_visible(timeout=60_000)
    queue = Queue(source=Source.JUDGED, origin="questions.jsonl")
    assert [line.judged for line in bench.store.lines(queue)] == [True, True]


def test_answers_of_a_conversation_come_only_once_its_user_shares_it(
    open_at: Callable[..., Page], bench: Bench, assistant: Assistant
):
    kept = bench.conversations.add(record_of(assistant))
    page = open_at("volet=ajouter")
    button(page, labels.ADD_SHARED).click()
    expect(page.get_by_text(labels.NONE_SHARED)).to_be_visible()
    bench.conversations.share(kept.conversation, True)
    button(page, labels.ADD_SHARED).click()
    expect(page.get_by_text(labels.added(1))).to_be_visible()
    assert bench.store.identifiers(Queue(source=Source.CONVERSATION)) == [kept.id]


# --- sharing out ------------------------------------------------------------------------------------------------------


def test_answers_are_shared_out_as_they_were_shown_to_be(
    open_at: Callable[..., Page], bench: Bench, assistant: Assistant
):
    lot(bench, assistant, "Partage", 4)
    page = open_at("volet=repartir&origine=Partage")
    page.get_by_role("spinbutton", name=labels.DOUBLES).fill("50")
    names = page.get_by_role("combobox", name=labels.RATERS)
    for name in ("Ève", "Noé"):
        names.fill(name)
        page.keyboard.press("Enter")
        expect(page.locator("[data-tag-index]", has_text=name)).to_be_visible()
        settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("row", name=re.compile("Ève 3 2 1"))).to_be_visible()
    assert bench.store.count(Queue(assigned="Ève")) == 0
    button(page, labels.SHARE_OUT).click()
    expect(page.get_by_text(labels.shared_out(4, 2))).to_be_visible()
    assert [bench.store.count(Queue(assigned=name)) for name in ("Ève", "Noé")] == [3, 3]


def test_the_answers_of_one_rater_are_a_click_away(open_at: Callable[..., Page], bench: Bench, assistant: Assistant):
    items = lot(bench, assistant, "Pour Ida")
    bench.store.assign([items[0].id], "Ida Mori")
    page = open_at(rater="Ida Mori")
    button(page, labels.yours(1)).click()
    page.wait_for_url(re.compile("pour=Ida"))
    expect(lines(page)).to_have_count(1)


# --- agreement --------------------------------------------------------------------------------------------------------


def test_agreement_lists_what_two_raters_differ_on_and_leads_to_where_it_is_settled(
    open_at: Callable[..., Page], bench: Bench, assistant: Assistant
):
    same, apart = lot(bench, assistant, "Accord")
    for item, marks in ((same, (100, 100)), (apart, (100, 0))):
        for rater, mark in zip(("Bea", "Gil"), marks, strict=True):
            mark_all(bench.store, item, rater, mark)
    page = open_at("volet=accord&lecture1=Bea&lecture2=Gil")
    expect(page.get_by_role("table", name=found.MARKS_NAME)).to_contain_text("50 %")
    expect(page.get_by_text(re.compile("désaccords? dans 1 réponse, aucune arbitrée"))).to_be_visible()
    expect(page.get_by_role("cell", name="phrase 0 (mauvaise)").first).to_be_visible()
    page.get_by_role("link", name=FLORA).click()
    page.wait_for_url(re.compile(f"reponse={apart.id}"))
    assert "volet=arbitrage" in page.url


def test_the_pair_that_is_compared_is_kept_by_a_refresh(open_at: Callable[..., Page]):
    page = open_at("volet=accord&lecture1=Anne&lecture2=Luc")
    expect(page.get_by_role("combobox", name=found.PAIR)).to_have_value(found.pair("Anne", "Luc", 1))
    page.reload()
    page.wait_for_url(re.compile("lecture1=Anne&lecture2=Luc"))


def test_what_is_settled_is_no_more_among_what_is_to_be(
    open_at: Callable[..., Page], bench: Bench, assistant: Assistant
):
    [item] = lot(bench, assistant, "Tranché", 1)
    for rater, mark in (("Pia", 100), ("Rod", 80)):
        mark_all(bench.store, item, rater, mark)
    for position in range(1, item.sentences + 1):
        bench.store.mark(item.id, "Zoé", Mark(position, 100, 25), adjudication=True)
    bench.store.finish(item.id, "Zoé", adjudication=True)
    page = open_at("volet=accord&lecture1=Pia&lecture2=Rod")
    expect(page.get_by_text(found.NO_DISAGREEMENT)).to_be_visible()
    page.get_by_text(found.SETTLED, exact=True).click()
    expect(page.get_by_text(found.SETTLED_BESIDE)).to_be_visible()


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def exported(bench: Bench, assistant: Assistant, tmp_path: Path) -> str:
    """Three lines of another place: two reviews of answers that are not here, and a damaged one between them."""
    items = [replace(item_of(assistant), origin=f"Ailleurs {tmp_path.name}") for _ in range(2)]
    with closing(Database.open(Settings(home=tmp_path / "elsewhere"))) as database:
        store = Reviews(database)
        store.add(items)
        for item in items:
            mark_all(store, item, "Ada")
        first, second = as_json_lines(store.all())
    return f"{first}{first[:200]}\n{second}"


def test_a_damaged_file_is_refused_line_by_line_and_its_good_lines_kept_only_after_a_yes(
    open_at: Callable[..., Page], bench: Bench, exported: str
):
    before = bench.store.count()
    page = open_at("volet=fichiers")
    hand_over(page, "ailleurs.jsonl", exported)
    expect(page.get_by_text("Ligne 2 : ce n'est pas un objet JSON valide")).to_be_visible()
    assert bench.store.count() == before
    button(page, found.keep(2, all_good=False)).click()
    expect(page.get_by_text(found.kept(2))).to_be_visible()
    assert bench.store.count() == before + 2
    hand_over(page, "ailleurs.jsonl", exported)
    expect(page.get_by_text(found.ALL_HERE)).to_be_visible()


def test_nothing_of_a_damaged_file_is_kept_after_a_no(open_at: Callable[..., Page], bench: Bench, exported: str):
    before = bench.store.count()
    page = open_at("volet=fichiers")
    hand_over(page, "ailleurs.jsonl", exported)
    button(page, found.KEEP_NOTHING).click()
    expect(page.get_by_text(found.NOTHING_KEPT)).to_be_visible()
    assert bench.store.count() == before


def test_a_file_that_is_no_export_is_refused_with_its_remedy(open_at: Callable[..., Page]):
    page = open_at("volet=fichiers")
    hand_over(page, "photo.csv", "rien de tel")
    expect(page.get_by_role("alert")).to_contain_text("n'est pas un export de relectures")


def test_reviews_are_taken_away_as_the_filters_keep_them(open_at: Callable[..., Page]):
    page = open_at("volet=fichiers&nature=refus&origine=questions.jsonl")
    with page.expect_download() as expected:
        button(page, found.AS_CSV).click()
    rows = Path(expected.value.path()).read_text("utf-8-sig").splitlines()
    assert [row.split(";")[7:13] for row in rows[1:]] == [["Anne", "non", "0", "", "", "100"]]


# --- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@LOOKS
def test_no_view_has_a_fault_of_accessibility_or_is_wider_than_its_window(
    open_at: Callable[..., Page], view: str, size, scheme
):
    page = open_at(view, size=size, scheme=scheme)
    assert violations(page) == []
    assert overflow(page) <= 0


@LOOKS
def test_the_open_filters_have_no_fault_of_accessibility(open_at: Callable[..., Page], size, scheme):
    page = open_at("nature=refus&aveugle=non", size=size, scheme=scheme)
    page.get_by_role("textbox", name=labels.WORDS).wait_for()
    assert violations(page) == []
    assert overflow(page) <= 0


def test_the_queue_is_walked_through_by_keyboard(open_at: Callable[..., Page]):
    page = open_at("nature=refus")
    lines(page).get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("reponse="))
