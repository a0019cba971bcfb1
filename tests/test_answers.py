"""What every answer promises, through the whole road, on the report itself."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import eval as evaluation
from assistant.answer import Answer, Question, Status, Turn
from assistant.chain import Assistant
from eval.metrics import states
from vectorstore.index import Index

OUT_OF_DOMAIN = {
    "Quelle est la recette de la tarte aux pommes ?": {"recette", "tarte", "pommes"},
    "Qui a gagné la coupe du monde de football en 2018 ?": {"football"},
    "Quelle météo annonce-t-on à Biarritz, du soleil ou des orages ?": {"météo", "Biarritz", "orages"},
    "Comment déclarer mes revenus fonciers aux impôts ?": {"fonciers", "impôts"},
    "Quelle est la capitale de l'Australie ?": {"Australie"},
    "Comment tailler un rosier grimpant ?": {"rosier", "grimpant"},
}
STEPS = ["protect", "understand", "retrieve", "weigh", "compose", "judge", "conclude"]
FACTS = {
    "Combien de réponses le questionnaire a-t-il recueillies ?": [["1771"]],
    "Qui a payé FLORA en 2020, et combien par habitant ?": [["0,99"]],
    "Depuis quand la communauté thérapeutique de Brantôme existe-t-elle ?": [["2007"]],
    "Quelles communes sont couvertes par FLORA ?": [["Achères"], ["Conflans-Sainte-Honorine"], ["Maurecourt"]],
    "Sur quel territoire travaille le GIP Gers Solidaire ?": [["Gers"]],
    "En quelle année ont commencé les conférences familiales en Ardèche ?": [["2014"]],
    "Quel est le public visé par les ambassadeurs santé mentale ?": [["15 à 25 ans"]],
    "Qui est à l'initiative du référent de parcours dans le Haut-Rhin ?": [["Praxis"]],
    "Combien de femmes FLORA a-t-il accompagnées en 2020 ?": [["112 femmes"]],
    "Qui paie la formation aux conférences familiales dans le Nord ?": [["chaque employeur"]],
}


@pytest.fixture(scope="module")
def judged() -> list[Question]:
    """The judged questions, with the conversation that each stands in."""
    lines = Path(evaluation.__path__[0], "questions.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [
        Question(r["question"], tuple(Turn(t["role"], t["content"]) for t in r.get("history", []))) for r in records
    ]


@pytest.fixture(scope="module")
def answers(assistant: Assistant, judged: list[Question]) -> list[Answer]:
    """An answer to each judged question, and to each question of this module."""
    own = [Question(text) for text in (*FACTS, *OUT_OF_DOMAIN)]
    given = [assistant.ask(question) for question in (*judged, *own)]
    assert sum(a.status is Status.ANSWERED for a in given) > 70
    return given


def test_every_sentence_is_the_quote_that_proves_it_but_for_its_capital(answers: list[Answer]) -> None:
    for answer in answers:
        quotes = {c.number: " ".join(c.quote.split()) for c in answer.citations}
        for sentence in answer.sentences:
            assert sentence.citations, answer.question
            shown = sentence.text[0].lower() + sentence.text[1:]
            proofs = [quotes[n][0].lower() + quotes[n][1:] for n in sentence.citations]
            assert any(proof.removesuffix(shown[-1]).startswith(shown[:-1]) for proof in proofs), sentence.text


def test_every_quote_is_the_slice_of_the_report_at_its_offsets_in_its_passage(
    answers: list[Answer], index: Index
) -> None:
    for answer in answers:
        for citation in answer.citations:
            passage = index.by_id[citation.passage]
            report = index.report(citation.document)
            assert report.text[citation.start : citation.end] == citation.quote
            assert passage.start <= citation.start < citation.end <= passage.end
            assert citation.quote in passage.text


def test_every_quote_says_where_it_stands(answers: list[Answer], index: Index) -> None:
    pages = {f.id: int(f.page or 0) for f in index.fiches}
    following = dict(zip(sorted(pages), [*(pages[f] for f in sorted(pages)[1:]), 123], strict=True))
    for answer in answers:
        for citation in answer.citations:
            passage = index.by_id[citation.passage]
            assert (citation.fiche, citation.path, citation.page) == (passage.fiche, passage.path, passage.page)
            if citation.fiche:
                assert any(h.startswith(f"Fiche {citation.fiche} ") for h in citation.path), citation.path
                assert pages[citation.fiche] <= int(citation.page or 0) < following[citation.fiche], citation.passage


def test_no_garbled_words_are_ever_quoted(answers: list[Answer], index: Index) -> None:
    damaged = [(p.document, u.start, u.end) for p in index.passages for u in p.units if u.damaged]
    assert damaged
    for answer in answers:
        for c in answer.citations:
            assert not [d for d in damaged if d[0] == c.document and d[1] < c.end and c.start < d[2]], c.quote


def test_citations_are_numbered_in_the_order_in_which_they_appear(answers: list[Answer]) -> None:
    for answer in answers:
        seen = list(dict.fromkeys(n for s in answer.sentences for n in s.citations))
        assert seen == [c.number for c in answer.citations] == list(range(1, len(seen) + 1)), answer.question


def test_the_three_ways_to_end_are_exclusive_and_all_met(answers: list[Answer]) -> None:
    for answer in answers:
        answered = answer.status is Status.ANSWERED
        assert answered == bool(answer.sentences) == bool(answer.citations) == (answer.message == ""), answer.question
    assert {a.status for a in answers} == set(Status)


def test_the_two_refusals_do_not_sound_the_same(answers: list[Answer]) -> None:
    refusals = {a.status: a.message for a in answers if a.status is not Status.ANSWERED}
    assert refusals[Status.SILENT].startswith("Le rapport n'en parle pas")
    assert refusals[Status.UNPROVABLE].startswith("Des passages du rapport touchent à la question")


def test_where_nothing_can_be_proved_there_are_passages_to_read(answers: list[Answer]) -> None:
    assert all(a.trace.passages for a in answers if a.status is Status.UNPROVABLE)


def test_an_answer_is_short_and_only_a_list_is_longer(answers: list[Answer]) -> None:
    """One sentence of the report is quoted whole, however long."""
    long = []
    for answer in answers:
        words = sum(len(s.text.split()) for s in answer.sentences)
        is_list = any(s.kind in ("item", "row") for s in answer.sentences)
        if len(answer.sentences) > 1 and words > (240 if is_list else 120):
            long.append((words, answer.question))
    assert long == []


def test_an_answer_says_nothing_twice(answers: list[Answer]) -> None:
    for answer in answers:
        spans = [(c.document, c.start, c.end) for c in answer.citations]
        assert len(set(spans)) == len(spans), answer.question


def test_no_markup_reaches_the_reader(answers: list[Answer]) -> None:
    for answer in answers:
        assert not re.search(r"<[a-z/]|\*\*|^#|\[\d+\]|\u00ad|�", answer.text, re.MULTILINE), answer.text


@pytest.mark.parametrize("text", OUT_OF_DOMAIN)
def test_a_question_out_of_the_domain_is_met_with_silence(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text))
    assert answer.status is Status.SILENT
    assert OUT_OF_DOMAIN[text] <= set(answer.unknown_words)
    assert all(f"« {word} »" in answer.text for word in answer.unknown_words)


@pytest.mark.parametrize("text", OUT_OF_DOMAIN)
def test_the_words_called_unknown_stand_nowhere_in_the_report(assistant: Assistant, index: Index, text: str) -> None:
    whole = "\n".join(p.text for p in index.passages).lower()
    for word in assistant.ask(Question(text)).unknown_words:
        assert not re.search(rf"\b{re.escape(word.lower())}\b", whole), word


def test_silence_still_points_to_the_nearest_fiches(assistant: Assistant, index: Index) -> None:
    answer = assistant.ask(
        Question("Quelle est la durée d'un congé de proche aidant pour un conjoint malade d'Alzheimer ?")
    )
    near = [f for f in index.fiches if f.id in answer.nearest_fiches]
    assert 1 <= len(near) <= 3
    if answer.status is Status.SILENT:
        assert all(f.title in answer.message for f in near)


@pytest.mark.parametrize("text", FACTS)
def test_a_factual_question_is_answered_with_its_fact(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text))
    assert [fact for fact in FACTS[text] if not states(fact, answer.text)] == [], answer.text


def same(answer: Answer) -> Answer:
    """An answer without its own id and the time that it took."""
    return replace(answer, id="", trace=replace(answer.trace, timing_ms={}))


def test_the_same_question_gets_the_same_answer(assistant: Assistant, judged: list[Question]) -> None:
    for question in judged[::10]:
        assert same(assistant.ask(question)) == same(assistant.ask(question))


def test_two_who_ask_at_once_get_their_own_answers(assistant: Assistant, judged: list[Question]) -> None:
    asked = judged[:24]
    alone = [same(assistant.ask(question)) for question in asked]
    with ThreadPoolExecutor(8) as threads:
        together = [same(answer) for answer in threads.map(assistant.ask, asked * 2)]
    assert together == alone * 2


def test_a_conversation_leaves_nothing_in_the_next(assistant: Assistant) -> None:
    question = Question("Quels sont les freins ?")
    before = same(assistant.ask(question))
    assistant.ask(replace(question, history=(Turn("user", "Que fait FLORA à Poissy ?"), Turn("assistant", "…"))))
    assert same(assistant.ask(question)) == before


def test_an_answer_can_be_replayed(answers: list[Answer], index: Index) -> None:
    for answer in answers:
        trace = answer.trace
        assert (trace.index, trace.embeddings) == (index.manifest.fingerprint, index.manifest.embeddings)
        scores = [p.score for p in trace.passages]
        assert list(trace.timing_ms) == [*STEPS, "total"]
        assert 0 <= trace.answerable <= 1
        assert len({p.id for p in trace.passages}) == len(trace.passages)
        assert all(p.id in index.by_id for p in trace.passages)
        assert all(score > 0 for score in scores)


def test_passages_come_best_first_where_several_fiches_are_named(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Qui finance les fiches 1b et 4a, et quel public visent-elles ?"))
    scores = [p.score for p in answer.trace.passages]
    assert scores == sorted(scores, reverse=True)
    named = {assistant.index.by_id[p.id].fiche for p in answer.trace.passages[:4]}
    assert named == {"1b", "4a"}


def test_a_question_in_english_is_answered_from_the_french_report(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Where does the FLORA scheme find its budget in 2020?"))
    assert answer.status is Status.ANSWERED
    assert "0,99" in answer.text
    assert answer.unknown_words == ()
