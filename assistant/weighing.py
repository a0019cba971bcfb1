"""What each sentence found has in its favour as part of the answer, weighed by a fitted model.

    findings → the sentences of the passages found, and of those that the likest index questions are asked of
             → signs, one row a sentence (`SIGNS`) → the chance that a careful colleague would copy it out

The weights are those of a logistic regression (`eval/fitting/answers.py`, `assistant/weights.json`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from assistant.cues import DEFINES, Kind
from assistant.retrieval import Findings
from assistant.wanted import told_by, wanted_of
from ingest.folding import fold
from ingest.outline import CARD
from ingest.records import Passage, Unit, UnitKind
from vectorstore.index import Index
from vectorstore.lexical import place_of
from vectorstore.sentences import quotable
from vectorstore.tokens import tokens

_LOOKED_AT = 15
"""Passages found whose sentences are weighed; twice as many where several fiches are named."""
_VOTERS = 40
"""Index questions, the likest ones, that say which sentences answer."""
_SHARPNESS = 0.06
"""How fast a question's say falls with its likeness: the temperature of a softmax."""
_PRIOR = 0.15
"""How much the score of its passage (as a share of the best) adds to the likeness of an index question."""
_UNFOUND = 0.5
"""The score of a passage that the search did not bring, as a share of the best one's."""
_CONTEXT = 0.4
"""How much a word of the question followed up counts, beside one of the question itself."""
_SHORT = 5
_CARD_LABEL = re.compile("^(" + "|".join(map(re.escape, CARD.values())) + ") : ", re.MULTILINE)

LISTS = (Kind.LIST, Kind.PROCEDURE)
LISTED = (UnitKind.ITEM, UnitKind.ROW)

SIGNS = (
    "passage_score", "passage_rank", "meaning", "meaning_share", "words", "words_around", "tfidf",
    "asked", "asked_share", "votes", "passage_votes", "votes_within", "best_vote_within", "vote_beside",
    "other_fiche", "named_fiche", "asked_field", "opens_field", "says_cue", "tells", "tells_not",
    "defines", "listed", "opens_list", "opens_for_nothing", "card_asked", "card_unasked",
    "length", "short", "first", "likest", "passage_asked", "asked_section",
)  # fmt: skip
"""The columns of a matrix of signs, in the order of `_Weigher._signs`."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model: the chance is 1 / (1 + exp(−(intercept + Σ weight × sign)))."""

    intercept: float
    weights: dict[str, float]

    def logit(self, matrix: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float64]:
        """The log-odds of each row; a sign without a weight counts nothing."""
        total: NDArray[np.float64] = matrix @ np.array([self.weights.get(n, 0.0) for n in names]) + self.intercept
        return total


@dataclass(frozen=True, slots=True)
class Models:
    """The two fitted models: is this sentence part of the answer; can the question be answered from them."""

    sentence: Linear
    answered: Linear
    least: float
    """The chance of `answered` from which a question is answered."""


_MODELS = TypeAdapter(Models)


@cache
def fitted_models() -> Models:
    """The models that ship with the project (`assistant/weights.json`)."""
    return _MODELS.validate_json(resources.files("assistant").joinpath("weights.json").read_bytes())


def dump_models(models: Models) -> bytes:
    """Models as they are saved."""
    return _MODELS.dump_json(models, indent=2) + b"\n"


