"""How many sentences were given as answers, and how many of them stand word for word: « 5 phrases, 5 vérifiées »."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, CitationState


def proof_count(answers: Sequence[Answer]) -> str:
    """Say how many sentences (items, rows) the answers have and how many of these rest on exact quotes only.

    The others were put back in the report's words. Empty where nothing was answered.
    """
    sentences = [sentence for answer in answers for sentence in answer.sentences]
    if not sentences:
        return ""
    total, exact = len(sentences), sum(map(_exact, answers))
    noun, mark = ("phrase", "e") if {s.kind for s in sentences} == {"sentence"} else ("élément", "")
    parts = [_many(total, noun), _many(exact, f"vérifié{mark}")]
    if total > exact:
        parts.append(f"{_many(total - exact, f'rétabli{mark}')} dans les mots du rapport")
    return ", ".join(parts)


def _exact(answer: Answer) -> int:
    """How many sentences of an answer rest on verified citations only."""
    verified = {c.number for c in answer.citations if c.state is CitationState.VERIFIED}
    return sum(verified.issuperset(sentence.citations) for sentence in answer.sentences)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
