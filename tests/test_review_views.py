"""The page of whoever checks answers: its address, and what its views are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import rating

from assistant.answer import Status
from eval.review.agreement import compare_raters
from eval.review.files import Refused
from eval.review.item import Source
from eval.review.marks import ErrorKind, Mark
from eval.review.queue import Line, Queue, Seat, State
from eval.review.scores import scored
from eval.review.sharing_out import share_out
from ui.review import findings_labels, labels
from ui.review.address import Place, View, link_to, query, read_place
from ui.review.agreement import disagreements_view, kinds_view, marks_view
from ui.review.files import refused_view
from ui.review.received import Received, received_of
from ui.review.scores import errors_view, totals_view
from ui.review.sharing import shares_view
from ui.review.views import PAGE_SIZE, pages, queue_view, ways

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12).map(str.strip)
NAMES = WORDS.filter(lambda name: name != "-")
MAYBE = st.none() | NAMES.filter(bool)
GOOD, BAD = Mark(1, 100, 25), Mark(1, 0, 20, (ErrorKind.WRONG_FIGURE,), "12, non 21.")


@st.composite
def places(draw: st.DrawFn) -> Place:
    blind = draw(st.booleans())
    queue = Queue(
        rater="Camille",
        source=draw(st.none() | st.sampled_from(Source)),
        origin=draw(MAYBE),
        refused=draw(st.none() | st.booleans()),
        states=tuple(state for state in State if draw(st.booleans())),
        assigned=draw(st.none() | NAMES),
        configuration=None if blind else draw(MAYBE),
        words=draw(WORDS),
    )
    return Place(
        view=draw(st.sampled_from(View)),
        item=draw(NAMES),
        queue=queue,
        page=draw(st.integers(1, 999)),
        blind=blind,
        compared=(draw(NAMES), draw(NAMES)),
    )


def line(identifier: str = "a", status: Status = Status.ANSWERED, seats: tuple[Seat, ...] = ()) -> Line:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return Line(identifier, "Qui paie ?", Source.BATCH, "Essai", status, "5d6eba", 3, False, noon, ("Luc",), seats)


# --- address ----------------------------------------------------------------------------------------------------------


@given(places())
def test_an_address_leads_back_to_the_place_that_it_was_made_of(place):
    assert read_place(query(place), "Camille") == place


@given(st.dictionaries(st.sampled_from(["source", "etat", "feuille", "aveugle", "nature", "volet", "pour"]), st.text()))
def test_no_address_breaks_the_page(asked):
    assert read_place(asked, "Camille").page >= 1


def test_an_address_says_nothing_of_what_goes_without_saying():
    assert query(Place(queue=Queue(rater="Camille"))) == {"relecteur": "Camille"}


def test_a_hidden_configuration_is_not_asked_for():
    assert read_place({"configuration": "5d6eba"}, "").queue.configuration is None
    assert read_place({"configuration": "5d6eba", "aveugle": "non"}, "").queue.configuration == "5d6eba"


def test_another_view_is_about_the_same_answers_from_their_first_page():
    there = link_to(Place(queue=Queue(words="répit"), page=3), View.FILES)
    assert there.query == {"volet": "fichiers", "mots": "répit"}


def test_an_answer_opens_with_the_queue_that_it_is_of():
    there = link_to(Place(queue=Queue(rater="Camille", states=(State.TO_DO,)), page=2), item="0123456789ab")
    assert there.query == {"relecteur": "Camille", "reponse": "0123456789ab", "etat": "a-faire", "feuille": "2"}


def test_the_view_that_is_shown_is_the_current_one():
    assert [way.text for way in ways(Place(view=View.SHARE)) if way.current] == ["Répartir"]


# --- queue ------------------------------------------------------------------------------------------------------------


def test_a_line_says_how_far_one_is_oneself_and_of_others_only_who_has_finished():
    seats = (
        Seat("Ana", False, 3, True, 40.0),
        Seat("Camille", False, 2, False, None),
        Seat("Luc", False, 1, False, None),
    )
    [view] = queue_view([line(seats=seats)], 1, Place(queue=Queue(rater="camille"))).lines
    assert (view.mine, view.done) == ("2 phrases sur 3", False)
    assert view.about == ("Lot « Essai »", "3 phrases", "Attribuée à Luc", "Relue par Ana")


def test_a_configuration_shows_only_where_it_is_not_hidden():
    hidden, shown = (queue_view([line()], 1, Place(blind=blind)).lines[0].about for blind in (True, False))
    assert "Configuration 5d6eba" not in hidden
    assert "Configuration 5d6eba" in shown


@pytest.mark.parametrize(
    ("seat", "status", "said"),
    [
        (None, Status.ANSWERED, "À faire"),
        (Seat("Ana", False, 1, False, None), Status.ANSWERED, "1 phrase sur 3"),
        (Seat("Ana", False, 0, False, None), Status.SILENT, "Commencée"),
        (Seat("Ana", False, 3, True, 80.0), Status.ANSWERED, "Terminée"),
    ],
)
def test_how_far_a_review_is_is_said_in_words(seat, status, said):
    assert labels.mine(seat, 3, status is not Status.ANSWERED) == said


def test_answers_that_raters_differ_on_have_a_way_to_be_settled_in_their_own_queue_only():
    differing, whole = Queue(rater="Ana", states=(State.DIFFER,)), Queue(rater="Ana")
    assert queue_view([line()], 1, Place(queue=differing)).lines[0].settle is not None
    assert queue_view([line()], 1, Place(queue=whole)).lines[0].settle is None


def test_a_long_queue_has_pages_that_lead_to_each_other():
    lines = [line(str(n)) for n in range(PAGE_SIZE)]
    view = queue_view(lines, 120, Place(page=2))
    assert (view.start, view.shown, pages(120)) == (51, "51 à 100 sur 120", 3)
    assert view.previous.query == {}
    assert view.next.query == {"feuille": "3"}


def test_a_short_queue_has_one_page():
    view = queue_view([line()], 1, Place())
    assert (view.previous, view.next, view.shown, pages(0)) == (None, None, "", 1)


# --- around the queue -------------------------------------------------------------------------------------------------


def test_shares_say_what_each_rater_would_read():
    view = shares_view(share_out(list("abcde"), ("Ana", "Luc"), 0.4))
    assert view.rows == (("Ana", "4", "2", "2"), ("Luc", "3", "2", "1"))


def test_agreement_is_said_with_its_interval_and_a_dash_where_it_cannot_be_said():
    ratings = [rating(item, who, (GOOD,), 1) for item in "abc" for who in ("Ana", "Luc")]
    compared = compare_raters(ratings, "Ana", "Luc")
    assert marks_view(compared).rows[0] == (findings_labels.SENTENCES, "3", "3", "100 % (de 100 % à 100 %)", "–")
    assert kinds_view(compared).rows[0] == ("Mauvais endroit du rapport", "0", "0", "0", "3", "–", "–")


def test_a_kappa_has_a_comma_and_a_true_minus():
    agreement = compare_raters([rating("a", who, (GOOD,), 1) for who in ("Ana", "Luc")], "Ana", "Luc").sentences
    said = findings_labels.kappa(replace(agreement, kappa=-0.125, kappa_low=-1.0, kappa_high=0.0))
    assert said == "−0,12 (de −1,00 à 0,00)"


def test_a_disagreement_has_both_marks_with_their_reasons_and_leads_to_where_it_is_settled():
    compared = compare_raters([rating("a", "Ana", (GOOD,), 1), rating("a", "Luc", (BAD,), 1)], "Ana", "Luc")
    [entry] = disagreements_view(compared.disagreements, Place(view=View.AGREEMENT), "Ana", "Luc").entries
    assert entry.link.query == {"reponse": "a", "volet": "arbitrage"}
    said = "phrase 0 (mauvaise), citation 20 (moyenne) ; chiffre faux – « 12, non 21. »"
    assert entry.table.rows == (("Phrase 1", "phrase 100 (bonne), citation 25 (bonne)", said),)


def test_a_refusal_is_marked_as_one():
    assert findings_labels.mark(Mark(0, 100)) == "refus 100 (bon refus)"
    assert findings_labels.mark(Mark(0)) == "rien à signaler"


def test_totals_by_configuration_show_only_where_it_is_not_hidden():
    answers = scored([rating("a", "Ana", (GOOD,), 1), rating("b", "Ana", (BAD,), 1)])
    hidden, shown = (totals_view(answers, blind).rows for blind in (True, False))
    assert hidden[0][:3] == ("Toutes", "2", "60,0")
    assert [row[0] for row in shown if row not in hidden] == ["Configuration aaaaaa"]


def test_errors_found_are_counted_in_answers():
    answers = scored([rating("a", "Ana", (GOOD,), 1), rating("b", "Ana", (BAD,), 1)])
    assert [row for row in errors_view(answers).rows if row[1] != "0"] == [("Chiffre faux", "1", "50 %")]


def test_refused_lines_are_listed_with_their_number_and_reason_the_first_ones_only():
    refused = [Refused(n, "ce n'est pas un objet JSON valide") for n in range(1, findings_labels.MOST_SHOWN + 2)]
    view = refused_view(refused)
    assert view.entries[0].text == "Ligne 1 : ce n'est pas un objet JSON valide"
    assert len(view.entries) == findings_labels.MOST_SHOWN
    assert view.heading == "201 lignes refusées ; voici les 200 premières :"


@pytest.mark.parametrize("action", [None, {}, {"name": "a", "content": "é"}, {"name": 1, "content": ""}, "a"])
def test_what_is_no_file_is_ignored(action):
    assert received_of(action) is None


def test_a_file_arrives_whole():
    assert received_of({"name": "a.csv", "content": "w6k="}) == Received("a.csv", "é".encode())
