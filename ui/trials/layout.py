"""How a trial is laid out: from its records to the plain values that the components show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.answer import UNSAID, Answer, Status
from assistant.wording import place_of
from eval.trials.result import Measured, Result, preferred
from eval.trials.store import TrialLine
from eval.trials.trial import Pair, Side, Trial, Vote, first_is_left, side_of
from ui.evaluation.places import View, link_to
from ui.navigation import link_to_words
from ui.trials import labels
from ui.trials.views import (
    AnswerView,
    ChoiceView,
    DoneView,
    KeptView,
    LineView,
    PairView,
    ResultView,
    SectionView,
    SourceView,
    TableView,
    VoteView,
)

TRIAL, PAIR = "essai", "paire"
"""What the address calls a trial, and the position of a pair."""
_VOTE_LABELS = (
    "PAIR_VIEW",
    "NO_SOURCES",
    "WORD_FOR_WORD",
    "CHOICE",
    "KEYS",
    "REASON",
    "REASON_HELP",
    "WANTS_CHOICE",
    "WANTS_REASON",
    "SAVE",
    "PREVIOUS",
    "NEXT",
    "FINISH",
    "FINISH_HELP",
    "SURE",
    "YES",
    "NO",
    "NOTES_LEFT_OUT",
)


def kept_views(lines: Sequence[TrialLine], now: datetime) -> tuple[KeptView, ...]:
    """Kept trials as they are listed; `now` is in the time zone of the reader."""
    return tuple(
        KeptView(
            labels.title(line.name, line.made.astimezone(now.tzinfo)),
            labels.kept(line.raters, line.pairs, line.made.astimezone(now.tzinfo)),
            link_to(View.TRIALS, **{TRIAL: line.id}),
        )
        for line in lines
    )


def vote_view(trial: Trial, pair: Pair, rater: str, votes: Mapping[int, Vote], done: DoneView) -> VoteView:
    """A pair as a rater sees it: nothing in it says which configuration gave which answer."""
    left = first_is_left(trial.id, pair.position, rater)
    two = (pair.first.answer, pair.second.answer) if left else (pair.second.answer, pair.first.answer)
    order = [p.position for p in trial.to_vote]
    rank = order.index(pair.position)
    vote = votes.get(pair.position)
    alone = [p for p in order if p not in votes] == [pair.position]
    return VoteView(
        draft=f"{trial.id}-{pair.position}-{rater}",
        position=pair.position,
        heading=labels.pair_heading(rank + 1, len(order)),
        voted=labels.voted(len(votes), len(order)),
        earlier=tuple(labels.turn(turn.role, turn.content) for turn in pair.first.question.history),
        question=pair.question,
        answers=(_answer(two[0], 0), _answer(two[1], 1)),
        choices=tuple(ChoiceView(side, str(key), labels.CHOICES[side]) for key, side in enumerate(Side, 1)),
        side=side_of(vote.choice, left) if vote else "",
        reason=vote.reason if vote else "",
        seen=vote.voted.isoformat() if vote else "",
        last=labels.LAST if alone else "",
        previous=order[rank - 1] if rank else 0,
        next=order[rank + 1] if rank + 1 < len(order) else 0,
        done=done,
        labels={name.lower(): getattr(labels, name) for name in _VOTE_LABELS},
    )


def result_view(trial: Trial, votes: Sequence[Vote], result: Result, measured: Measured | None) -> ResultView:
    """The result of a trial, with the names."""
    names = (trial.first.name, trial.second.name)
    sections = [
        SectionView(
            labels.COMPARED,
            (
                labels.sample(trial.sample, len(trial.pairs), result.alike),
                *map(labels.left_out, trial.sample.left_out),
                *(labels.unwritten(n, count) for n, count in zip(names, result.unwritten, strict=True) if count),
            ),
            TableView(
                labels.COMPARED,
                (labels.CONFIGURATION, labels.SEARCH, labels.LLM, labels.EMBEDDING),
                (labels.configuration_cells(trial.first), labels.configuration_cells(trial.second)),
            ),
        ),
        SectionView(labels.PREFERENCES, _preferences(trial, result, names)),
    ]
    if result.by_rater:
        rows = [
            (rater, *map(str, (c.first, c.second, c.both, c.neither, c.none))) for rater, c in result.by_rater.items()
        ]
        heads = (labels.RATER, *names, *labels.CHOICE_HEADS)
        sections.append(SectionView(labels.BY_RATER, table=TableView(labels.BY_RATER, heads, tuple(rows))))
    if result.together:
        table = TableView(labels.TOGETHER, labels.TOGETHER_HEADS, tuple(map(labels.together, result.together)))
        sections.append(SectionView(labels.TOGETHER, table=table))
    if measured is not None:
        rows_of = labels.measured(measured.first, measured.second)
        table = TableView(labels.MEASURED, (labels.FIGURE, *names), rows_of)
        sections.append(SectionView(labels.MEASURED, (labels.MEASURED_HELP,), table))
    elif trial.sample.judged:
        sections.append(SectionView(labels.MEASURED, (labels.NOT_MEASURED,)))
    return ResultView(
        tuple(sections),
        labels.PAIRS,
        tuple(_pair(pair, [v for v in votes if v.position == pair.position], names) for pair in trial.to_vote),
        {"votes": labels.VOTES},
    )


def _preferences(trial: Trial, result: Result, names: tuple[str, str]) -> tuple[str, ...]:
    told = labels.said_of(result.pairs, names, len(trial.to_vote))
    return (told, labels.preference(result.preference, names), labels.METHOD) if trial.to_vote else (told,)


def _pair(pair: Pair, votes: Sequence[Vote], names: tuple[str, str]) -> PairView:
    said = [
        f"{vote.rater} : {labels.choice(vote.choice, names)}{f' — {vote.reason}' if vote.reason else ''}"
        for vote in votes
    ]
    return PairView(
        pair.question,
        labels.choice(preferred(vote.choice for vote in votes), names),
        ((names[0], pair.first.answer.text), (names[1], pair.second.answer.text)),
        tuple(said) or (labels.NO_VOTES,),
    )


def _answer(answer: Answer, side: int) -> AnswerView:
    answered = answer.status is Status.ANSWERED
    said = " ".join(sentence.text for sentence in answer.sentences)
    return AnswerView(
        heading=labels.ANSWERS[side],
        message=answer.message,
        opening=answer.opening,
        lines=tuple(_lines(answer)) if answered else (),
        sources_heading=labels.SOURCES[side],
        sources=tuple(
            SourceView(c.number, place_of(c), _unsaid(c.quote, said), link_to_words(c)) for c in answer.citations
        ),
    )


def _unsaid(quote: str, said: str) -> str:
    """A quote on one line; empty where the answer says it word for word."""
    words = " ".join(quote.split())
    return "" if words[1:].rstrip(".;, ") in said else words


def _lines(answer: Answer) -> list[LineView]:
    if answer.table is None:
        return [LineView(s.lead, s.text, s.citations, s.kind != "sentence") for s in answer.sentences]
    lines = []
    for cell in answer.table.cells:
        said = [answer.sentences[at] for at in cell.sentences]
        lines += [LineView(cell.lead, s.text, s.citations, True) for s in said] or [
            LineView(cell.lead, UNSAID, (), True)
        ]
    return lines
