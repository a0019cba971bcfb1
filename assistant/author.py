"""The language model's part in an answer: it rewords the question for the search, and writes from the passages found.

What it writes goes through the citation gate (`assistant/writing.py`); where it fails, the answer stays that of the
report's own sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from assistant.judgement import Judged
from assistant.language_model import open_model
from assistant.rewriting import rewrite
from assistant.understanding import Understood, understand
from assistant.writing import ProvedClaim, write
from ingest.records import Passage
from ingest.settings import Settings
from vectorstore.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_PASSAGES = 12
"""Passages given to the model at most, best first; a budget of words bounds them too."""


@dataclass(frozen=True)
class Author:
    """A language model and the settings that bound what it may take."""

    model: BaseChatModel
    settings: Settings

    @classmethod
    def open(cls, settings: Settings) -> Author:
        """Open the model that the settings name; nothing is sent yet.

        Raises:
            LanguageModelError: it cannot be opened; the message says what to do.
        """
        return cls(open_model(settings), settings)

    def reword(self, index: Index, understood: Understood, stop: Event | None = None) -> Understood:
        """The question understood, searched in the model's words beside its own.

        Raises:
            Stopped: `stop` was set.
        """
        said = rewrite(self.model, understood.question, self.settings, stop)
        if not said:
            return understood
        meant = understand(index, replace(understood.question, text=said, history=()))
        query = replace(
            understood.query,
            gloss=f"{understood.query.gloss} {meant.query.text}".strip(),
            fiches=understood.query.fiches or meant.query.fiches,
            fields=understood.query.fields | meant.query.fields,
        )
        return replace(understood, text=said, query=query)

    def write(
        self, judged: Judged, tell: Callable[[ProvedClaim], None] | None = None, stop: Event | None = None
    ) -> Judged:
        """The judgement, with what the model wrote where the report is thought to answer.

        Raises:
            Stopped: `stop` was set.
        """
        if not judged.judgement.answerable:
            return judged
        weighed = judged.draft.weighed
        surest: dict[str, Passage] = {}
        for choice in sorted(weighed.choices, key=lambda c: -c.chance):
            surest.setdefault(choice.passage.id, choice.passage)
        passages = list(surest.values())[:_PASSAGES]
        asked = weighed.findings.understood.text
        tell = tell or (lambda claim: None)
        return replace(judged, writing=write(self.model, asked, passages, self.settings, tell, stop))
