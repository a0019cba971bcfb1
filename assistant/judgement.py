"""Whether the report answers a question: a fitted, calibrated model over several signs, none of which decides alone.

What is asked may stand near what the report says without being said: signs are how sure the best sentences are, how
like the question the likest index questions are, which of its words, names and figures no passage near it holds, and
whether those sentences can be what it wants (an amount, a date…). The weights are those of a logistic regression
(`eval/fit_answers.py`, `assistant/weights.json`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.composition import Draft
from assistant.cues import asks_for_advice
from assistant.wanted import Wanted, told_by, wanted_of
from assistant.weighing import Models, Weighed, chance, fitted_models
from ingest.folding import fold
from vectorstore.index import Index
from vectorstore.lexical import FIELDS
from vectorstore.tokens import is_english, tokens

LEAST_SPOKEN = 0.4
"""Share of the question's words, by rarity, that passages near it hold, less half of those that the report never
uses, from which the report speaks of what is asked without answering."""
_MOSTLY, _LIKE = 0.5, 0.8
"""Share of unheard words that is most of a question; likeness in meaning under which an index question is not it."""
_BEST = 5
"""Sentences, the surest, that may be what is wanted."""
_NEAR = 3
"""Passages, those with the surest sentences, whose words count as near."""

if TYPE_CHECKING:
    from assistant.writing import Writing

JUDGED = (
    "best_chance", "best_logit", "three_best", "best_score", "score_gap", "passage_votes", "votes_apart",
    "likest_meaning", "likest_words", "best_meaning", "covered", "covered_by_text", "covered_anywhere", "together",
    "foreign", "unheard", "all_unheard", "stranger", "named_fiche", "in_named_fiche", "missing_figure", "missing_name",
    "wants", "told", "asked_alike", "wants_amount", "wants_contact_or_law", "advice", "english", "follows", "terms",
)  # fmt: skip
"""The signs of a question, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The chance (0 to 1) that the report answers a question, and the signs (by `JUDGED`) that it comes from."""

    chance: float
    least: float
    """The chance from which to answer."""
    signs: NDArray[np.float64]
    spoken_of: bool
    """Where it does not answer: whether it speaks of what is asked at all."""

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
    """Judge whether the report answers the question that a draft is for."""
    return Judged(draft, judge_weighed(index, draft.weighed, fitted_models()))


def judge_weighed(index: Index, weighed: Weighed, models: Models) -> Judgement:
    """Judge whether the report answers the question whose sentences were weighed."""
    if not weighed.choices:
        return Judgement(0.0, models.least, np.zeros(len(JUDGED)), False)
    signs = signs_of(index, weighed)
    logit = models.answered.logit(signs[None, :], JUDGED)
    spoken = float(signs[JUDGED.index("covered_by_text")]) - 0.5 * float(signs[JUDGED.index("foreign")])
    return Judgement(float(chance(logit)[0]), models.least, signs, spoken >= LEAST_SPOKEN)


def signs_of(index: Index, weighed: Weighed) -> NDArray[np.float64]:
    """The signs of a question, shape (`JUDGED`,)."""
    understood, hits = weighed.findings.understood, weighed.findings.hits
    query = understood.query
    best = sorted(weighed.choices, key=lambda c: -c.chance)[:_BEST]
    chances = np.array([c.chance for c in best])
    sure = float(np.clip(chances[0], 1e-6, 1 - 1e-6))
    passages = list(dict.fromkeys(c.passage.id for c in best))[:_NEAR]
    terms = sorted(understood.terms)
    weights = np.array([index.lexicon.weight([t]) for t in terms])
    held = index.retriever.lexical.holding(terms)
    near = held[[index.retriever.positions[p] for p in passages]]
    total = float(weights.sum()) or 1.0
    votes = np.zeros(len(index.passages))
    for question, share in weighed.voters:
        votes[index.sentences.asked[question].passage] += share
    first_two = np.sort(votes)[::-1][:2]
    words = fold(" ".join(index.by_id[p].text for p in passages))
    figures = re.findall(r"\d+", fold(query.text))
    names = [w for n in re.findall(r"(?<=\S )[A-ZÀ-Ý]\w+", understood.question.text) for w in tokens(n)]
    wanted = wanted_of(understood.cued)
    told = [bool(wanted & told_by(c.quote)) for c in best]
    asked = [bool(wanted & wanted_of(index.sentences.asked[q].text)) * share for q, share in weighed.voters[:10]]
    foreign = [t not in index.lexicon.idf for t in terms]
    nowhere = ~held.any(axis=(0, 1))
    return np.array(
        [
            sure,
            np.log(sure / (1 - sure)),
            chances[:3].sum(),
            hits[0].score,
            (hits[0].score - hits[min(5, len(hits) - 1)].score) / max(hits[0].score, 1e-6),
            first_two[0],
            first_two[0] - first_two[1],
            weighed.likeness[0],
            weighed.likeness[1],
            weighed.signs[:, 2].max(),
            float((near.any(axis=1) * weights).sum(axis=1).max()) / total,
            float((near[:, : FIELDS.index("questions")].any(axis=1) * weights).sum(axis=1).max()) / total,
            float((near.any(axis=(0, 1)) * weights).sum()) / total,
            float((held.any(axis=1) * weights).sum(axis=1).max()) / total,
            float((np.array(foreign) * weights).sum()) / total,
            float((nowhere * weights).sum()) / total,
            float((nowhere * weights).sum()) / total > _MOSTLY,
            # Neither its words nor its meaning are near anything that the report says or is asked.
            max(0.0, _LIKE - weighed.likeness[0]) * (1 - float((near.any(axis=1) * weights).sum(axis=1).max()) / total),
            bool(query.fiches),
            bool(query.fiches) and best[0].passage.fiche in query.fiches,
            bool(figures) and not all(f in words for f in figures),
            np.mean([not near[:, :, terms.index(n)].any() if n in terms else n not in words for n in names])
            if names
            else 0.0,
            bool(wanted),
            float(chances @ np.array(told) / chances.sum()) if wanted else 0.0,
            sum(asked) / (sum(s for _, s in weighed.voters[:10]) or 1.0) if wanted else 0.0,
            Wanted.AMOUNT in wanted,
            bool(wanted & {Wanted.CONTACT, Wanted.LAW}),
            asks_for_advice(fold(understood.question.text)),
            is_english(understood.question.text),
            bool(understood.context),
            np.log(1 + len(terms)),
        ],
        dtype=np.float64,
    )
