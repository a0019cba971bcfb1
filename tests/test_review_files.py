"""Reviews taken away and brought back: everything comes back, and nothing damaged gets in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reviews import UNKNOWN, copies, item_of, mark_all

from assistant.answer import CitationState
from assistant.chain import Assistant
from assistant.database import Database
from eval.review.agreement import compare_raters
from eval.review.files import Checked, Standing, as_csv, as_json_lines, check_file, keep
from eval.review.files.table import HEADS
from eval.review.item import Item
from eval.review.marks import CITATION_MARKS, SENTENCE_MARKS, WHOLE, ErrorKind, Mark, positions, total
from eval.review.queue import Queue
from eval.review.scores import scored
from eval.review.store import Reviews
from ingest.errors import ReviewError
from ingest.settings import Settings
from vectorstore.index import Index

Ran = tuple[int, str, str]
HARMFUL = "=SOMME(A1:A9);\n« guillemets », \"doubles\" et 'simples'"


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Item]:
    """Three answers and a refusal."""
    return [*copies(item_of(assistant), 3), item_of(assistant, UNKNOWN)]


@pytest.fixture
def here(tmp_path: Path, answers: list[Item]) -> Reviews:
    """A store with reviews of two raters, an adjudication, and an answer that nobody has reviewed."""
    store = elsewhere(tmp_path / "here")
    store.add(answers)
    first, second, _, refusal = answers
    mark_all(store, first, "Anne")
    mark_all(store, first, "Luc", 80, 20)
    store.mark(first.id, "Zoé", Mark(1, 80, 20, (ErrorKind.PARTIAL_SUPPORT,), HARMFUL), adjudication=True)
    store.mark(second.id, "Anne", Mark(2, 0, None, (ErrorKind.WRONG_FIGURE,), "12 et non 21."))
    store.mark(refusal.id, "Anne", Mark(WHOLE, 0, None, (ErrorKind.SHOULD_HAVE_ANSWERED,), "Fiche 1c."))
    store.finish(refusal.id, "Anne")
    return store


def elsewhere(home: Path) -> Reviews:
    return Reviews(Database.open(Settings(home=home)))


def lines_of(store: Reviews) -> list[str]:
    return list(as_json_lines(store.all()))


def checked(text: str, store: Reviews, index: Index) -> Checked:
    return check_file(text.encode(), store, index)


def damaged(line: str, change: Callable[[dict], None]) -> str:
    """A line in which something was changed by hand."""
    said = json.loads(line)
    change(said)
    return json.dumps(said, ensure_ascii=False) + "\n"


def test_json_lines_bring_back_every_answer_and_every_mark(here: Reviews, tmp_path: Path, index: Index) -> None:
    there = elsewhere(tmp_path / "there")
    found = checked("".join(lines_of(here)), there, index)
    assert (found.refused, {good.standing for good in found.good}) == ((), {Standing.NEW})
    assert keep(found, there) == 6
    assert list(there.all()) == list(here.all())
    assert there.ratings() == here.ratings()


def test_each_figure_is_computed_again_from_what_was_taken_away(here: Reviews, tmp_path: Path, index: Index) -> None:
    there = elsewhere(tmp_path / "there")
    keep(checked("".join(lines_of(here)), there, index), there)
    assert compare_raters(there.ratings(), "Anne", "Luc") == compare_raters(here.ratings(), "Anne", "Luc")
    assert scored(there.ratings()) == scored(here.ratings())


def test_what_is_here_already_is_not_doubled(here: Reviews, index: Index) -> None:
    before = here.ratings()
    for text in ("".join(lines_of(here)), "".join(as_csv(here.all()))):
        found = checked(text, here, index)
        assert {good.standing for good in found.good} == {Standing.SAME}
        assert keep(found, here) == 0
    assert here.ratings() == before


def test_a_csv_filled_in_with_a_spreadsheet_is_taken_back(here: Reviews, answers: list[Item], index: Index) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(here.all())).lstrip("\ufeff"), newline=""), delimiter=";"))
    (row,) = [r for r in rows if r["reponse"] == answers[1].id]
    assert (row["note_phrase"], row["note_citation"], row["erreurs"]) == ("0", "", "wrong_figure")
    row["note_citation"], row["modifiee"] = "20", "2036-01-01T00:00:00+00:00"
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS, delimiter=",")
    writer.writeheader()
    writer.writerow(row)
    found = checked(out.getvalue(), here, index)
    assert ([good.standing for good in found.good], found.refused) == ([Standing.NEWER], ())
    keep(found, here)
    assert here.review(answers[1].id, "Anne").at(2).citation == 20


def test_a_spreadsheet_takes_no_text_for_a_formula_and_gives_it_back(here: Reviews, answers: list[Item]) -> None:
    text = "".join(as_csv(here.all()))
    cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";") for cell in row]
    assert f"'{HARMFUL}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_a_csv_of_answers_that_are_not_here_says_what_to_do(here: Reviews, tmp_path: Path, index: Index) -> None:
    found = checked("".join(as_csv(here.all())), elsewhere(tmp_path / "there"), index)
    assert found.good == ()
    assert "importez d'abord son export en lignes JSON" in found.refused[0].reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda s: s.update(kind="autre"), "n'est pas une relecture"),
        (lambda s: s.update(format=2), "version plus récente"),
        (lambda s: s["item"].pop("record"), "la réponse est abîmée"),
        (lambda s: s["item"]["record"]["answer"]["citations"][0].update(quote="x"), "la réponse est abîmée"),
        (lambda s: s["item"]["record"]["answer"]["citations"][0].update(document="autre"), "n'est pas dans cet index"),
        (lambda s: s["item"]["record"]["answer"]["sentences"][0].update(text="La NASA finance."), "dit autre chose"),
        (lambda s: s["item"]["record"]["answer"].update(question="Autre ?"), "est ici avec un autre contenu"),
        (lambda s: s["review"]["marks"][0].update(sentence=55), "la relecture est abîmée"),
        (lambda s: s["review"]["marks"][0].update(position=99), "ne convient pas à cette réponse"),
        (lambda s: s["review"]["marks"].append(s["review"]["marks"][0]), "notée deux fois"),
        (lambda s: s["review"]["marks"].pop(), "il y manque des notes"),
        (lambda s: s["review"].update(rater=" "), "Écrivez le nom"),
        (lambda s: s["review"].update(item="f" * 12), "celle d'une autre réponse"),
        (lambda s: s["review"].update(updated="2020-01-01T00:00:00Z", marks=[], finished=None), "plus récente de Anne"),
    ],
)
def test_a_damaged_line_is_refused_with_its_reason_and_the_others_are_good(
    here: Reviews, index: Index, change: Callable[[dict], None], reason: str
) -> None:
    first, *others = lines_of(here)
    found = checked("".join([others[0], damaged(first, change), "{pas du JSON\n", *others[1:]]), here, index)
    assert [refused.line for refused in found.refused] == [2, 3]
    assert reason in found.refused[0].reason
    assert len(found.good) == len(others)


def test_a_moved_quote_is_refused(here: Reviews, index: Index) -> None:
    def move(said: dict) -> None:
        citation = said["item"]["record"]["answer"]["citations"][0]
        citation["start"], citation["end"] = citation["start"] + 7, citation["end"] + 7

    found = checked(damaged(lines_of(here)[0], move), here, index)
    assert "n'est pas dans le rapport à la place indiquée" in found.refused[0].reason


def test_the_same_review_twice_in_a_file_is_refused_the_second_time(here: Reviews, index: Index) -> None:
    line = lines_of(here)[0]
    found = checked(line + line, here, index)
    assert [(r.line, r.reason) for r in found.refused] == [(2, "cette relecture est déjà à la ligne 1")]


@pytest.mark.parametrize(
    ("head", "value", "reason"),
    [
        ("note_phrase", "90", "100, 80 ou 0"),
        ("note_citation", "vingt", "il faut un nombre entier"),
        ("erreurs", "faux", "qui n'existe pas"),
        ("arbitrage", "peut-être", "écrivez « oui » ou « non »"),
        ("modifiee", "hier", "n'est pas une date"),
        ("terminee", "2026-11-24T10:00:00", "sans fuseau horaire"),
        ("position", "", "« position » est vide"),
    ],
)
def test_a_wrong_cell_refuses_its_review_and_names_its_line(
    here: Reviews, index: Index, head: str, value: str, reason: str
) -> None:
    rows = list(csv.reader(io.StringIO("".join(as_csv(here.all())), newline=""), delimiter=";"))
    rows[1][HEADS.index(head)] = value
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    found = checked(out.getvalue(), here, index)
    assert reason in next(r.reason for r in found.refused if r.line == 2)
    assert found.good


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b" \n", "est vide"),
        ("é".encode("latin-1"), "n'est pas en UTF-8"),
        (b"a;b\n1;2\n", "n'est pas un export de relectures"),
        (b"\x89PNG", "n'est pas en UTF-8"),
    ],
)
def test_a_file_of_another_sort_is_refused_as_a_whole(here: Reviews, index: Index, content: bytes, said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        check_file(content, here, index)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_marks_come_back_by_either_road(
    tmp_path: Path, answers: list[Item], index: Index, data: st.DataObject
) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    here, item = elsewhere(folder), data.draw(st.sampled_from(answers))
    here.add([item])
    for position in positions(item.sentences):
        citation = data.draw(st.sampled_from(CITATION_MARKS)) if position else None
        reason = data.draw(TEXTS)
        here.mark(item.id, "Anne", Mark(position, data.draw(st.sampled_from(SENTENCE_MARKS)), citation, (), reason))
    wanted = here.review(item.id, "Anne")
    for text in ("".join(lines_of(here)), "".join(as_csv(here.all()))):
        there = elsewhere(folder / str(len(text)))
        there.add([item])
        found = checked(text, there, index)
        assert found.refused == ()
        keep(found, there)
        back = there.review(item.id, "Anne")
        assert [(m.sentence, m.citation, m.reason) for m in back.marks] == [
            (m.sentence, m.citation, m.reason) for m in wanted.marks
        ]
        assert total(back.marks, item.sentences) == total(wanted.marks, item.sentences)


def test_the_command_line_keeps_the_good_lines_only_when_asked(
    pratiques: Callable[..., Ran], here: Reviews, indexed: Path, tmp_path: Path
) -> None:
    text = "".join(lines_of(here))
    file = tmp_path / "relectures.jsonl"
    file.write_text(text + "{}\n", "utf-8")
    code, out, err = pratiques("review", "import", file)
    assert (code, out) == (2, "")
    assert "Ligne 7 : ce n'est pas une relecture" in err
    assert "Rien n'a été gardé : 1 ligne refusée, 6 relectures à garder" in err
    with closing(Database.open(Settings(home=indexed))) as database:
        assert Reviews(database).count() == 0
    code, out, _ = pratiques("review", "import", file, "--partiel")
    assert (code, out) == (0, "Gardées : 6, dont 0 à la place d'une plus ancienne. Déjà là : 0.\n")
    with closing(Database.open(Settings(home=indexed))) as database:
        assert Reviews(database).ratings() == here.ratings()


def test_the_command_line_writes_what_it_reads(pratiques: Callable[..., Ran], here: Reviews, tmp_path: Path) -> None:
    file = tmp_path / "relectures.jsonl"
    file.write_text("".join(lines_of(here)), "utf-8")
    assert pratiques("review", "import", file)[0] == 0
    code, out, _ = pratiques("review", "export")
    assert (code, out) == (0, file.read_text("utf-8"))
    assert pratiques("review", "export", "--out", tmp_path / "r.csv")[0] == 0
    assert (tmp_path / "r.csv").read_text("utf-8-sig").startswith("reponse;question;")
    assert "Déjà là : 5" in pratiques("review", "import", tmp_path / "r.csv")[1]


def test_a_file_that_is_not_there_is_told(pratiques: Callable[..., Ran], tmp_path: Path) -> None:
    code, _, err = pratiques("review", "import", tmp_path / "rien.jsonl")
    assert (code, "ne peut pas être lu" in err) == (2, True)


def test_a_repaired_quote_stays_one(assistant: Assistant, tmp_path: Path, index: Index) -> None:
    item = item_of(assistant)
    answer = item.record.answer
    repaired = replace(answer.citations[0], state=CitationState.REPAIRED)
    item = replace(
        item, record=replace(item.record, answer=replace(answer, citations=(repaired, *answer.citations[1:])))
    )
    here, there = elsewhere(tmp_path / "a"), elsewhere(tmp_path / "b")
    here.add([item])
    keep(checked("".join(lines_of(here)), there, index), there)
    assert there.item(item.id) == item
    assert there.count(Queue()) == 1
