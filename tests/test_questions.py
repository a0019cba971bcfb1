"""What the judged questions promise, so that a figure measured on them means something."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from eval.questions import JudgedQuestion, load_questions, own_questions
from ingest.folding import fold, letters
from ingest.outline import SECTIONS
from ingest.questions import bundled_questions, load_entries
from ingest.records import Passage
from vectorstore.index import Index
from vectorstore.tokens import tokens

LEAST = {
    "fact": 1, "figure": 1, "definition": 1, "list": 1, "procedure": 1, "comparison": 25, "multi": 1,
    "paraphrase": 40, "followup": 25, "typo": 1, "english": 1, "metadata": 1, "unanswerable": 30,
}  # fmt: skip
"""The types of shared/questions-schema.md, and how many of each there are at least."""
PERSONAS = {"practitioner", "trainer", "evaluator"}
NEAR_COPY = 0.6
"""Share of stems (Jaccard) from which two questions say the same in the same words."""
NEGATIONS = frozenset(tokens("ne pas"))


@pytest.fixture(scope="module")
def judged() -> list[JudgedQuestion]:
    return load_questions(own_questions())


@pytest.fixture(scope="module")
def holding(judged: list[JudgedQuestion], index: Index) -> dict[str, list[Passage]]:
    """For each quote of evidence, the passages in which all of it stands as one run (`is_found` at 100 %)."""
    printed = [(p, letters(p.text)) for p in index.passages]
    quotes = {quote for q in judged for group in q.evidence for quote in group}
    return {quote: [p for p, text in printed if letters(quote) in text] for quote in quotes}


def names_and_figures(text: str) -> set[str]:
    """The stems of the words with a capital letter or a digit."""
    found = re.findall(r"[\w'’-]*[A-ZÀ-ÖØ-Þ\d][\w'’-]*", text)
    return {stem for word in found for stem in tokens(word)}


def places(judged: Iterable[JudgedQuestion]) -> set[str]:
    return {fold(place) for q in judged for place in q.where}


def test_there_are_enough_questions_of_each_type(judged: list[JudgedQuestion]) -> None:
    counts = Counter(q.type for q in judged)
    assert len(judged) >= 300
    assert counts.keys() == LEAST.keys()
    assert {kind: n for kind, n in counts.items() if n < LEAST[kind]} == {}


def test_a_third_of_the_questions_are_kept_from_the_fitting(judged: list[JudgedQuestion]) -> None:
    assert sum(q.split == "held" for q in judged) >= max(200, 0.32 * len(judged))
    by_type = Counter((q.type, q.split) for q in judged)
    assert {kind for kind in LEAST if not (by_type[kind, "held"] and by_type[kind, "fit"])} == set()


def test_the_three_groups_of_users_ask(judged: list[JudgedQuestion]) -> None:
    assert {q.persona for q in judged} == PERSONAS


def test_a_question_is_judged_in_full(judged: list[JudgedQuestion]) -> None:
    assert [q.id for q in judged if q.answerable != (q.type != "unanswerable")] == []
    assert [q.id for q in judged if q.answerable and not (q.key_facts and q.answer and q.where)] == []
    assert [q.id for q in judged if q.type == "followup" and not q.history] == []
    assert [q.id for q in judged if not (all(q.key_facts) and all(q.evidence))] == []


def test_no_question_is_asked_twice(judged: list[JudgedQuestion]) -> None:
    asked = Counter((letters(q.question), q.history) for q in judged)
    assert [question for question, count in asked.items() if count > 1] == []


def test_a_conversation_stays_on_one_side_of_the_split(judged: list[JudgedQuestion]) -> None:
    sides = defaultdict(set)
    for q in judged:
        if q.history:
            sides[letters(q.history[0].content)].add(q.split)
    assert [opening for opening, splits in sides.items() if len(splits) > 1] == []


def test_each_piece_of_evidence_stands_in_one_passage_as_it_is(
    judged: list[JudgedQuestion], holding: dict[str, list[Passage]]
) -> None:
    quotes = [(q.id, quote) for q in judged for group in q.evidence for quote in group]
    assert [(identifier, quote) for identifier, quote in quotes if not holding[quote]] == []


def test_every_fiche_is_asked_about(
    judged: list[JudgedQuestion], holding: dict[str, list[Passage]], index: Index
) -> None:
    fiches = {f.id for f in index.fiches}
    assert len(fiches) == 21
    assert fiches - {p.fiche for found in holding.values() for p in found} == set()
    assert {f"fiche {fiche}" for fiche in fiches} - places(judged) == set()


def test_every_part_of_the_report_and_the_annexe_are_asked_about(
    judged: list[JudgedQuestion], holding: dict[str, list[Passage]]
) -> None:
    parts = {s.slug for s in SECTIONS if not s.parent} - {"fiches"}
    part_of = {s.slug: s.parent or s.slug for s in SECTIONS}
    assert parts - {part_of.get(p.group) for found in holding.values() for p in found} == set()
    named = places(judged)
    titles = {slug: [fold(s.title) for s in SECTIONS if slug in (s.slug, s.parent)] for slug in parts}
    assert [slug for slug in parts if not any(t.startswith(place) for t in titles[slug] for place in named)] == []


def test_every_section_with_text_of_its_own_is_asked_about(holding: dict[str, list[Passage]], index: Index) -> None:
    headings_only = {"lignes-de-forces"}
    sections = {s.slug for s in SECTIONS} & {p.group for p in index.passages}
    assert sections - {p.group for found in holding.values() for p in found} - headings_only == set()


def test_every_place_that_is_named_is_one_of_the_report(judged: list[JudgedQuestion], index: Index) -> None:
    known = [
        *(fold(s.title) for s in SECTIONS),
        *(f"fiche {f.id}" for f in index.fiches),
        *(f"note {n.number}" for r in index.reports for n in r.footnotes),
    ]
    assert [place for place in places(judged) if not any(k.startswith(place) for k in known)] == []


def test_no_judged_question_is_a_near_copy_of_one_that_the_search_knows(judged: list[JudgedQuestion]) -> None:
    """A question of a single stem is left out: sharing it (« payé », « pays ») is chance."""
    known = [question for entry in load_entries(bundled_questions()) for question in entry.questions]
    sizes, having = [], defaultdict(list)
    for n, question in enumerate(known):
        stems = set(tokens(question))
        sizes.append(len(stems))
        for stem in stems:
            having[stem].append(n)
    copies = []
    for q in judged:
        stems = set(tokens(q.question))
        shared = Counter(n for stem in stems for n in having[stem])
        near = (known[n] for n, k in shared.items() if k / (len(stems) + sizes[n] - k) >= NEAR_COPY)
        copies += [f"{q.id}: {q.question} / {question}" for question in near if len(stems) > 1]
    assert copies == []


def test_a_paraphrase_shares_at_most_one_content_word_with_its_evidence(judged: list[JudgedQuestion]) -> None:
    shared = {}
    for q in judged:
        if q.type == "paraphrase":
            quotes = [quote for group in q.evidence for quote in group]
            words = set(tokens(q.question)) & {stem for quote in quotes for stem in tokens(quote)}
            shared[q.id] = words - NEGATIONS - {stem for quote in quotes for stem in names_and_figures(quote)}
    assert {identifier: words for identifier, words in shared.items() if len(words) > 1} == {}
