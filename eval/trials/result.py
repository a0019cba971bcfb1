"""What came of a trial: which configuration is preferred, how sure that is, how far raters agree, what was measured.

A pair has one preference, that of most raters who chose a side; where they are even it has none. Of the pairs that have
one, the share that prefers the first configuration comes with its Wilson score interval (Wilson, 1927), and the sign
test (exact binomial, two-sided) says how often chance alone would give a share so far from one half.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from eval.compare import CONFIDENCE
from eval.review.agreement import Agreement, agreement_of
from eval.run import Figures, figures, measure
from eval.trials.trial import Choice, Configuration, Trial, Vote
from ingest.folding import fold
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each choice was made."""

    first: int = 0
    second: int = 0
    both: int = 0
    neither: int = 0
    none: int = 0

    @property
    def decided(self) -> int:
        """How many chose a side."""
        return self.first + self.second


@dataclass(frozen=True, slots=True)
class Preference:
    """Of `decided` pairs, how many prefer the first configuration.

    `share` (0 to 1) has the interval `low` to `high` (95 %); `chance` (0 to 1) is the sign test's p-value.
    """

    first: int
    decided: int
    share: float
    low: float
    high: float
    chance: float


@dataclass(frozen=True, slots=True)
class Together:
    """Two raters over the pairs on which both have an opinion."""

    first: str
    second: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of both configurations over the judged questions of a trial."""

    first: Figures
    second: Figures


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a trial.

    `alike` pairs were not shown. `pairs` counts the preferences of the others (`none`: no rater has an opinion),
    `by_rater` the votes of each. `preference` is `None` where no pair has one. `unwritten`: how many answers the
    language model of each configuration should have written and did not.
    """

    pairs: Counts
    alike: int
    by_rater: dict[str, Counts]
    preference: Preference | None
    together: tuple[Together, ...]
    unwritten: tuple[int, int]


def result_of(trial: Trial, votes: Iterable[Vote]) -> Result:
    """What the votes of a trial say."""
    by_pair: dict[int, list[Vote]] = {pair.position: [] for pair in trial.to_vote}
    by_rater: dict[str, dict[int, Choice]] = defaultdict(dict)
    names: dict[str, str] = {}
    for vote in votes:
        if vote.position in by_pair:
            by_pair[vote.position].append(vote)
            name = names.setdefault(fold(vote.rater), vote.rater)
            by_rater[name][vote.position] = vote.choice
    pairs = counts(preferred(v.choice for v in of_pair) for of_pair in by_pair.values())
    return Result(
        pairs=pairs,
        alike=len(trial.pairs) - len(trial.to_vote),
        by_rater={rater: counts(given.values()) for rater, given in sorted(by_rater.items())},
        preference=preference(pairs.first, pairs.second),
        together=tuple(_together(by_rater)),
        unwritten=(_unwritten(trial, trial.first, 0), _unwritten(trial, trial.second, 1)),
    )


def counts(choices: Iterable[Choice]) -> Counts:
    """How often each choice was made."""
    counted = Counter(choices)
    return Counts(**{choice.value: counted[choice] for choice in Choice})


def preferred(choices: Iterable[Choice]) -> Choice:
    """The choice of a pair: the side that most raters chose, `both` where they are even.

    `neither` where that is all that is said, `none` where nothing is.
    """
    counted = Counter(choices)
    if counted[Choice.FIRST] != counted[Choice.SECOND]:
        return Choice.FIRST if counted[Choice.FIRST] > counted[Choice.SECOND] else Choice.SECOND
    if counted[Choice.FIRST] or counted[Choice.BOTH]:
        return Choice.BOTH
    return Choice.NEITHER if counted[Choice.NEITHER] else Choice.NONE


def preference(first: int, second: int) -> Preference | None:
    """The preference of so many pairs for the first configuration and so many for the second; `None` without any."""
    from scipy.stats import binomtest  # half a second

    if not first + second:
        return None
    tested = binomtest(first, first + second)
    interval = tested.proportion_ci(CONFIDENCE, method="wilson")
    share = first / (first + second)
    return Preference(first, first + second, share, float(interval.low), float(interval.high), float(tested.pvalue))


def measured(trial: Trial, index: Index) -> Measured | None:
    """The figures of both configurations over the judged questions; `None` without any, or over other passages."""
    judged = trial.sample.judged or {}
    pairs = [(judged[pair.position], pair) for pair in trial.pairs if pair.position in judged]
    answers = [answer for _, pair in pairs for answer in (pair.first.answer, pair.second.answer)]
    known = all(p.id in index.by_id for answer in answers for p in answer.trace.passages)
    documents = {report.document for report in index.reports}
    if not pairs or not known or any(c.document not in documents for answer in answers for c in answer.citations):
        return None
    return Measured(
        figures(measure(question, pair.first.answer, index) for question, pair in pairs),
        figures(measure(question, pair.second.answer, index) for question, pair in pairs),
    )


def _together(by_rater: dict[str, dict[int, Choice]]) -> Iterable[Together]:
    for one, other in combinations(sorted(by_rater), 2):
        mine, theirs = by_rater[one], by_rater[other]
        both = [(mine[p], theirs[p]) for p in sorted(mine.keys() & theirs.keys())]
        given: Sequence[tuple[Choice, Choice]] = [pair for pair in both if Choice.NONE not in pair]
        if given:
            yield Together(one, other, agreement_of([[pair] for pair in given]))


def _unwritten(trial: Trial, configuration: Configuration, which: int) -> int:
    if not configuration.llm:
        return 0
    answers = [(pair.first, pair.second)[which].answer for pair in trial.pairs]
    return sum(not answer.trace.prompt and bool(answer.sentences) for answer in answers)
