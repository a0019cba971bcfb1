"""Work done aside: it says how far it is, ends as it should, and its failures are said in French."""

from __future__ import annotations

from threading import Event

import pytest

from eval.aside import Aside, Tell
from ingest.errors import ReviewError, Stopped


def failing(error: Exception) -> Aside[str]:
    def work(tell: Tell, stop: Event) -> str:
        raise error

    aside = Aside(work)
    aside.wait(10)
    return aside


def test_it_says_how_far_it_is_and_gives_what_came_of_it() -> None:
    go_on, told = Event(), Event()

    def work(tell: Tell, stop: Event) -> str:
        tell(1, 2)
        told.set()
        go_on.wait(10)
        return "fait"

    aside = Aside(work)
    told.wait(10)
    assert (aside.done, aside.total, aside.under_way, aside.result) == (1, 2, True, None)
    go_on.set()
    aside.wait(10)
    assert (aside.under_way, aside.result, aside.failure) == (False, "fait", "")


def test_it_is_stopped_without_result_nor_failure() -> None:
    def work(tell: Tell, stop: Event) -> str:
        stop.wait(10)
        raise Stopped

    aside = Aside(work)
    aside.stop()
    aside.wait(10)
    assert (aside.stopped, aside.under_way, aside.result, aside.failure) == (True, False, None, "")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ReviewError("Il manque un nom."), "Il manque un nom."),
        (KeyError("x"), "Une erreur imprévue a tout arrêté (KeyError : 'x'). Relancez."),
    ],
)
def test_whatever_goes_wrong_is_said(error: Exception, said: str) -> None:
    assert failing(error).failure == said
