"""The chat in a real Chromium: asked, read and left with the mouse, the keyboard and a phone."""

from __future__ import annotations

import json
import re
import zipfile
from threading import Event

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, serving, settled, violations
from llm_server import Play, Service, claims, running

from assistant.answer import UNSAID
from assistant.exports.wording import comparison
from assistant.wording import EXAMPLE_QUESTIONS
from ui.chat import labels

QUESTION = EXAMPLE_QUESTIONS[0]
COMPARISON = "Compare la gouvernance des fiches 1c et 4a"
OUTSIDE = "Quelle est la recette de la pizza aux anchois ?"

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(visit):
    return visit()


def finished(page, question: str):
    """Wait for the answer to a question, and give its article."""
    heading = page.get_by_role("heading", level=2).filter(has_text=question)
    article = page.get_by_role("article").filter(has=heading).last
    answer_of(article).wait_for()
    return article


def answer_of(article):
    """The answer of an exchange, or what stands in its place."""
    return article.locator(".answer[role=group]")


def ask(page, question: str):
    """Ask, and give the article of the finished answer."""
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    return finished(page, question)


def first_citation(article):
    return article.get_by_role("button", name="source 1 :").first


def focused_name(page) -> str:
    return page.evaluate(
        """() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
        }"""
    )


def test_a_citation_opens_its_passage_with_the_quoted_words_highlighted(page):
    article = ask(page, QUESTION)
    citation = first_citation(article)
    place = citation.get_attribute("aria-label").removeprefix("source 1 : ")
    citation.click()
    reader = page.get_by_role("dialog")
    reader.locator("mark").first.wait_for()
    highlighted = reader.locator("mark").first.inner_text().split()
    assert " ".join(highlighted[:5]) in " ".join(article.inner_text().split())
    assert place.rsplit(" ", 1)[-1] in reader.locator(".place").inner_text()


def test_the_answer_counts_its_verified_sentences_and_lists_its_sources(page):
    article = ask(page, QUESTION)
    count = article.locator(".count").inner_text()
    assert "vérifié" in count
    sources = page.get_by_role("navigation", name=labels.SOURCES).get_by_role("button")
    assert sources.count() >= 1


