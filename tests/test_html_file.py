"""A document as a page of HTML: whole, alone, its notes linked both ways; nothing that it says can pass for markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from assistant.answer import UNSAID
from assistant.chain import Assistant
from assistant.comparison import compare
from assistant.exports import html
from assistant.exports.document import (
    Comparison,
    Document,
    Grid,
    Heading,
    Phrase,
    Reference,
    Role,
    Row,
    Ruled,
    Text,
    cleaned,
    spoken,
)
from assistant.exports.kit_document import guide_of
from assistant.kits.kit import Kit

DATE = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
HOSTILE = "</style></title><script>alert(1)</script> <img src=x onerror=a> &amp; {{ 7*7 }} {% raw %} \" ' <!--"
PROVED = Text(Role.ANSWER, (Phrase("Chaque commune paie.", (1, 2), "Fiche 4a :"), Phrase("Le reste suit.", (1,))))
TABLE = Grid(("Heure", "Séance"), (("9 h", "Accueil"), ("10 h", "")), (1, 3), "Le matin")
COMPARED = Comparison("Deux fiches", "Rubrique", ("4a", "4b"), (Row("Publics", ((Phrase("Tous", (2,)),), ())),))


def reference(number: int, quote: str = "Chaque commune paie.") -> Reference:
    return Reference(number, "Le rapport", "fiche 4a", "Financements", "p. 86", quote, False, "fiche-4a/1")


def made(*blocks, title: str = "Dossier", quote: str = "Chaque commune paie.", foot: str = "") -> Document:
    return Document(title, DATE, blocks, (reference(1, quote), reference(2, quote)), foot)


def read(document: Document):
    return lxml_html.document_fromstring(html(document).decode("utf-8"))


def texts(root, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in root.xpath(path)]


def test_the_page_says_its_language_its_title_and_its_date() -> None:
    root = read(made(PROVED, title="Mon dossier"))

    assert root.get("lang") == "fr"
    assert texts(root, "//title") == texts(root, "//h1") == ["Mon dossier"]
    assert texts(root, "//header/p") == ["Document établi par Pratiques le 09/03/2026"]


def test_the_page_has_no_script_and_asks_nothing_of_another_place() -> None:
    page = html(made(PROVED, TABLE, COMPARED))
    root = read(made(PROVED, TABLE, COMPARED))

    assert root.xpath("//script | //link | //img | //iframe | //object | //form") == []
    assert b"url(" not in page
    assert b"@import" not in page
    assert root.xpath("//@src | //@action") == []
    assert all(address.startswith("#") for address in root.xpath("//@href"))
    assert "default-src 'none'" in root.xpath("//meta[@http-equiv]/@content")[0]


def test_each_call_of_a_reference_leads_to_it_and_it_leads_back_to_each_call() -> None:
    root = read(made(PROVED))
    calls = root.xpath("//a[@role='doc-noteref']")
    backs = root.xpath("//a[@role='doc-backlink']")

    assert [call.text_content() for call in calls] == ["1", "2", "1"]
    assert [call.get("href") for call in calls] == ["#reference-1", "#reference-2", "#reference-1"]
    assert sorted(back.get("href") for back in backs) == sorted(f"#{call.get('id')}" for call in calls)
    assert [back.getparent().get("id") for back in backs] == ["reference-1", "reference-1", "reference-2"]
    assert len({back.get("aria-label") for back in backs}) == 3


def test_the_references_stand_at_the_end_in_full() -> None:
    notes = texts(read(made(PROVED)), "//section[@role='doc-endnotes']//li")

    assert notes[1] == "Le rapport, fiche 4a, Financements, p. 86 : « Chaque commune paie. » ↩"


def test_a_table_says_its_caption_and_of_what_each_head_is() -> None:
    root = read(made(TABLE, COMPARED))

    assert texts(root, "//caption") == ["Le matin", "Deux fiches"]
    assert texts(root, "//th[@scope='col']") == ["Heure", "Séance", "Rubrique", "4a", "4b"]
    assert texts(root, "//th[@scope='row']") == ["9 h", "10 h", "Publics"]
    assert texts(root, "//td")[2:] == ["Tous2", UNSAID]
    assert len({region.get("aria-label") for region in root.xpath("//div[@role='region']")}) == 2


def test_headings_go_down_by_one_and_a_document_of_parts_has_its_contents() -> None:
    parts = [Heading(name, 1) for name in ("Un", "Deux", "Trois")]
    root = read(made(parts[0], Heading("Dedans", 2, note="à part"), Heading("Plus loin", 3), *parts[1:]))

    assert [h.tag for h in root.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")] == [
        "h1", "h2", "h2", "h3", "h4", "h2", "h2", "h2",
    ]  # fmt: skip
    assert texts(root, "//h3") == ["Dedans · à part"]
    targets = [link.get("href").removeprefix("#") for link in root.xpath("//nav//a")]
    assert [texts(root, f"//*[@id='{target}']")[0] for target in targets] == ["Un", "Deux", "Trois"]


def test_what_is_to_be_filled_in_stands_on_the_page() -> None:
    choices = Text(Role.CHOICES, (Phrase("Vrai"), Phrase("Faux")), "Cochez")
    root = read(made(spoken(Role.QUESTION, "Qui paie ?"), choices, Ruled(3), foot="Prouvé."))

    assert texts(root, "//h2") == ["Qui paie ?", "Références"]
    assert texts(root, "//ul[@class='choices']/li") == ["Vrai", "Faux"]
    assert texts(root, "//p[@class='caption']") == ["Cochez"]
    assert len(root.xpath("//div[@class='ruled']/p")) == 3
    assert texts(root, "//p[contains(@class, 'foot')]") == ["Prouvé."]


def hostile(text: str) -> Document:
    """A document of which every text is this one."""
    return Document(
        title=text,
        date=DATE,
        blocks=(
            Heading(text, 1, text),
            Text(Role.ITEMS, (Phrase(text, (1,), text),), text),
            Grid((text, text), ((text, text),), (1, 1), text),
            Comparison(text, text, (text,), (Row(text, ((Phrase(text, (1,)),),)),)),
        ),
        references=(reference(1, text),),
        foot=text,
    )


def test_no_text_can_pass_for_markup() -> None:
    root = read(hostile(HOSTILE))

    assert root.xpath("//script | //img | //comment()") == []
    assert texts(root, "//h1") == [" ".join(HOSTILE.split())]
    assert texts(root, "//caption") == [" ".join(HOSTILE.split())] * 2


@settings(deadline=None)
@given(st.text(st.characters(), min_size=1).map(cleaned).filter(bool))
def test_any_text_comes_out_as_it_went_in_and_the_page_keeps_its_shape(text: str) -> None:
    root, plain = read(hostile(text)), read(hostile("mot"))

    assert [e.tag for e in root.iter()] == [e.tag for e in plain.iter()]
    assert texts(root, "//tbody/tr/th")[0] == " ".join(text.split())


def test_a_comparison_and_a_session_of_the_product_are_pages_that_parse(assistant: Assistant, kit: Kit) -> None:
    compared = assistant.document("Dossier", [compare(assistant.index, ("1c", "1d"), ("publics",))], DATE)
    guide = guide_of(kit, assistant.fiches, DATE)

    for document in (compared, guide):
        etree.fromstring(html(document), etree.HTMLParser(recover=False, huge_tree=True))
        ids = read(document).xpath("//@id")
        assert len(ids) == len(set(ids))
        assert len(read(document).xpath("//a[@role='doc-noteref']")) >= len(document.references) > 0


def test_the_same_document_always_gives_the_same_bytes() -> None:
    assert html(made(PROVED, TABLE)) == html(replace(made(PROVED, TABLE)))


@pytest.mark.parametrize("scheme", ["dark", "print"])
def test_the_page_has_a_style_for_the_dark_and_for_paper(scheme: str) -> None:
    assert f"@media {'(prefers-color-scheme: dark)' if scheme == 'dark' else 'print'}".encode() in html(made(PROVED))
