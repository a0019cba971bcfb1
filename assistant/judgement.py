"""Whether the report answers a question: a fitted, calibrated model over several signs, none of which decides alone.

What is asked may stand near what the report says without being said: signs are how sure the best sentences are, how
like the question the likest index questions are, which of its words, names and figures no passage near it holds, and
whether those sentences can be what it wants (an amount, a date…). The weights are those of a logistic regression
(`eval/fitting/answers.py`, `assistant/weights.json`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.composition import Draft
from assistant.cues import asks_for_advice
from assistant.wanted import Wanted, told_by, wanted_of
from assistant.weighing import Models, Weighed, chance, fitted_models, weigh
from ingest.folding import fold
from vectorstore.index import Index
from vectorstore.tokens import is_english, tokens

if TYPE_CHECKING:
    from assistant.writing import Writing

LEAST_SPOKEN = 0.6
"""Share of the question's words, by rarity, that a passage near it holds, or that are asked of it, from which the
report speaks of what is asked, even where it does not answer."""
_REMOTE, _LIKE = 0.5, 0.8
"""Likeness in meaning under which an index question is far from the one asked; under which it is not the same."""
_LEAST_WORDS = 4
_BEST = 5
"""Sentences, the surest, that may be what is wanted."""
_SAY = 10
"""Index questions, the likest, whose wants are compared."""
_NAME = re.compile(r"(?<=\S )(?!M(?:me|lle|r|onsieur|adame)\b)[A-ZÀ-Ý]\w{2,}")
"""A capital that does not open the question, and no civil title."""
_NEAR = 3
"""Passages, those with the surest sentences, whose words count as near."""

FOR = (
    "three_best",
    "best_score",
    "covered",
    "together",
    "told",
    "asked_alike",
    "in_named_fiche",
    "in_place",
    "misspelt",
)
AGAINST = ("remote", "stranger", "missing_figure", "missing_name", "unknown_name", "unheard", "advice")
EITHER_WAY = ("named_fiche", "wants", "wants_amount", "wants_contact_or_law", "english", "follows", "terms")
JUDGED = (*FOR, *AGAINST, *EITHER_WAY)
"""The signs of a question, in order: those that can only speak for an answer, only against one, or either way."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The chance (0 to 1) that the report answers a question, and the signs (by `JUDGED`) that it comes from."""

    chance: float
    least: float
    """The chance from which to answer."""
    signs: NDArray[np.float64]
    spoken_of: bool
    """Where it does not answer: whether it speaks of what is asked at all."""
    share: float = 1.0
    """How sure the surest sentence of the question's scope is (0 to 1), as a share of that of the whole index."""

    @property
    def answerable(self) -> bool:
        """Whether to answer."""
        return self.chance >= self.least


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft and whether it may be shown; `writing` is what a language model wrote instead, where there is one."""

    draft: Draft
    judgement: Judgement
    writing: Writing | None = None


def judge(index: Index, draft: Draft) -> Judged:
    """Judge whether the report, or the scope of the question, answers what a draft is for."""
    judgement = judge_weighed(index, draft.weighed, fitted_models())
    everywhere = draft.weighed.findings.everywhere
    if everywhere is not None:
        # The signs say that the report answers; what it says may stand elsewhere than in the scope.
        share = min(1.0, _surest(draft.weighed) / (_surest(weigh(index, everywhere)) or 1.0))
        judgement = replace(judgement, chance=judgement.chance * share, share=share)
    return Judged(draft, judgement)


def _surest(weighed: Weighed) -> float:
    return max((choice.chance for choice in weighed.choices), default=0.0)


def judge_weighed(index: Index, weighed: Weighed, models: Models) -> Judgement:
    """Judge whether the report answers the question whose sentences were weighed."""
    if not weighed.choices:
        return Judgement(0.0, models.least, np.zeros(len(JUDGED)), False)
    signs = signs_of(index, weighed)
    logit = models.answered.logit(signs[None, :], JUDGED)
    spoken = float(signs[JUDGED.index("covered")]) >= LEAST_SPOKEN
    return Judgement(float(chance(logit)[0]), models.least, signs, spoken)


def signs_of(index: Index, weighed: Weighed) -> NDArray[np.float64]:
    """The signs of a question, shape (`JUDGED`,)."""
    understood, hits = weighed.findings.understood, weighed.findings.hits
    query = understood.query
    best = sorted(weighed.choices, key=lambda c: -c.chance)[:_BEST]
    chances = np.array([c.chance for c in best])
    passages = list(dict.fromkeys(c.passage.id for c in best))[:_NEAR]
    terms = sorted(understood.terms)
    weights = np.array([index.lexicon.weight([t]) for t in terms])
    held = index.retriever.lexical.holding(terms)
    near = held[[index.retriever.positions[p] for p in passages]]
    total = float(weights.sum()) or 1.0
    covered = float((near.any(axis=1) * weights).sum(axis=1).max()) / total
    words = fold(" ".join(index.by_id[p].text for p in passages))
    figures = re.findall(r"\d{2,}", fold(query.text))
    names = [t for name in _NAME.findall(understood.question.text) for t in tokens(name)]
    wanted = wanted_of(understood.cued)
    voters = weighed.voters[:_SAY]
    typed = max(_LEAST_WORDS, len(understood.question.text.split()))
    values = {
        "three_best": chances[:3].sum(),
        "best_score": hits[0].score,
        "covered": covered,
        "together": float((held.any(axis=1) * weights).sum(axis=1).max()) / total,
        "told": float(chances @ np.array([bool(wanted & told_by(c.quote)) for c in best]) / chances.sum()),
        "asked_alike": sum(say for q, say in voters if wanted & wanted_of(index.sentences.asked[q].text))
        / (sum(say for _, say in voters) or 1.0),
        "in_named_fiche": best[0].passage.fiche in query.fiches,
        "in_place": best[0].passage.fiche in query.fiches and best[0].passage.field in query.fields,
        "misspelt": len(understood.respelt) / typed,
        "remote": max(0.0, _REMOTE - weighed.likest),
        "stranger": max(0.0, _LIKE - weighed.likest) * (1 - covered),
        "missing_figure": any(f not in words for f in figures),
        "missing_name": float(np.mean([not _stands(n, terms, near, words) for n in names])) if names else 0.0,
        "unknown_name": any(n in terms and not held[:, :, terms.index(n)].any() for n in names),
        "unheard": float((~held.any(axis=(0, 1)) * weights).sum()) / total,
        "advice": asks_for_advice(fold(understood.question.text)),
        "named_fiche": bool(query.fiches),
        "wants": bool(wanted),
        "wants_amount": Wanted.AMOUNT in wanted,
        "wants_contact_or_law": bool(wanted & {Wanted.CONTACT, Wanted.LAW}),
        "english": is_english(understood.question.text),
        "follows": bool(understood.context),
        "terms": np.log(1 + len(terms)),
    }
    return np.array([values[name] for name in JUDGED], dtype=np.float64)


def _stands(stem: str, terms: list[str], near: NDArray[np.bool_], words: str) -> bool:
    """Whether a stem of a name stands in the passages near, or in what is asked of them."""
    return bool(near[:, :, terms.index(stem)].any()) if stem in terms else stem in words
