"""The first step of the road: a question goes on without the personal data that it holds.

Nothing after this step sees them, so none can be sent to a language model or stored; only the user's explicit yes
(`Question.as_typed`) lets a question go on as it was typed.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Question, Turn
from assistant.personal.finding import find_personal
from vectorstore.index import Index


def protect(index: Index, question: Question) -> Question:
    """The question, and the conversation that it stands in, masked unless the user said yes to its data."""
    if question.as_typed:
        return question
    found = find_personal(question.text, index.names)
    history = tuple(Turn(t.role, find_personal(t.content, index.names).masked) for t in question.history)
    kinds = tuple(dict.fromkeys(span.kind.value for span in found.spans))
    return replace(question, text=found.masked, history=history, masked=kinds)
