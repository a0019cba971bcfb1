"""How far two raters agree: Cohen's kappa, the share of equal marks, each kind of error; and where they differ.

Kappa (Cohen, 1960) is (p_o − p_e) / (1 − p_e): p_o is the share of units that both marked alike, p_e the share that
would be by chance, were each to spread their marks as they do but at random. It is 1 where they always agree, 0 where
they agree as chance would have it, below 0 where less. It says nothing where both give the same mark throughout.

The sentences of one answer are not independent of each other: intervals are drawn by the bootstrap over whole answers
(percentiles of 95 %), not over sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.compare import CONFIDENCE, FEW, RESAMPLES
from eval.review.marks import CITATION_MARKS, OF_A_SENTENCE, SENTENCE_MARKS, WHOLE, ErrorKind, Mark, Review, positions
from eval.review.store import Rating

_AT_ONCE = 1_000
"""Resamples drawn together, to bound the memory."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two raters agree on, over `units` of `answers`.

    `observed` is the share (0 to 1) of units marked alike, `kappa` (−1 to 1) what it is worth beyond chance; `None`
    where it cannot be said. Each has its interval, of which both ends are `None` where there is none.
    """

    units: int
    answers: int
    observed: float | None
    observed_low: float | None
    observed_high: float | None
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None

    @property
    def few(self) -> bool:
        """Whether there are too few answers for the intervals to mean something."""
        return self.answers < FEW


@dataclass(frozen=True, slots=True)
class KindAgreement:
    """How often two raters named a kind of error: both, the first alone, the second alone, neither.

    `positive` is the share (0 to 1) of agreement where it was named: 2 × both / (2 × both + one alone + other alone);
    `None` where nobody named it.
    """

    kind: ErrorKind
    both: int
    first: int
    second: int
    neither: int
    agreement: Agreement

    @property
    def positive(self) -> float | None:
        """The positive specific agreement (Cicchetti and Feinstein, 1990)."""
        named = 2 * self.both + self.first + self.second
        return 2 * self.both / named if named else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place of an answer where two raters said different things; `settled`: the adjudication has decided."""

    item: str
    question: str
    position: int
    first: Mark
    second: Mark
    settled: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two raters over the answers that both have finished; `refusals`: how many of these are refusals.

    `sentences` are the marks of sentences and of refusals, `citations` those of citations, `kinds` of each kind.
    """

    first: str
    second: str
    answers: int
    refusals: int
    sentences: Agreement
    citations: Agreement
    kinds: tuple[KindAgreement, ...]
    disagreements: tuple[Disagreement, ...]


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Cohen's kappa of two lists of labels of the same units; `None` where it cannot be said."""
    labels = list(dict.fromkeys([*first, *second]))
    table = _table(list(zip(first, second, strict=True)), labels)
    value = float(_kappas(table[np.newaxis])[0])
    return None if np.isnan(value) else value


def agreement_of(by_answer: Sequence[Sequence[tuple[Hashable, Hashable]]], seed: int = 0) -> Agreement:
    """The agreement of two raters: for each answer, the labels that both gave to each of its units."""
    labels = list(dict.fromkeys(label for units in by_answer for pair in units for label in pair))
    tables = np.array([_table(units, labels) for units in by_answer if units], np.float64)
    if not len(tables):
        return Agreement(0, 0, None, None, None, None, None, None)
    whole = tables.sum(axis=0, keepdims=True)
    observed, kappa = float(_shares(whole)[0]), float(_kappas(whole)[0])
    shares, kappas = _resampled(tables, seed)
    said = not np.isnan(kappa)
    low, high = _interval(kappas) if said else (None, None)
    return Agreement(int(whole.sum()), len(tables), observed, *_interval(shares), kappa if said else None, low, high)


def pairs_of(ratings: Iterable[Rating]) -> list[tuple[str, str, int]]:
    """The pairs of raters who have finished the same answers, and how many of these; most first."""
    raters: dict[str, set[str]] = defaultdict(set)
    for rating in ratings:
        if rating.review.finished is not None and not rating.review.adjudication:
            raters[rating.review.rater].add(rating.review.item)
    found = [(a, b, len(raters[a] & raters[b])) for a, b in combinations(sorted(raters), 2)]
    return sorted((pair for pair in found if pair[2]), key=lambda pair: -pair[2])


def compare_raters(ratings: Iterable[Rating], first: str, second: str) -> Compared:
    """Compare two raters, by name, over the answers that both have finished."""
    of_both, settled = _of_both(ratings, first, second)
    sentences = [[(_value(a.at(p).sentence), _value(b.at(p).sentence)) for p in at] for a, b, at, _ in of_both]
    citations = [[(_value(a.at(p).citation), _value(b.at(p).citation)) for p in at if p] for a, b, at, _ in of_both]
    return Compared(
        first=first,
        second=second,
        answers=len(of_both),
        refusals=sum(at == (WHOLE,) for _, _, at, _ in of_both),
        sentences=agreement_of(sentences),
        citations=agreement_of(citations),
        kinds=tuple(_kind_agreement(kind, of_both) for kind in ErrorKind),
        disagreements=tuple(_disagreements(of_both, settled)),
    )


