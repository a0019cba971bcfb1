"""What of the report a period of questions has reached: counted from the usage, placed in the report's order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from assistant.answer import Status
from assistant.coverage import Period, coverage_of, window
from assistant.database import Refused, Usage

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
CITED = ("fiche-1c/genese/1", "fiche-1c/genese/2", "annexe-analyse/1")
NOTHING = Usage({}, {}, dict.fromkeys(Status, 0), 0, ())


def refused(exchange: str, status: Status, day: int) -> Refused:
    return Refused(exchange, "abc", datetime(2026, 3, day, tzinfo=UTC), f"Question {exchange} ?", status)


def used(retrieved: dict[str, int] | None = None, cited: dict[str, int] | None = None, *questions: Refused) -> Usage:
    return Usage(retrieved or {}, cited or {}, {**dict.fromkeys(Status, 0), Status.ANSWERED: 3}, 1, questions)


def place(coverage, passage: str):
    (found,) = [p for p in coverage.places if p.passage == passage]
    return found


def test_each_passage_stands_in_one_place_and_the_places_follow_the_report(index):
    places = coverage_of(NOTHING, index).places
    assert sum(p.passages for p in places) == len(index.passages)
    assert [p.fiche for p in places if p.fiche] == [f.id for f in index.fiches]
    assert places[0].passage == "debut/1"


def test_a_place_counts_how_often_its_passages_were_found_and_cited(index):
    cited = {CITED[0]: 2, CITED[1]: 1}
    fiche = place(coverage_of(used({CITED[0]: 5}, cited), index), "fiche-1c/carte/1")
    assert (fiche.found, fiche.cited, fiche.reached) == (5, 3, 2)
    assert fiche.page == "43"


def test_a_footnote_counts_for_the_part_that_calls_it(index):
    reached = [p.passage for p in coverage_of(used(cited={"note-17/1": 1}), index).places if p.cited]
    assert reached == ["fiche-2b/carte/1"]


def test_the_fiches_never_cited_are_those_without_a_citation_even_where_they_were_found(index):
    never = coverage_of(used({"fiche-4a/carte/1": 9}, {CITED[0]: 1}), index).never_cited
    assert [f.id for f in never] == [f.id for f in index.fiches if f.id != "1c"]


def test_the_refused_questions_are_told_apart_and_keep_their_order(index):
    questions = (
        refused("c", Status.UNPROVABLE, 12),
        refused("b", Status.SILENT, 11),
        refused("a", Status.UNPROVABLE, 10),
    )
    refusals = coverage_of(used(None, None, *questions), index).refusals
    assert [(r.status, [q.exchange for q in r.questions]) for r in refusals] == [
        (Status.SILENT, ["b"]),
        (Status.UNPROVABLE, ["c", "a"]),
    ]


def test_a_period_without_a_question_has_nothing_to_show(index):
    coverage = coverage_of(NOTHING, index)
    assert coverage.asked == 0
    assert len(coverage.never_cited) == 21
    assert coverage.refusals == ()


def test_the_questions_that_failed_are_counted_among_those_asked(index):
    assert coverage_of(used(), index).asked == 4


def test_a_passage_that_the_index_no_longer_has_is_counted_apart(index):
    coverage = coverage_of(used({"gone/1": 4, CITED[0]: 1}, {"gone/1": 2, "gone/2": 1}), index)
    assert coverage.gone == 2
    assert sum(p.cited for p in coverage.places) == 0


def test_no_citation_is_lost_or_counted_twice(index):
    @limits(deadline=None)
    @given(st.dictionaries(st.sampled_from(CITED), st.integers(1, 99)))
    def whatever_was_cited(cited):
        coverage = coverage_of(used(cited=cited), index)
        assert sum(p.cited for p in coverage.places) == sum(cited.values())
        assert sum(p.reached for p in coverage.places) == len(cited)

    whatever_was_cited()


@pytest.mark.parametrize(("period", "days"), [(Period.WEEK, 7), (Period.MONTH, 30), (Period.YEAR, 365)])
def test_a_period_ends_now(period, days):
    assert window(period, NOW) == (NOW - timedelta(days=days), NOW)


def test_everything_starts_before_any_question():
    assert window(Period.ALL, NOW) == (datetime(2000, 1, 1, tzinfo=UTC), NOW)


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 1000))
def test_two_dates_hold_both_days_whole(first, days):
    last = first + timedelta(days=days)
    since, until = window(Period.DATES, NOW, first, last)
    assert since <= datetime(first.year, first.month, first.day).astimezone()
    assert until > datetime(last.year, last.month, last.day, 23, 59, 59).astimezone()
    assert until <= datetime(last.year, last.month, last.day).astimezone() + timedelta(hours=26)


def test_one_date_alone_is_that_day():
    since, until = window(Period.DATES, NOW, date(2026, 3, 1))
    assert until - since == timedelta(days=1)
