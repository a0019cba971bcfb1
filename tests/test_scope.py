"""A question asked of a part of the report is answered from that part, or refused, and the refusal says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assistant.answer import Answer, Question, Status
from assistant.chain import Assistant
from assistant.explanation import explain
from assistant.records import Record, keep_record
from assistant.scope import EVERYWHERE, Scope, check_scope, choices, scope_names
from assistant.serial import BadLine, read_batch_line
from ingest.errors import ScopeError
from ingest.outline import SECTIONS, THEMES
from ingest.records import Passage
from ingest.settings import Settings
from vectorstore.index import Index, build_index

Ran = tuple[int, str, str]
FLORA = "Qui finance le dispositif FLORA ?"
GIRONDE = Scope(fiches=("1c",))
PEERS = Scope(themes=("3",))
ADVICE = Scope(parts=("preconisations",))
ELSEWHERE = (
    (FLORA, Scope(fiches=("1c",))),
    ("Qu'est-ce que la pair aidance ?", Scope(themes=("1",))),
    ("Comment le GIP Gers Solidaire est-il né ?", Scope(themes=("5",))),
    ("Combien de personnes ont répondu au questionnaire ?", Scope(fiches=("2a", "2b"))),
    ("Où la Mission Interface du Samu social intervient-elle ?", Scope(themes=("3",))),
    ("Quels sont les freins aux conférences familiales en Gironde ?", Scope(parts=("preconisations",))),
    ("Depuis quand la communauté thérapeutique de Brantôme existe-t-elle ?", Scope(themes=("4",))),
    ("Comment FenêtreS se finance-t-elle ?", Scope(fiches=("3a",))),
)
WITHIN = (
    (FLORA, Scope(fiches=("4a",))),
    ("Qui finance ?", Scope(fiches=("4a",))),
    ("Quels sont les financements ?", GIRONDE),
    ("Qui finance les projets ?", PEERS),
    ("Qu'est-ce que la pair aidance ?", PEERS),
    ("Quelles préconisations pour la formation ?", ADVICE),
    ("Combien de réponses le questionnaire a-t-il recueillies ?", Scope(parts=("annexe",))),
)
scopes = st.builds(
    Scope,
    themes=st.sets(st.sampled_from(sorted(THEMES)), max_size=2).map(tuple),
    fiches=st.sets(st.sampled_from(["1c", "3a", "4b", "5f"]), max_size=2).map(tuple),
    parts=st.sets(st.sampled_from([s.slug for s in SECTIONS]), max_size=2).map(tuple),
)


def asked(assistant: Assistant, text: str, scope: Scope) -> Answer:
    return assistant.ask(Question(text, scope=scope))


def held(index: Index, scope: Scope) -> list[Passage]:
    return [p for p in index.passages if scope.holds(p)]


def test_the_whole_index_is_the_scope_where_nothing_is_said(index: Index) -> None:
    assert Question(FLORA).scope == EVERYWHERE
    assert held(index, EVERYWHERE) == list(index.passages)


def test_a_fiche_a_theme_and_a_part_hold_their_own_passages_and_footnotes(index: Index) -> None:
    assert {p.fiche for p in held(index, GIRONDE)} == {"1c"}
    assert {p.theme for p in held(index, PEERS)} == {"Pair aidance"}
    assert {p.path[0] for p in held(index, ADVICE)} == {"Les préconisations"}
    assert "note-17/1" in [p.id for p in held(index, Scope(fiches=("2b",)))]


def test_a_part_holds_its_sections(index: Index) -> None:
    groups = {p.group for p in held(index, Scope(parts=("annexe",)))}
    assert groups == {"annexe-methode", "annexe-analyse"}


@given(scopes, scopes)
def test_a_scope_of_more_things_holds_what_each_of_them_holds(index: Index, one: Scope, other: Scope) -> None:
    both = Scope(one.themes + other.themes, one.fiches + other.fiches, one.parts + other.parts)
    ids = {p.id for p in held(index, both)}
    each = {p.id for scope in (one, other) if scope != EVERYWHERE for p in held(index, scope)}
    assert ids == (each or {p.id for p in index.passages})


@pytest.mark.parametrize(("text", "scope"), WITHIN)
def test_what_the_scope_says_is_answered_from_it_alone(assistant: Assistant, text: str, scope: Scope) -> None:
    answer = asked(assistant, text, scope)
    assert answer.status is Status.ANSWERED
    passages = [*(c.passage for c in answer.citations), *(p.id for p in answer.trace.passages)]
    assert [p for p in passages if not scope.holds(assistant.index.by_id[p])] == []


@pytest.mark.parametrize(("text", "scope"), ELSEWHERE)
def test_what_stands_elsewhere_is_refused_and_the_refusal_names_the_scope(
    assistant: Assistant, text: str, scope: Scope
) -> None:
    answer = asked(assistant, text, scope)
    assert assistant.ask(Question(text)).status is Status.ANSWERED
    assert answer.status is not Status.ANSWERED
    assert answer.message.startswith("Dans la portée choisie (")
    assert "Le rapport n'en parle pas" not in answer.message


def test_no_sentence_of_another_place_is_weighed(assistant: Assistant) -> None:
    _, judged = assistant.explain(Question(FLORA, scope=PEERS))
    assert {choice.passage.theme for choice in judged.draft.weighed.choices} == {"Pair aidance"}


def test_scores_within_a_scope_are_those_of_the_whole_report(assistant: Assistant) -> None:
    scope = Scope(themes=("4",))
    everywhere = {h.passage.id: h for h in assistant.search(Question(FLORA), 30)}
    within = {h.passage.id: h for h in assistant.search(Question(FLORA, scope=scope), 30)}
    common = everywhere.keys() & within.keys()
    assert len(common) > 3
    assert [i for i in common if everywhere[i] != within[i]] == []


def test_a_scope_brings_its_passages_however_far_they_are(assistant: Assistant) -> None:
    assert len(assistant.search(Question(FLORA, scope=PEERS), 20)) == 20


def test_of_fiches_compared_only_those_in_the_scope_are(assistant: Assistant) -> None:
    answer = asked(assistant, "Compare le territoire et l'année des fiches 1b, 1c et 4a", Scope(fiches=("1b", "1c")))
    assert answer.table is not None
    assert set(answer.table.fiches) == {"1b", "1c"}


def test_a_question_that_names_no_fiche_is_asked_of_those_of_its_scope(assistant: Assistant) -> None:
    alone = asked(assistant, "Quelles sont les perspectives ?", GIRONDE)
    named = assistant.ask(Question("Quelles sont les perspectives de la fiche 1c ?"))
    assert {c.quote for c in alone.citations} & {c.quote for c in named.citations}
    assert alone.understood == "Quelles sont les perspectives ?"


def test_words_unknown_to_the_whole_report_are_still_named(assistant: Assistant) -> None:
    answer = asked(assistant, "Y a-t-il de la zumba ?", GIRONDE)
    assert answer.unknown_words == ("zumba",)
    assert "Le rapport n'emploie jamais le mot « zumba »." in answer.message


def test_the_names_are_those_of_the_report(index: Index) -> None:
    scope = Scope(themes=("3",), fiches=("1c", "3a"), parts=("preconisations",), documents=("pratiques-emergentes",))
    assert scope_names(scope, index) == (
        "Thème : Pair aidance",
        "Fiche 1c · Gironde",
        "Fiche 3a · Rhône et Isère",
        "Partie : Les préconisations",
        "Document : Pratiques émergentes du travail social et du développement…",
    )
    assert scope_names(EVERYWHERE, index) == ()


def test_what_can_be_chosen_holds_something_and_no_document_where_there_is_one(index: Index) -> None:
    there = choices(index)
    assert [*there.themes] == ["1", "2", "3", "4", "5"]
    assert [*there.fiches] == [f.id for f in index.fiches]
    assert there.documents == {}
    assert [slug for slug in there.parts if not held(index, Scope(parts=(slug,)))] == []
    names = [name for kind in (there.themes, there.fiches, there.parts) for name in kind.values()]
    assert max(map(len, names)) <= 75
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Scope(themes=("9",)), "le thème « 9 »"),
        (Scope(fiches=("9z",)), "la fiche « 9z »"),
        (Scope(parts=("cuisine",)), "la partie « cuisine »"),
        (Scope(documents=("autre",)), "le document « autre »"),
    ],
)
def test_what_the_index_does_not_have_is_refused_with_what_it_has(
    assistant: Assistant, scope: Scope, said: str
) -> None:
    with pytest.raises(ScopeError, match=said):
        asked(assistant, FLORA, scope)
    with pytest.raises(ScopeError, match="Choisissez parmi"):
        check_scope(scope, assistant.index)
    assert scope_names(scope, assistant.index) != ()


def test_a_scope_is_explained(assistant: Assistant) -> None:
    answer, judged = assistant.explain(Question(FLORA, scope=PEERS))
    told = explain(assistant.index, answer, judged)
    assert "Portée : Thème : Pair aidance" in told
    assert "Chance que la portée choisie réponde" in told
    assert "Chance que le rapport réponde" in explain(assistant.index, *assistant.explain(Question(FLORA)))


def test_one_of_several_documents_can_be_asked_alone(tmp_path: Path) -> None:
    guide, notes = tmp_path / "guide.md", tmp_path / "notes.md"
    guide.write_text("# Le jardin\n\nLe jardin partagé ouvre le mardi et le jeudi de neuf heures à midi.\n", "utf-8")
    notes.write_text("# Le jardin\n\nLe jardin partagé a coûté douze mille euros à la commune de Poissy.\n", "utf-8")
    index, _ = build_index((guide, notes), Settings(home=tmp_path / "home"), lambda label, done, total: None)
    assert [*choices(index).documents] == ["guide", "notes"]
    hits = Assistant(index).search(Question("Le jardin partagé ?", scope=Scope(documents=("notes",))), 9)
    assert {h.passage.document for h in hits} == {"notes"}
    index.close()


def test_a_record_keeps_the_scope_and_one_written_before_reads_as_the_whole_index(
    assistant: Assistant, tmp_path: Path
) -> None:
    answer, judged = assistant.explain(Question(FLORA, scope=PEERS))
    adapter = TypeAdapter(Record)
    kept = keep_record(Record.of(answer, judged, assistant.settings), tmp_path).read_text("utf-8")
    assert adapter.validate_json(kept).question.scope == PEERS
    older = json.loads(kept)
    del older["question"]["scope"]
    assert adapter.validate_python(older | {"date": adapter.validate_json(kept).date}).question.scope == EVERYWHERE


def test_the_command_line_takes_a_scope_and_replays_it(pratiques: Callable[..., Ran]) -> None:
    code, out, err = pratiques("ask", "--fiche", "1C", FLORA)
    assert (code, out.startswith("Dans la portée choisie (fiche 1c · Gironde)")) == (0, True)
    identifier = err.rsplit("pratiques replay ", 1)[1].split(")")[0]
    assert pratiques("replay", identifier)[1] == "Rien ne diffère.\n"
    assert "preconisations/" in pratiques("search", "--partie", "preconisations", "-k", "1", "formation")[1]
    code, _, err = pratiques("search", "--theme", "9", "formation")
    assert (code, "le thème « 9 »" in err) == (2, True)


def test_a_line_of_a_batch_may_carry_a_scope() -> None:
    line = {"id": 1, "question": FLORA, "scope": {"fiches": ["4a"], "themes": ["3"]}}
    _, question = read_batch_line(json.dumps(line).encode())
    assert question.scope == Scope(themes=("3",), fiches=("4a",))
    assert read_batch_line(b'{"id": 1, "question": "FLORA ?", "scope": null}')[1].scope == EVERYWHERE


@pytest.mark.parametrize("scope", ["1c", ["1c"], {"fiche": ["1c"]}, {"fiches": "1c"}, {"fiches": [1]}])
def test_a_line_with_another_scope_is_a_bad_line(scope: object) -> None:
    with pytest.raises(BadLine, match="scope"):
        read_batch_line(json.dumps({"id": 1, "question": FLORA, "scope": scope}).encode())


def test_an_empty_scope_changes_nothing(assistant: Assistant) -> None:
    one, other = assistant.ask(Question(FLORA)), asked(assistant, FLORA, Scope())
    assert replace(one, id="", trace=other.trace) == replace(other, id="")
    assert one.trace.passages == other.trace.passages
