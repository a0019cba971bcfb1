"""The evaluation report: its figures are those computed, in every format; its limits are said where they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import html as lxml_html
from reviews import FLORA, NOON, UNKNOWN, item_of, mark_all, rating, record_of
from trials import trial_of, vote

from assistant.answer import Status
from assistant.chain import Assistant
from assistant.database import Database
from assistant.exports import html, markdown, word
from assistant.exports.document import Document, Heading
from eval.analysis.measures import estimates
from eval.judging.judgement import Judge, Judgement
from eval.meaning import KINDS, METRICS
from eval.questions import JudgedQuestion, own_questions
from eval.record import Commit, Run, record
from eval.report import Material, evaluation_report, gather, report_bytes, write_report
from eval.report import labels as said
from eval.report import limit_labels as limits
from eval.report.limits import limits_of
from eval.report.method import figures_given
from eval.report.numbers import between, decimal
from eval.report.report_document import parts_of
from eval.review.agreement import compare_raters
from eval.review.item import Item, Source
from eval.review.marks import ErrorKind, Mark
from eval.review.queue import Queue
from eval.review.store import Reviews
from eval.run import ask
from eval.trials.result import result_of
from eval.trials.trial import Choice
from ingest.errors import ReviewError, StorageError
from vectorstore.index import Index

DATE = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
KNOWN = JudgedQuestion(
    id="q-1",
    question="Combien de femmes FLORA a-t-il accompagnées en 2020 ?",
    history=(),
    type="figure",
    persona="evaluator",
    answer="112 femmes.",
    key_facts=(("112 femmes",), ("212 femmes",)),
    evidence=(("112 femmes accompagnées",),),
    where=("Fiche 4a",),
    answerable=True,
)
NOWHERE = replace(
    KNOWN, id="q-2", question=UNKNOWN, type="unanswerable", persona="trainer", key_facts=(), evidence=(),
    answerable=False,
)  # fmt: skip
GOOD, POOR = Mark(1, 100, 25), Mark(1, 80, 20, (ErrorKind.WRONG_FIGURE,), "Le chiffre n'y est pas.")


@pytest.fixture(scope="module")
def run(assistant: Assistant) -> Run:
    """Twelve answerable questions and ten others, on the code of a commit."""
    known, nowhere = (ask(question, assistant) for question in (KNOWN, NOWHERE))
    outcomes = [replace(known, id=f"k{n}", chance=n / 12) for n in range(12)]
    outcomes += [replace(nowhere, id=f"n{n}", chance=n / 10) for n in range(10)]
    made = record(outcomes, assistant.index, own_questions(), "held", DATE)
    return replace(made, commit=Commit("abcdef0", False), settings=replace(made.settings, questions_sha256="0" * 64))


@pytest.fixture(scope="module")
def ratings() -> tuple:
    """Twelve answers that Anne and Bob have both finished, Bob with an error in the first; and a refusal."""
    both = [rating(f"{n:012x}", who, (GOOD,), 1) for n in range(1, 12) for who in ("Anne", "Bob")]
    first = [rating("0" * 12, "Anne", (GOOD,), 1), rating("0" * 12, "Bob", (POOR,), 1)]
    refusals = [rating("f" * 12, who, (Mark(0, 100),), 0) for who in ("Anne", "Bob")]
    return tuple(replace(r, status=Status(r.status)) for r in (*first, *both, *refusals))


@pytest.fixture
def store(database: Database) -> Reviews:
    return Reviews(database)


@pytest.fixture(scope="module")
def item(assistant: Assistant) -> Item:
    return item_of(assistant)


def made(material: Material, index: Index) -> Document:
    return evaluation_report(material, index, DATE)


def word_tables(document: Document) -> list[list[list[str]]]:
    tables = docx.Document(BytesIO(word(document))).tables
    return [[[_plain(cell.text) for cell in row.cells] for row in table.rows] for table in tables]


def html_tables(document: Document) -> list[list[list[str]]]:
    root = lxml_html.document_fromstring(html(document).decode("utf-8"))
    rows = [table.xpath(".//tr") for table in root.xpath("//table")]
    return [[[_plain(cell.text_content()) for cell in row] for row in table] for table in rows]


def _plain(text: str) -> str:
    return " ".join(text.split())


def table_under(tables: list[list[list[str]]], head: str) -> list[list[str]]:
    return next(table[1:] for table in tables if table[0][0] == head)


# Figures


@pytest.mark.parametrize("tables", [word_tables, html_tables])
def test_the_figures_of_the_run_are_those_computed_with_their_intervals(
    run: Run, index: Index, tables: Callable[[Document], list[list[list[str]]]]
) -> None:
    found = table_under(tables(made(Material(run=run), index)), said.FIGURE)
    computed = estimates(run.outcomes)

    assert len(computed) == 9
    assert found == [
        [_plain(METRICS[key].title), str(e.count), decimal(e.value), _plain(between(e.low, e.high))]
        for key, e in computed.items()
    ]


def test_a_figure_known_by_hand_stands_in_the_report(run: Run, index: Index) -> None:
    found = {row[0]: row[1:] for row in table_under(word_tables(made(Material(run=run), index)), said.FIGURE)}

    # One of the two key facts is stated, in each of the twelve answers.
    assert found["Faits clés"] == ["12", "0,500", "de 0,500 à 0,500"]
    assert found["Statut juste"] == ["22", "1,000", "de 1,000 à 1,000"]


def test_the_decisions_are_counted_and_their_totals_are_the_questions(run: Run, index: Index) -> None:
    broken = replace(run.outcomes[0], id="b", status=None, error="KeyError: 1", right_status=False)
    refused = replace(run.outcomes[0], id="r", status=Status.UNPROVABLE, right_status=False)
    other = replace(run, outcomes=(*run.outcomes, broken, refused))

    rows = table_under(word_tables(made(Material(run=other), index)), said.DECISION_HEADS[0])

    assert rows == [
        [said.HAS_ANSWER, "12", "0", "1", "1", "14"],
        [said.HAS_NONE, "0", "10", "0", "0", "10"],
    ]


def test_the_chances_announced_stand_beside_what_was_right(run: Run, index: Index) -> None:
    rows = table_under(html_tables(made(Material(run=run), index)), said.RELIABILITY_HEADS[0])

    assert len(rows) == 8
    # The three lowest of the twenty-two chances: 0 and 0 of both sorts, then 1/12 of an answerable question.
    assert rows[0][1:] == ["3", decimal(1 / 36), decimal(2 / 3)]


def test_the_sample_says_how_many_questions_of_each_type(run: Run, index: Index) -> None:
    assert table_under(html_tables(made(Material(run=run), index)), said.TYPE) == [
        ["chiffre", "12", "12"],
        ["sans réponse dans le rapport", "10", "0"],
    ]


def test_what_was_evaluated_is_named(run: Run, index: Index) -> None:
    rows = dict(table_under(word_tables(made(Material(run=run), index)), said.THING))

    assert rows[said.COMMIT] == "abcdef0"
    assert rows[said.INDEX] == index.manifest.fingerprint
    assert rows[said.MEASURED_ON] == "09/03/2026 à 08:30 UTC"
    assert rows[said.MODEL] == said.NO_MODEL


@pytest.mark.parametrize("tables", [word_tables, html_tables])
def test_the_marks_of_people_are_means_computed_by_hand(
    ratings: tuple, index: Index, tables: Callable[[Document], list[list[list[str]]]]
) -> None:
    rows = table_under(tables(made(Material(ratings=ratings), index)), "")

    # Anne gives 100 to the first answer and Bob 0,75 × 80 + 20 = 80: 90 for it, 100 for the twelve others.
    assert rows[0][:3] == [said.ALL, "13", decimal((90 + 12 * 100) / 13, 1)]
    assert rows[1][:3] == ["refus", "1", "100,0"]


def test_the_errors_are_counted_by_answer(ratings: tuple, index: Index) -> None:
    rows = table_under(word_tables(made(Material(ratings=ratings), index)), said.ERROR_HEADS[0])

    assert rows == [[KINDS[ErrorKind.WRONG_FIGURE], "1", decimal(1 / 13)]]


def test_the_agreement_of_two_raters_is_that_computed(ratings: tuple, index: Index) -> None:
    tables = word_tables(made(Material(ratings=ratings), index))
    compared = compare_raters(ratings, "Anne", "Bob")
    [row] = [row for table in tables for row in table if row[0] == said.OF_SENTENCES]

    sentences = compared.sentences
    assert row[1:3] == ["13", decimal(12 / 13)]
    assert row[3] == _plain(between(sentences.observed_low, sentences.observed_high))
    assert row[4] == decimal(sentences.kappa)


def test_the_method_defines_every_figure_of_the_report_and_no_other(run: Run, ratings: tuple, index: Index) -> None:
    text = markdown(made(Material(run=run), index))

    assert {m.key for m in figures_given(Material(run=run))} >= estimates(run.outcomes).keys()
    assert METRICS["citation_recall"].formula in text
    assert METRICS["kappa"].formula not in text
    assert METRICS["kappa"].formula in markdown(made(Material(ratings=ratings), index))


# Parts


def test_the_headings_of_the_word_file_are_the_parts_in_order(run: Run, ratings: tuple, index: Index) -> None:
    material = Material(run=run, ratings=ratings)
    paragraphs = docx.Document(BytesIO(word(made(material, index)))).paragraphs

    found = [_plain(p.text) for p in paragraphs if p.style.name == "Heading 1"]
    assert found == [part.title for part in parts_of(material)]
    assert (found[0], found[-1]) == (said.ESSENTIALS, said.LIMITS)


def test_a_part_of_which_there_is_nothing_is_not_there(run: Run, index: Index) -> None:
    titles = [block.text for block in made(Material(run=run), index).blocks if isinstance(block, Heading)]

    assert said.FIGURES in titles
    assert {said.REVIEWS, said.TRIALS, said.JUDGES, said.EXAMPLES}.isdisjoint(titles)


def test_a_report_on_nothing_is_refused(index: Index) -> None:
    unfinished = replace(rating("a" * 12, "Anne", (GOOD,), 1).review, finished=None)
    begun = replace(rating("a" * 12, "Anne", (GOOD,), 1), review=unfinished)

    for material in (Material(), Material(ratings=(begun,))):
        with pytest.raises(ReviewError, match="rien à rapporter"):
            made(material, index)


def test_the_title_and_the_author_are_those_given(run: Run, index: Index) -> None:
    document = made(Material(run=run, title="Bilan\u0000 <b>2026</b>", author="Le service"), index)

    assert document.title == "Bilan <b>2026</b>"
    assert "Établi par Le service." in markdown(document)


# Limits


def commit(material: Material, dirty: bool) -> Material:
    return replace(material, run=replace(material.run, commit=Commit("abcdef0", dirty)))


def outcomes(material: Material, change: Callable[[list], list]) -> Material:
    return replace(material, run=replace(material.run, outcomes=tuple(change(list(material.run.outcomes)))))


HOLD: dict[str, tuple[Callable[[Material], Material], str]] = {
    "no run": (lambda m: replace(m, run=None), limits.NO_RUN),
    "dirty": (lambda m: commit(m, True), limits.NOT_REPEATABLE),
    "broken": (lambda m: outcomes(m, lambda o: [replace(o[0], error="x"), *o[1:]]), limits.broken(1)),
    "fitted on": (lambda m: outcomes(m, lambda o: [replace(o[0], split="fit"), *o[1:]]), limits.fitted_on(1, 22)),
    "small group": (
        lambda m: outcomes(m, lambda o: [replace(o[0], type="list"), *o[1:]]), limits.small_groups(["liste"])
    ),
    "none unanswerable": (lambda m: outcomes(m, lambda o: o[:12]), limits.NONE_UNANSWERABLE),
    "old": (lambda m: outcomes(m, lambda o: [replace(x, chance=None) for x in o]), limits.OLD_RUN),
    "no review": (lambda m: replace(m, ratings=()), limits.NO_REVIEWS),
    "few": (lambda m: replace(m, ratings=(*m.ratings[:4], *m.ratings[-2:])), limits.few_answers(3)),
    "one rater": (lambda m: replace(m, ratings=m.ratings[::2]), limits.ONE_RATER),
    "once": (lambda m: replace(m, ratings=m.ratings[1:]), limits.once(1, 13)),
    "no refusal": (lambda m: replace(m, ratings=m.ratings[:-2]), limits.NO_REFUSAL),
    "differing": (lambda m: replace(m, differing=2), limits.differing(2)),
    "mixed": (
        lambda m: replace(m, ratings=(replace(m.ratings[0], configuration="b"), *m.ratings[1:])), limits.mixed(2)
    ),
    "unfinished": (
        lambda m: replace(
            m, ratings=(*m.ratings, replace(m.ratings[0], review=replace(m.ratings[0].review, finished=None)))
        ),
        limits.unfinished(1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOLD)
def test_a_limit_is_said_where_it_holds_and_nowhere_else(name: str, run: Run, ratings: tuple) -> None:
    base = Material(run=run, ratings=ratings)
    change, sentence = HOLD[name]

    assert sentence not in limits_of(base)
    assert sentence in limits_of(change(base))


def test_a_sound_sample_has_only_the_limits_that_its_own_figures_have(run: Run, ratings: tuple) -> None:
    one_point = [key for key, e in estimates(run.outcomes).items() if e.low == e.high]

    assert limits_of(Material(run=run, ratings=ratings)) == (
        limits.no_spread([METRICS[key].name for key in one_point], 10),
        limits.ONE_MACHINE,
    )


def test_the_limits_stand_in_the_report_as_they_were_found(run: Run, ratings: tuple, index: Index) -> None:
    material = Material(run=run, ratings=ratings, differing=2)
    paragraphs = [_plain(p.text) for p in docx.Document(BytesIO(word(made(material, index)))).paragraphs]

    at = paragraphs.index(said.LIMITS) + 1
    found = limits_of(material)
    assert paragraphs[at : at + len(found)] == [_plain(limit) for limit in found]
    assert _plain(said.to_limits(len(found))) in paragraphs


def test_the_projects_own_questions_and_what_they_do_not_reach_are_a_limit(assistant: Assistant, run: Run) -> None:
    own = record(run.outcomes, assistant.index, own_questions(), "held", DATE)
    found = limits_of(gather(assistant.index, own))

    assert limits.OWN_QUESTIONS in found
    assert any(limit.startswith("Aucune question n'a sa preuve dans") for limit in found)
    assert limits.OWN_QUESTIONS not in limits_of(Material(run=run))


# Reviews of the store


def test_reviews_are_gathered_by_source_and_by_configuration(
    store: Reviews, item: Item, assistant: Assistant, index: Index
) -> None:
    other = replace(item_of(assistant), source=Source.JUDGED)
    store.add([item, other])
    for one in (item, other):
        mark_all(store, one, "Anne")

    assert len(gather(index, reviews=store).ratings) == 2
    assert [r.source for r in gather(index, reviews=store, sources=[Source.JUDGED]).ratings] == [Source.JUDGED]
    assert gather(index, reviews=store, configuration="ffffff").ratings == ()
    assert len(gather(index, reviews=store, configuration=item.configuration).ratings) == 2


def test_examples_stand_with_their_proofs_and_their_marks(
    store: Reviews, item: Item, assistant: Assistant, index: Index
) -> None:
    poor = item_of(assistant)
    store.add([item, poor])
    mark_all(store, item, "Anne")
    mark_all(store, poor, "Anne", 80, 20)
    document = made(gather(index, reviews=store), index)
    text = markdown(document)

    assert [reference.quote for reference in document.references] == [
        _plain(citation.quote) for citation in item.record.answer.citations
    ]
    assert text.index(said.GOOD) < text.index("100 pour chaque phrase") < text.index(said.BAD) < text.index("À revoir.")


def test_the_marks_of_a_refusal_and_what_is_said_of_a_whole_answer_are_shown(
    store: Reviews, item: Item, assistant: Assistant, index: Index
) -> None:
    refusal = item_of(assistant, UNKNOWN)
    store.add([item, refusal])
    store.mark(refusal.id, "Anne", Mark(0, 0, None, (ErrorKind.SHOULD_HAVE_ANSWERED,), "Le rapport en parle."))
    store.finish(refusal.id, "Anne")
    store.mark(item.id, "Anne", Mark(0, kinds=(ErrorKind.MISSING_FACT,), reason="Et la Caf ?"))
    mark_all(store, item, "Anne")
    rows = [row for table in word_tables(made(gather(index, reviews=store), index)) for row in table]

    answered, missing = KINDS[ErrorKind.SHOULD_HAVE_ANSWERED], KINDS[ErrorKind.MISSING_FACT]
    assert [said.REFUSAL, "0", "–", answered, "Le rapport en parle."] in rows
    assert [said.WHOLE_ANSWER, "–", "–", missing, "Et la Caf ?"] in rows


def test_an_adjudicated_example_shows_what_was_decided_alone(store: Reviews, item: Item, index: Index) -> None:
    store.add([item])
    mark_all(store, item, "Anne", 0, 0)
    for position in range(1, item.sentences + 1):
        store.mark(item.id, "Chloé", Mark(position, 80, 25, (), "Tranché."), adjudication=True)
    store.finish(item.id, "Chloé", adjudication=True)
    text = markdown(made(gather(index, reviews=store), index))

    assert f"**{said.SETTLING}**" in text
    assert "Tranché." in text
    assert "À revoir." not in text


def test_answers_of_conversations_count_and_are_not_shown(store: Reviews, assistant: Assistant, index: Index) -> None:
    store.add([item_of(assistant, source=Source.CONVERSATION)])
    [identifier] = store.identifiers(Queue())
    mark_all(store, store.item(identifier), "Anne", 80, 20)
    material = gather(index, reviews=store)
    text = markdown(made(material, index))

    assert len(material.ratings) == 1
    assert material.good == material.bad == ()
    assert FLORA not in text


def test_raters_are_letters_unless_they_are_to_be_named(store: Reviews, item: Item, index: Index) -> None:
    store.add([item])
    for who in ("Anne-Sophie", "Barnabé"):
        mark_all(store, item, who)

    hidden, named = (markdown(made(gather(index, reviews=store, named=named), index)) for named in (False, True))
    assert "Sophie" not in hidden
    assert "A et B" in hidden
    assert "Sophie et Barnabé" in named


def test_a_hostile_reason_and_a_hostile_question_stay_words(store: Reviews, item: Item, index: Index) -> None:
    hostile = "<script>alert(1)</script>"
    answer = replace(item.record.answer, question=hostile, understood=hostile)
    odd = replace(item, record=replace(item.record, answer=answer))
    store.add([odd])
    store.mark(odd.id, "Anne", Mark(1, 0, 0, (), hostile))
    for position in range(2, odd.sentences + 1):
        store.mark(odd.id, "Anne", Mark(position, 100, 25))
    store.finish(odd.id, "Anne")
    root = lxml_html.document_fromstring(html(made(gather(index, reviews=store), index)).decode("utf-8"))

    assert root.xpath("//script") == []
    assert [h.text for h in root.xpath("//h4")] == [hostile]


def test_answers_made_otherwise_than_those_measured_are_a_limit(
    store: Reviews, item: Item, assistant: Assistant, run: Run
) -> None:
    same = record_of(assistant)
    odd = replace(item, record=replace(item.record, made_with=replace(item.record.made_with, version="9.9")))
    measured = replace(run, made_with=same.made_with, settings=replace(run.settings, index=same.answer.trace.index))
    for one, holds in ((item, False), (odd, True)):
        store.remove([item.id])
        store.add([one])
        mark_all(store, one, "Anne")
        found = limits_of(gather(assistant.index, measured, store))
        assert any("n'ont pas été faites comme celles de la mesure" in limit for limit in found) is holds


# Trials and judges


def test_a_trial_has_its_part_and_its_limits(assistant: Assistant, index: Index) -> None:
    trial = trial_of(assistant, 3)
    result = result_of(trial, [vote(1, Choice.FIRST), vote(2, Choice.FIRST), vote(3, Choice.SECOND)])
    material = Material(trials=((trial, result),))
    rows = dict(table_under(word_tables(made(material, index)), said.TRIAL_HEADS[0]))

    [tried] = [row for table in word_tables(made(material, index)) for row in table if row[0] == "Mots"]
    assert tried[1] == "mots seuls"
    assert rows["« Tout » préférée"] == "2"
    assert rows["« Mots » préférée"] == "1"
    assert "0,667" in markdown(made(material, index))
    name = said.trial_name(trial)
    assert {limits.even(name), limits.few_pairs(name, 3), limits.one_voter(name)} <= set(limits_of(material))


def test_a_judge_stands_apart_and_changes_no_figure(store: Reviews, item: Item, index: Index) -> None:
    store.add([item])
    mark_all(store, item, "Anne")
    judge = Judge("modèle", "judge-1")
    says = [Judgement(item.id, 1, "modèle", "judge-1", 0, "Non.", NOON)]
    without = word_tables(made(gather(index, reviews=store), index))
    judged = gather(index, reviews=store, judged=[(judge, says)])
    tables = word_tables(made(judged, index))

    assert [table for table in tables if table not in without] == [
        [list(said.JUDGE_HEADS), ["100", "0", "0", "1"], ["80", "0", "0", "0"], ["0", "0", "0", "0"]]
    ]
    assert any("ne prouvent rien" in limit for limit in limits_of(judged))


# Files


@pytest.mark.parametrize(
    ("name", "starts"), [("r.docx", b"PK"), ("r.html", b"<!doctype"), ("r.PDF", b"%PDF"), ("r.md", b"# ")]
)
def test_the_name_of_the_file_says_its_format(name: str, starts: bytes, run: Run, index: Index, tmp_path: Path) -> None:
    write_report(made(Material(run=run), index), tmp_path / name)

    assert (tmp_path / name).read_bytes().startswith(starts)


def test_an_unknown_format_and_a_folder_that_is_not_there_are_told(run: Run, index: Index, tmp_path: Path) -> None:
    document = made(Material(run=run), index)

    with pytest.raises(ReviewError, match=r"\.odt.*\.docx, \.html"):
        write_report(document, tmp_path / "r.odt")
    with pytest.raises(ReviewError, match="Donnez au fichier"):
        report_bytes(document, "")
    with pytest.raises(StorageError, match="n'a pas pu être écrit"):
        write_report(document, tmp_path / "nulle part" / "r.html")
    assert list(tmp_path.iterdir()) == []