def test_closing_a_source_gives_the_focus_back_to_its_citation(page):
    article = ask(page, QUESTION)
    citation = first_citation(article)
    name = citation.get_attribute("aria-label")
    citation.click()
    page.get_by_role("button", name=labels.CLOSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused_name(page) == name


def test_closing_a_source_gives_the_focus_back_to_the_list_of_sources(page):
    ask(page, QUESTION)
    source = page.get_by_role("navigation", name=labels.SOURCES).get_by_role("button").first
    name = source.text_content()
    source.click()
    page.get_by_role("button", name=labels.CLOSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused_name(page) == name


def test_a_citation_is_reached_and_left_with_the_keyboard_alone(page):
    ask(page, QUESTION)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if focused_name(page).startswith("source 1 :"):
            break
    assert focused_name(page).startswith("source 1 :")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.wait_for_function("document.activeElement.shadowRoot?.activeElement?.id === 'reader-heading'")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused_name(page).startswith("source 1 :")


def test_a_refusal_is_not_taken_for_an_answer(page):
    answered = answer_of(ask(page, QUESTION))
    refused = answer_of(ask(page, OUTSIDE))
    assert answered.get_attribute("aria-label") == labels.STATES["answered"]
    assert refused.get_attribute("aria-label") in (labels.STATES["silent"], labels.STATES["unprovable"])
    assert refused.get_by_role("heading", level=3).is_visible()
    ground = "node => getComputedStyle(node).backgroundColor + getComputedStyle(node).borderInlineStartWidth"
    assert answered.evaluate(ground) != refused.evaluate(ground)


def test_an_example_is_asked_with_one_click_and_the_conversation_stays(page):
    page.get_by_role("button", name=EXAMPLE_QUESTIONS[1]).click()
    finished(page, EXAMPLE_QUESTIONS[1])
    ask(page, QUESTION)
    assert page.get_by_role("article").count() == 2


def test_a_suggestion_is_asked_with_one_click(page):
    article = ask(page, QUESTION)
    suggestion = article.locator(".suggestions li button").first
    text = suggestion.inner_text()
    suggestion.click()
    finished(page, text)
    assert page.get_by_role("article").count() == 2


def test_markup_in_a_question_stays_text(page):
    trap = "Qu'est-ce que <img src=x onerror=alert(1)> la **pair-aidance** ?"
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    article = ask(page, trap)
    assert trap in article.get_by_role("heading", level=2).inner_text()
    assert article.locator("img, b, em").count() == 0


def test_the_finished_answer_is_announced_once(page):
    status = page.get_by_role("status").filter(has_text=labels.STATES["answered"])
    assert status.count() == 0
    article = ask(page, QUESTION)
    page.wait_for_timeout(500)
    assert status.count() == 1
    assert article.locator(".count").inner_text() in status.inner_text()


def test_the_page_is_french_and_calls_nobody_outside(page, server):
    calls = []
    page.on("request", lambda request: calls.append(request.url))
    page.reload()
    page.wait_for_function("document.documentElement.lang === 'fr'")
    ask(page, QUESTION)
    outside = [url for url in calls if not url.startswith((server, "data:", "blob:"))]
    assert outside == []


def test_on_a_phone_the_source_is_a_sheet_over_the_conversation(visit):
    page = visit("", PHONE)
    first_citation(ask(page, QUESTION)).click()
    reader = page.get_by_role("dialog")
    reader.locator("mark").first.wait_for()
    assert reader.evaluate("node => node.matches(':modal')")
    box = reader.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=labels.CLOSE).click()
    reader.wait_for(state="hidden")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_comparison_is_a_table_whose_cells_open_their_sources(visit, width, height):
    page = visit("", (width, height))
    table = ask(page, COMPARISON).get_by_role("table", name=comparison(("1c", "4a")))
    heads = [*table.get_by_role("columnheader").all(), *table.get_by_role("rowheader").all()]
    said = " ".join(head.inner_text() for head in heads)
    assert all(word in said for word in ("Fiche 1c", "Fiche 4a", "Gouvernance"))
    cells = table.get_by_role("cell")
    assert cells.count() == 2
    assert cells.filter(has_text=UNSAID).or_(cells.filter(has=page.locator(".mark"))).count() == 2
    quoted = cells.filter(has=page.locator(".mark")).first
    words = " ".join(quoted.locator("p").first.inner_text().split()[1:5])
    first_citation(quoted).click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    assert words in " ".join(page.get_by_role("dialog").locator("mark").all_inner_texts())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_panel_stands_beside_the_citation_that_opened_it_however_long_the_conversation(page):
    ask(page, EXAMPLE_QUESTIONS[1])
    article = ask(page, QUESTION)
    citation = first_citation(article)
    page.wait_for_timeout(1500)  # the page holds the question at its top until then
    before = citation.bounding_box()
    citation.click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    panel, mark = page.get_by_role("dialog").bounding_box(), citation.bounding_box()
    assert panel["x"] > mark["x"] + mark["width"]
    assert panel["y"] >= 0
    assert panel["y"] + panel["height"] <= 800
    assert mark == pytest.approx(before, abs=1)


def test_the_text_of_an_answer_is_large_enough_to_read(page):
    words = ask(page, QUESTION).locator("p:not(.count), li").first
    size = words.evaluate("node => getComputedStyle(node).fontSize")
    assert float(size.removesuffix("px")) >= 17


def test_a_refreshed_page_and_a_copied_address_show_the_conversation_again(page, visit):
    ask(page, QUESTION)
    follow_up = ask(page, "Qui finance ?").inner_text()
    page.wait_for_url(re.compile(r"[?]c=[0-9a-f]{12}"))
    page.reload()
    assert finished(page, "Qui finance ?").inner_text() == follow_up
    elsewhere = visit(page.url.rsplit("/", 1)[1])
    assert finished(elsewhere, QUESTION).locator(".count").inner_text() != ""
    assert elsewhere.get_by_role("article").count() == 2


def test_a_conversation_is_reviewed_only_with_the_consent_of_its_user_who_may_take_it_back(page, visit):
    ask(page, QUESTION)
    page.wait_for_url(re.compile("c="))
    page.get_by_role("button", name=labels.SHARE, exact=True).click()
    page.get_by_text(labels.SHARE_MEANS[:60]).wait_for()
    page.get_by_role("button", name=labels.CANCEL).click()
    page.get_by_role("button", name=labels.SHARE, exact=True).click()
    page.get_by_role("button", name=labels.SHARE_YES).click()
    page.get_by_role("button", name=labels.SHARED, exact=True).wait_for()
    again = visit(page.url.rsplit("/", 1)[1])
    again.get_by_role("button", name=labels.SHARED, exact=True).click()
    again.get_by_role("button", name=labels.SHARE_NO).click()
    again.get_by_role("button", name=labels.SHARE, exact=True).wait_for()


def test_a_conversation_is_found_by_its_words_renamed_and_deleted_for_good(page, visit):
    ask(page, "Quels freins pour les conférences familiales ?")
    page.wait_for_url(re.compile("c="))
    address = page.url.rsplit("/", 1)[1]
    page.get_by_role("button", name=labels.RENAME).click()
    page.get_by_role("textbox", name=labels.NEW_NAME).fill("Réunion <b>du mardi</b>")
    page.get_by_role("button", name=labels.SAVE).click()
    page.get_by_role("heading", level=1, name="Réunion <b>du mardi</b>").wait_for()
    shelf = page.get_by_role("navigation", name=labels.CONVERSATIONS)
    page.get_by_role("searchbox").fill("reunion MARDI")
    shelf.get_by_role("link", name="Réunion <b>du mardi</b>").wait_for()
    page.get_by_role("searchbox").fill("introuvable zygomatique")
    page.get_by_text(labels.NONE_FOUND).wait_for()
    page.get_by_role("searchbox").fill("")
    shelf.get_by_role("link", name="Réunion <b>du mardi</b>").wait_for()
    page.get_by_role("button", name=labels.DELETE, exact=True).click()
    page.get_by_role("button", name=labels.DELETE_YES).click()
    page.get_by_role("heading", name=labels.WELCOME_TITLE).wait_for()
    shelf.get_by_role("link", name="Réunion <b>du mardi</b>").wait_for(state="detached")
    gone = visit(address)
    gone.get_by_text("n'existe pas").wait_for()
    ask(gone, QUESTION)


def test_a_kept_conversation_is_opened_from_the_list_and_another_begun(page):
    ask(page, "Qu'est-ce que la pair-aidance ?")
    page.get_by_role("button", name=labels.NEW_CONVERSATION).click()
    page.get_by_role("heading", name=labels.WELCOME_TITLE).wait_for()
    page.get_by_role("navigation", name=labels.CONVERSATIONS).get_by_role(
        "link", name="Qu'est-ce que la pair-aidance ?"
    ).first.click()
    finished(page, "Qu'est-ce que la pair-aidance ?")


def test_a_question_is_edited_and_asked_again_in_its_place(page):
    ask(page, QUESTION)
    article = ask(page, "Quel temps fait-il ?")
    article.get_by_role("button", name=labels.EDIT).click()
    field = article.get_by_role("textbox", name=labels.EDIT)
    assert field.input_value() == "Quel temps fait-il ?"
    field.fill(EXAMPLE_QUESTIONS[1])
    field.press("Enter")
    finished(page, EXAMPLE_QUESTIONS[1])
    assert page.get_by_role("article").count() == 2
    page.reload()
    finished(page, EXAMPLE_QUESTIONS[1])
    assert page.get_by_text("Quel temps fait-il ?").count() == 0


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_citation_pointed_at_shows_its_quote(page, way):
    citation = first_citation(ask(page, QUESTION))
    page.wait_for_timeout(1500)  # the page holds the question at its top until then
    if way == "hover":
        citation.hover()
    else:
        page.keyboard.press("Shift+Tab")
        citation.focus()
    hint = page.get_by_role("tooltip")
    hint.wait_for()
    words = hint.inner_text().strip("« »")
    citation.click()
    assert words in " ".join(page.get_by_role("dialog").locator(".text").inner_text().split())
    assert hint.is_hidden()


def test_an_answer_is_copied_with_its_references(page):
    article = ask(page, QUESTION)
    article.get_by_role("button", name=labels.COPY).click()
    article.get_by_text(labels.COPIED).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1]" in copied
    assert re.search(r"p\. \d+", copied)