_Both = tuple[Review, Review, tuple[int, ...], Rating]


def _of_both(ratings: Iterable[Rating], first: str, second: str) -> tuple[list[_Both], set[str]]:
    """The reviews of the answers that both finished, with the positions to mark, and the answers that are settled."""
    by_item: dict[str, dict[str, Rating]] = defaultdict(dict)
    settled = set()
    for rating in ratings:
        if rating.review.finished is None:
            continue
        if rating.review.adjudication:
            settled.add(rating.review.item)
        else:
            by_item[rating.review.item][rating.review.rater] = rating
    found = [(of[first], of[second]) for of in by_item.values() if first in of and second in of]
    return [(a.review, b.review, positions(a.sentences), a) for a, b in found], settled


def _kind_agreement(kind: ErrorKind, of_both: Sequence[_Both]) -> KindAgreement:
    by_answer: list[list[tuple[Hashable, Hashable]]] = []
    for a, b, at, _ in of_both:
        # Some kinds are of a sentence, the others of the answer as a whole: a unit is what may have it.
        units = [p for p in at if p] if kind in OF_A_SENTENCE else [WHOLE] if _may_have(kind, at) else []
        by_answer.append([(kind in a.at(p).kinds, kind in b.at(p).kinds) for p in units])
    flat = [pair for units in by_answer for pair in units]
    return KindAgreement(
        kind,
        both=flat.count((True, True)),
        first=flat.count((True, False)),
        second=flat.count((False, True)),
        neither=flat.count((False, False)),
        agreement=agreement_of(by_answer),
    )


def _may_have(kind: ErrorKind, at: tuple[int, ...]) -> bool:
    return (kind is ErrorKind.SHOULD_HAVE_ANSWERED) == (at == (WHOLE,))


def _disagreements(of_both: Sequence[_Both], settled: set[str]) -> Iterable[Disagreement]:
    for a, b, at, rating in of_both:
        for position in sorted({*at, WHOLE}):
            one, other = a.at(position), b.at(position)
            if (one.sentence, one.citation, one.kinds) != (other.sentence, other.citation, other.kinds):
                yield Disagreement(a.item, rating.question, position, one, other, a.item in settled)


def _value(mark: int | None) -> int:
    return -1 if mark is None else mark


def _table(pairs: Sequence[tuple[Hashable, Hashable]], labels: Sequence[Hashable]) -> NDArray[np.float64]:
    """How often the first gave each label (rows) where the second gave each (columns)."""
    at = {label: number for number, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)), np.float64)
    for one, other in pairs:
        table[at[one], at[other]] += 1
    return table


def _resampled(tables: NDArray[np.float64], seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The shares and the kappas of answers drawn again with replacement, shape (`RESAMPLES`,) each."""
    generator, answers = np.random.default_rng(seed), len(tables)
    # Answers that were marked alike are drawn together: there are few such tables, however many the answers.
    distinct, counts = np.unique(tables.reshape(answers, -1), axis=0, return_counts=True)
    shares, kappas = [], []
    for _ in range(0, RESAMPLES, _AT_ONCE):
        drawn = generator.multinomial(answers, counts / answers, size=_AT_ONCE)
        summed = (drawn @ distinct).reshape(_AT_ONCE, *tables.shape[1:])
        shares.append(_shares(summed))
        kappas.append(_kappas(summed))
    return np.concatenate(shares), np.concatenate(kappas)


def _shares(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    counts: NDArray[np.float64] = tables.sum(axis=(1, 2))
    alike: NDArray[np.float64] = np.trace(tables, axis1=1, axis2=2)
    shares: NDArray[np.float64] = np.divide(alike, counts, out=np.full_like(alike, np.nan), where=counts > 0)
    return shares


def _kappas(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cohen's kappa of each table, shape (tables,); not a number where chance alone gives full agreement."""
    counts = tables.sum(axis=(1, 2))
    by_chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1)
    # Whole numbers until the division: nothing is lost to rounding where chance alone would give full agreement.
    over = counts * np.trace(tables, axis1=1, axis2=2) - by_chance
    under = counts * counts - by_chance
    kappas: NDArray[np.float64] = np.divide(over, under, out=np.full_like(over, np.nan), where=under > 0)
    return kappas


def _interval(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not len(known):
        return None, None
    low, high = np.quantile(known, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


assert -1 not in {*SENTENCE_MARKS, *CITATION_MARKS}