def chance(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds as chances, 0 to 1."""
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    return chances


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be part of the answer: `chance` (0 to 1) that it is.

    `shared` is the share (0 to 1) of the question's telling words, by rarity, that it holds.
    """

    passage: Passage
    unit: Unit
    chance: float
    shared: float = 0.0

    @property
    def quote(self) -> str:
        """The words of the unit."""
        return self.passage.words_of(self.unit)

    @property
    def opens(self) -> bool:
        """Whether the unit is the line that opens a list (« … suppose : »)."""
        return opens(self.quote)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The sentences weighed, in the order of the report; `signs` has a row for each, shape (choices, `SIGNS`).

    `voters` are the index questions (their positions) that had a say and how much, the most first.
    """

    findings: Findings
    choices: tuple[Choice, ...]
    signs: NDArray[np.float64]
    voters: tuple[tuple[int, float], ...]
    likest: float
    """How like in meaning (−1 to 1) the likest index question is; 0 where there is none."""


def opens(words: str) -> bool:
    """Whether words open a list."""
    return words.rstrip().endswith(":")


def weigh(index: Index, findings: Findings, model: Linear | None = None) -> Weighed:
    """Weigh the sentences that may answer, by the model that ships or by another."""
    return _Weigher(index, findings).weighed(model or fitted_models().sentence)


class _Weigher:
    """One question's signs; what is the same for all sentences is computed once."""

    def __init__(self, index: Index, findings: Findings) -> None:
        self.index, self.findings = index, findings
        self.understood = findings.understood
        self.query = self.understood.query
        names = index.lexicon.named_fiches(self.query.text) if self.query.fiches else {}
        # Every sentence of a fiche is about what its name says: the other words tell them apart.
        self.telling = self.understood.terms - set(tokens(" ".join(names))) or self.understood.terms
        self.rows = {CARD[name] for name in self.understood.card_values}
        self.wanted = wanted_of(self.understood.cued)
        # Within a scope as in the whole index: the best passage of a scope may be far from what is asked.
        best = (findings.everywhere or findings).hits
        top = best[0].score if best else 1.0
        self.score = {h.passage.id: h.score / top for h in findings.hits}
        self.rank = {h.passage.id: 1 / n for n, h in enumerate(findings.hits, 1)}
        self._ask()

    def _ask(self) -> None:
        """What the index questions say: which sentences answer the likest of them."""
        sentences, sought = self.index.sentences, self.findings.sought
        count, likeness = len(self.index.passages), sought.likeness
        self.meaning = sentences.sentences.by_meaning(sought.vector)
        self.tfidf = sentences.sentences.by_words(sought.terms)
        self.voters: list[tuple[int, float]] = []
        self.votes = np.zeros(sentences.first[-1])
        self.asked = np.zeros(sentences.first[-1])
        self.passage_votes = np.zeros(count)
        self.passage_asked = sentences.asked_of(likeness, count)
        self.likest, self.likest_meaning = float(likeness.max(initial=0)), 0.0
        if not len(likeness):
            return
        found = np.array([self.score.get(p.id, 0.0) for p in self.index.passages])
        say = likeness + _PRIOR * found[sentences.passage_of]
        voters = _largest(say, _VOTERS)
        shares = np.exp((say[voters] - say[voters[0]]) / _SHARPNESS)
        shares /= shares.sum()
        self.voters = [(int(j), float(share)) for j, share in zip(voters, shares, strict=True)]
        for j, share in self.voters:
            self.passage_votes[sentences.asked[j].passage] += share
            self.votes[list(sentences.asked[j].answers)] += share
        for j in _largest(likeness, 5 * _VOTERS):
            answers = list(sentences.asked[j].answers)
            self.asked[answers] = np.maximum(self.asked[answers], likeness[j])
        self.likest_meaning = sentences.questions.nearness(int(np.argmax(likeness)), sought.vector)

    def weighed(self, model: Linear) -> Weighed:
        """The sentences of the passages looked at, with their chances."""
        choices: list[Choice] = []
        rows: list[list[float]] = []
        scope = self.understood.question.scope
        at = sorted(i for i in self._looked_at() if scope.holds(self.index.passages[i]))
        meaning = [self.meaning[self._span(i)].max(initial=0) for i in at]
        self.best_meaning = max([*meaning, 1e-6])
        for i in at:
            passage = self.index.passages[i]
            around = self._share(_held(passage))
            for n, unit in enumerate(quotable(passage)):
                rows.append(self._signs(i, n, passage, unit, around))
                shared = float(rows[-1][SIGNS.index("words")])
                choices.append(Choice(passage, unit, 0.0, shared))
        signs = np.array(rows, dtype=np.float64).reshape(len(rows), len(SIGNS))
        chances = chance(model.logit(signs, SIGNS))
        choices = [replace(c, chance=float(p)) for c, p in zip(choices, chances, strict=True)]
        return Weighed(self.findings, tuple(choices), signs, tuple(self.voters), self.likest_meaning)

    def _looked_at(self) -> set[int]:
        """Positions of passages: the first found, those that voters are asked of, the fields asked of fiches named."""
        positions, query = self.index.retriever.positions, self.query
        depth = _LOOKED_AT * (2 if len(query.fiches) > 1 else 1)
        found = {positions[h.passage.id] for h in self.findings.hits[:depth]}
        if not found:
            return set()
        found |= {self.index.sentences.asked[j].passage for j, share in self.voters if share > 0.005}
        if self.understood.kind is Kind.OVERVIEW and not query.fiches:
            cards = [i for i, p in enumerate(self.index.passages) if p.field == "carte"]
            return found | {positions[h.passage.id] for h in self.findings.hits} | {i for i in cards if self._speaks(i)}
        wanted = enumerate(self.index.passages)
        return found | {i for i, p in wanted if p.fiche in query.fiches and p.field in query.fields}

    def _speaks(self, i: int) -> bool:
        """Whether the passage at `i` holds a telling word of the question."""
        return not self.telling.isdisjoint(tokens(self.index.passages[i].text))

    def _span(self, i: int) -> slice:
        first = self.index.sentences.first
        return slice(first[i], first[i + 1])

    def _signs(self, i: int, n: int, passage: Passage, unit: Unit, around: float) -> list[float]:
        """The signs of the `n`-th sentence of the passage at `i`, as `SIGNS` orders them."""
        understood, query, kind = self.understood, self.query, self.understood.kind
        at = self.index.sentences.first[i] + n
        words = passage.words_of(unit)
        within = self.votes[self._span(i)]
        beside = within[max(0, n - 1) : n + 2].sum() - within[n]
        named = passage.fiche in query.fiches
        whole = named and any(passage.field in c.fields and c.whole for c in understood.cues)
        card = card_label(passage, unit)
        count = len(words.split())
        told = self.wanted & told_by(words)
        return [
            self.score.get(passage.id, _UNFOUND),
            self.rank.get(passage.id, 0.0),
            self.meaning[at],
            self.meaning[at] / self.best_meaning,
            self._share(frozenset(tokens(f"{announced(passage, unit)} {words}"))),
            around,
            self.tfidf[at],
            self.asked[at],
            self.asked[at] / self.likest if self.likest > 0 else 0.0,
            self.votes[at],
            self.passage_votes[i],
            self.votes[at] / (self.passage_votes[i] + 0.02),
            within.max(initial=0),
            beside,
            bool(query.fiches) and passage.fiche is not None and not named,
            named,
            passage.field in query.fields and (named or not query.fiches),
            whole and n == 0 and passage.id.endswith("/1"),
            any(cue.words.search(fold(words)) for cue in understood.cues),
            bool(told),
            bool(self.wanted) and not told,
            kind is Kind.DEFINITION and (bool(DEFINES.search(words)) or passage.field == "definition"),
            kind in LISTS and unit.kind in LISTED,
            kind in LISTS and opens(words),
            kind not in LISTS and opens(words),
            card in self.rows,
            bool(card) and card not in self.rows,
            np.log(count),
            count < _SHORT and unit.kind is not UnitKind.ROW,
            n == 0,
            self.likest,
            self.passage_asked[i] / self.likest if self.likest > 0 else 0.0,
            passage.fiche is None and passage.group in query.sections,
        ]

    def _share(self, held: Set[str]) -> float:
        """The share (0 to 1) of the question's telling words, by rarity, among these stems."""
        weight, context = self.index.lexicon.weight, self.understood.context
        total = weight(self.telling) + _CONTEXT * weight(context)
        return (weight(self.telling & held) + _CONTEXT * weight(context & held)) / total if total else 0.0


def _largest(values: NDArray[np.floating], count: int) -> NDArray[np.int64]:
    """The positions of the largest values, the largest first; of equal ones the first."""
    if count < len(values):
        least = np.partition(values, -count)[-count]
        at = np.flatnonzero(values >= least)
    else:
        at = np.arange(len(values))
    return at[np.argsort(-values[at], kind="stable")][:count]


def _held(passage: Passage) -> frozenset[str]:
    """The stems of a passage and of the headings that it stands under."""
    return frozenset(tokens(f"{place_of(passage)} {passage.text}"))


def card_label(passage: Passage, unit: Unit) -> str:
    """The label that a row of a fiche's card stands under; empty for any other unit."""
    if passage.field != "carte":
        return ""
    above = _CARD_LABEL.findall(passage.text[: unit.end - passage.start])
    return str(above[-1]) if above else ""


def announced(passage: Passage, unit: Unit) -> str:
    """What the report prints before a line's first sentence to say what it is about (« Financements : »)."""
    before = passage.text[: unit.start - passage.start].rsplit("\n", 1)[-1]
    opening = unit.start - len(before)
    return "" if any(opening <= u.start < unit.start for u in passage.units) else before