def test_an_answer_is_taken_away_as_a_word_file_with_its_footnotes(page, tmp_path):
    article = ask(page, QUESTION)
    marks = {mark.inner_text() for mark in article.locator(".answer .mark").all()}
    article.get_by_role("button", name=labels.TAKE).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=labels.WORD).click()
    download.value.save_as(tmp_path / "answer.docx")
    with zipfile.ZipFile(tmp_path / "answer.docx") as package:
        body, notes = (package.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    assert download.value.suggested_filename.endswith(".docx")
    assert len(set(re.findall(r'footnoteReference [^>]*w:id="(\d+)"', body))) == len(marks)
    assert re.search(r"p\. \d+", notes)


def test_a_whole_conversation_is_laid_out_for_paper_and_left_again(page):
    ask(page, QUESTION)
    ask(page, OUTSIDE)
    page.get_by_role("button", name=labels.TAKE_ALL).click()
    page.get_by_role("button", name=labels.PRINT).click()
    sheet = page.locator("article.sheet")
    sheet.wait_for()
    assert [h.inner_text() for h in sheet.get_by_role("heading", level=2).all()][:2] == [QUESTION, OUTSIDE]
    assert violations(page) == []
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stHeader").is_visible()
    page.emulate_media(media="screen")
    sheet.get_by_role("link").first.click()
    finished(page, OUTSIDE)


def test_a_question_is_limited_to_a_fiche_and_shown_to_be(page):
    page.get_by_test_id("stPopover").get_by_role("button").click()
    page.get_by_role("combobox", name=labels.SCOPE_FICHES).fill("4a")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    chip = page.get_by_role("button", name=re.compile("^Fiche 4a.*×"))
    chip.wait_for()
    article = ask(page, "Quels sont les financements ?")
    assert "Fiche 4a" in article.locator(".scope").inner_text()
    places = [mark.get_attribute("aria-label") for mark in article.locator(".answer .mark").all()]
    assert places
    assert [place for place in places if "fiche 4a" not in place] == []
    page.get_by_role("button", name=re.compile("^Fiche 4a.*×")).click()
    page.get_by_text(f"{labels.SCOPE} : {labels.WHOLE_REPORT}").wait_for()


def test_a_thumb_down_and_its_reason_are_still_there_after_a_refresh(page):
    article = ask(page, QUESTION)
    article.get_by_role("button", name=labels.USELESS).click()
    article.get_by_role("checkbox", name=labels.REASONS["incomplete"]).check()
    article.get_by_role("textbox", name=labels.COMMENT).fill("Il manque les années.")
    article.get_by_role("button", name=labels.SEND).click()
    article.get_by_text(labels.THANKS).wait_for()
    settled(page)
    page.reload()
    article = finished(page, QUESTION)
    useless = article.get_by_role("button", name=labels.USELESS)
    assert useless.get_attribute("aria-pressed") == "true"
    useless.click()
    assert article.get_by_role("checkbox", name=labels.REASONS["incomplete"]).is_checked()
    assert article.get_by_role("textbox", name=labels.COMMENT).input_value() == "Il manque les années."


def test_personal_data_are_masked_and_asked_as_typed_on_a_click(page):
    page.get_by_role("textbox").fill("Mme Bernadette Lafontaine a-t-elle droit à la pair-aidance ?")
    page.get_by_role("textbox").press("Enter")
    article = page.get_by_role("article").first
    as_typed = article.get_by_role("button", name=labels.AS_TYPED)
    as_typed.wait_for()
    assert "Lafontaine" not in page.locator("body").inner_text()
    assert violations(page) == []
    as_typed.click()
    finished(page, "Mme Bernadette Lafontaine a-t-elle droit à la pair-aidance ?")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_has_no_serious_fault_of_accessibility(visit, size, scheme):
    page = visit("", size, scheme=scheme)
    assert violations(page) == []
    ask(page, COMPARISON)
    ask(page, OUTSIDE)
    article = ask(page, QUESTION)
    article.get_by_role("button", name=labels.USELESS).click()
    article.get_by_role("button", name=labels.EDIT).click()
    first_citation(article).click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    page.wait_for_timeout(500)
    assert violations(page) == []
    assert overflow(page) <= 0


def test_the_chat_is_used_with_the_keyboard_alone(page):
    def press_until(key: str, name: str) -> None:
        for _ in range(80):
            if focused_name(page).startswith(name):
                return
            page.keyboard.press(key)
        pytest.fail(f"{name!r} is not reached with {key}; the focus is on {focused_name(page)!r}")

    press_until("Tab", labels.ASK)
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    article = finished(page, QUESTION)
    press_until("Shift+Tab", "source 1 :")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").locator("mark").first.wait_for()
    page.wait_for_function("document.activeElement.shadowRoot?.activeElement?.id === 'reader-heading'")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    press_until("Tab", labels.EDIT)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type(EXAMPLE_QUESTIONS[1])
    page.keyboard.press("Enter")
    finished(page, EXAMPLE_QUESTIONS[1])
    assert article.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script> pair-aidance ?",
        "**gras** [lien](javascript:alert(1)) ![image](x) pair-aidance ?",
        "\u202eeriassecén noitpircserp\u202c la pair-aidance ?",
        "`code` $x^2$ :smile: # titre pair-aidance ?",
    ],
)
def test_a_question_that_tries_to_break_out_is_shown_as_it_was_typed(page, typed):
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.get_by_role("textbox").fill(typed)
    page.get_by_role("textbox").press("Enter")
    article = page.get_by_role("article").first
    answer_of(article).wait_for()
    assert typed in article.get_by_role("heading", level=2).text_content()
    page.wait_for_url(re.compile("c="))
    shelf = page.get_by_role("navigation", name=labels.CONVERSATIONS)
    assert shelf.locator("script, b, strong, img, code").count() == 0


