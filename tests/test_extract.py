"""A source, opened: the cited words in their passage, the passage in its section."""

from __future__ import annotations

import pytest

from assistant.answer import Citation, Question
from assistant.chain import Assistant
from assistant.extract import Extract, ExtractBlock
from ingest.records import UnitKind
from vectorstore.index import Index

QUESTIONS = (
    "Qui finance le dispositif FLORA ?", "Quels freins aux conférences familiales en Gironde ?",
    "Qu'est-ce que la pair aidance ?", "Combien de réponses le questionnaire a-t-il recueillies ?",
    "Quels sont les effets de la co-formation avec ATD Quart Monde ?", "Quelles sont les préconisations du rapport ?",
    "Comment se déroule une conférence familiale ?", "Que propose la Mission Interface du Samusocial ?",
    "Comment est né le GIP Gers Solidaire ?", "Quels sont les quatre piliers de la médiation active ?",
    "Quelles conditions pour les ambassadeurs santé mentale ?", "Depuis quand FenêtreS existe-t-elle ?",
    "Comment l'Eure forme-t-elle ses agents au pouvoir d'agir ?", "Quelles perspectives dans le Haut-Rhin ?",
    "Qui peut s'adresser au Point Ecoute Parents Adolescents ?", "Comment l'ASMI est-elle financée ?",
    "Quelle évaluation de l'intervention proactive du Loir-et-Cher ?", "Quelles communes sont couvertes par FLORA ?",
    "Quel est l'objectif de l'entretien d'aide sans suite ?", "Quelles sont les dimensions de l'aller-vers ?",
)  # fmt: skip


@pytest.fixture(scope="module")
def cited(assistant: Assistant) -> list[tuple[Citation, Extract]]:
    """Every citation of twenty answers, with what is shown when it is opened."""
    answers = [assistant.ask(Question(q)) for q in QUESTIONS]
    assert sum(bool(a.citations) for a in answers) >= 18
    return [(c, assistant.extract(c)) for a in answers for c in a.citations]


def text_of(blocks: list[ExtractBlock], quoted: bool | None = None) -> str:
    """The text of blocks without spaces and bullets; only the quoted runs, or the others, where asked."""
    shown = [r.text for b in blocks for r in b.runs if quoted is None or r.quoted is quoted]
    return squeezed("\n".join(shown))


def squeezed(text: str) -> str:
    lines = (line.strip().removeprefix("- ") for line in text.split("\n"))
    return "".join("".join(lines).split())


def test_the_runs_of_the_cited_passage_give_its_text(cited: list[tuple[Citation, Extract]], index: Index) -> None:
    for citation, extract in cited:
        blocks = [b for b in extract.blocks if b.role == "passage"]
        assert text_of(blocks) == squeezed(index.by_id[citation.passage].text), citation.passage


def test_the_quoted_runs_give_exactly_the_quote(cited: list[tuple[Citation, Extract]]) -> None:
    for citation, extract in cited:
        assert text_of(list(extract.blocks), quoted=True) == squeezed(citation.quote), citation.passage


def test_nothing_is_quoted_around_the_passage(cited: list[tuple[Citation, Extract]]) -> None:
    for _, extract in cited:
        assert not [b for b in extract.blocks if b.role != "passage" and any(r.quoted for r in b.runs)]


def test_no_run_is_empty_and_every_block_shows_something(cited: list[tuple[Citation, Extract]]) -> None:
    for _, extract in cited:
        assert all(run.text for block in extract.blocks for run in block.runs)
        assert all(text_of([block]) for block in extract.blocks)


def test_what_stands_around_is_of_the_same_fiche_or_section(index: Index, assistant: Assistant) -> None:
    beside = 0
    for passage in index.passages:
        extract = assistant.extract_passage(passage.id)
        place = passage.document, passage.fiche, passage.path[:2]
        near = [p for p in index.passages if (p.document, p.fiche, p.path[:2]) == place]
        allowed = squeezed("\n".join(p.text for p in near))
        for block in extract.blocks:
            if block.role != "passage":
                beside += 1
                assert text_of([block]) in allowed, passage.id
        roles = [b.role for b in extract.blocks]
        assert roles == sorted(roles, key=["before", "passage", "after"].index)
    assert beside > 500


def test_a_heading_is_a_heading_and_an_item_is_an_item(index: Index, assistant: Assistant) -> None:
    kinds = {(b.kind, text_of([b])) for p in index.passages for b in assistant.extract_passage(p.id).blocks}
    headings = {squeezed(p.words_of(u)) for p in index.passages for u in p.units if u.kind is UnitKind.HEADING}
    assert len(headings) > 50
    assert headings <= {text for kind, text in kinds if kind is UnitKind.HEADING}
    items = {squeezed(line) for p in index.passages for line in p.text.split("\n") if line.strip().startswith("- ")}
    assert items <= {text for kind, text in kinds if kind is UnitKind.ITEM}


def test_the_place_names_the_fiche_its_territory_and_its_page(assistant: Assistant) -> None:
    citation = assistant.ask(Question("Quels freins aux conférences familiales en Gironde ?")).citations[0]
    extract = assistant.extract(citation)
    assert extract.place.startswith("Fiche 1c · Département de la Gironde · p. 43")
    assert extract.path == citation.path


def test_a_passage_opened_without_a_citation_marks_nothing(assistant: Assistant) -> None:
    extract = assistant.extract_passage("fiche-1c/financements/1")
    assert not [r for b in extract.blocks for r in b.runs if r.quoted]


def test_an_unknown_passage_is_refused(assistant: Assistant) -> None:
    with pytest.raises(KeyError):
        assistant.extract_passage("fiche-9z/rien/1")
