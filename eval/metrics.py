"""The figures by which this project is measured: pure functions over plain records.

A quote of the report counts as found in a text where 60 % of it stands there as one run, after folding case,
accents, marks and spaces. Silence on a question scores zero; it is never left out of a mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.folding import fold, letters

FOUND = 0.60
"""Share of a quote that has to stand in a text as one run."""
BUDGET_WORDS = 1000
"""Words of passages that a reader, or a model, is given."""


def is_found(quote: str, text: str, share: float = FOUND) -> bool:
    """Whether `share` (0 to 1) of a quote stands in a text as one run of folded letters and digits."""
    wanted, given = letters(quote), letters(text)
    if not wanted:
        return False
    return stands(wanted, given, share)


def stands(wanted: str, given: str, share: float = FOUND) -> bool:
    """Whether `share` (0 to 1) of folded letters, one at least, stands in others as one run."""
    if wanted in given:
        return True
    # A run of the least length must start at some offset of the quote: look for each such slice.
    least = max(1, -(-len(wanted) * round(share * 100) // 100))
    return any(wanted[i : i + least] in given for i in range(len(wanted) - least + 1))


def evidence_recall(groups: Sequence[Sequence[str]], passages: Sequence[str], budget: int = BUDGET_WORDS) -> float:
    """Share (0 to 1) of the evidence groups of which one quote is found in the first `budget` words of passages.

    Passages are best first; the one that crosses the budget is cut at it. No group at all gives 0.
    """
    if not groups:
        return 0.0
    given = letters(" ".join(" ".join(passages).split()[:budget]))
    found = sum(any(stands(letters(q), given) for q in group if letters(q)) for group in groups)
    return found / len(groups)


def evidence_ranks(groups: Sequence[Sequence[str]], passages: Sequence[str]) -> tuple[int | None, ...]:
    """For each evidence group, the rank (1 is best) of the first passage with one of its quotes; `None` where none."""
    given = [letters(passage) for passage in passages]

    def rank(group: Sequence[str]) -> int | None:
        wanted = [w for quote in group if (w := letters(quote))]
        return next((n for n, text in enumerate(given, 1) if any(stands(w, text) for w in wanted)), None)

    return tuple(map(rank, groups))


def reciprocal_rank(groups: Sequence[Sequence[str]], passages: Sequence[str]) -> float:
    """1 over the rank of the first passage that holds a quote of any group; 0 where none does."""
    for rank, passage in enumerate(passages, 1):
        if any(is_found(quote, passage) for group in groups for quote in group):
            return 1 / rank
    return 0.0


def states(fact: Sequence[str], answer: str) -> bool:
    """Whether an answer states a fact: one of its alternative wordings stands in it (punctuation folded).

    A wording may be the stem of a word (« réticen »), but a figure stands whole: « 8 % » is not in « 80 % ».
    """
    given = _plain(answer)
    wordings = [plain for wording in fact if (plain := _plain(wording))]
    return any(re.search(_whole_figures(wording), given) for wording in wordings)


def _whole_figures(wording: str) -> str:
    return (
        rf"(?<!\d){re.escape(wording)}(?!\d)"
        if any(c.isdigit() for c in (wording[0], wording[-1]))
        else re.escape(wording)
    )


def key_fact_recall(facts: Sequence[Sequence[str]], answer: str) -> float:
    """Share (0 to 1) of the key facts that an answer states; 0 where there are none to state."""
    return sum(states(fact, answer) for fact in facts) / len(facts) if facts else 0.0


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