def test_a_question_of_twenty_thousand_characters_is_refused_and_can_still_be_edited(page):
    typed = "pourquoi " * 2222
    page.get_by_role("textbox").fill(typed)
    page.get_by_role("textbox").press("Enter")
    article = page.get_by_role("article").first
    answer_of(article).get_by_role("heading", name=labels.STATES["error"]).wait_for()
    article.get_by_role("button", name=labels.EDIT).click()
    field = article.get_by_role("textbox", name=labels.EDIT)
    assert len(field.input_value().strip()) == len(typed.strip())
    field.fill(QUESTION)
    field.press("Enter")
    finished(page, QUESTION)


def test_an_empty_question_asks_nothing_and_is_said_to_be(page):
    page.get_by_role("textbox").fill("   ")
    page.get_by_role("textbox").press("Enter")
    page.get_by_text(labels.EMPTY_QUESTION).wait_for()
    assert page.get_by_role("article").count() == 0


def test_an_answer_that_a_language_model_is_writing_is_stopped_and_its_question_edited(visit, indexed, monkeypatch):
    silent = Event()
    rewritten = Play(text=json.dumps({"question": QUESTION}))
    with running(Service(rewritten, Play(text=claims(), wait=silent))) as service:
        service.settings(monkeypatch)
        with serving(indexed) as address:
            page = visit(address=address)
            page.get_by_role("textbox").fill(QUESTION)
            page.get_by_role("textbox").press("Enter")
            page.get_by_role("button", name=labels.STOP).click()
            article = finished(page, QUESTION)
            assert labels.STOPPED in article.inner_text()
            assert article.get_by_role("button", name=labels.EDIT).is_visible()
        silent.set()
