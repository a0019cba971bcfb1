"""A question worded anew by the language model for the search: it stands alone, in the report's words.

What comes out only serves to search, and is never an answer; where anything fails, nothing comes out.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Question
from assistant.claims import has_markup
from assistant.growing_reply import Deadline, ask_twice_within, growing_reply
from assistant.language_model import OTHER_FORM
from assistant.writing_prompt import REWRITING, rewriting_message
from ingest.errors import LanguageModelError, ReplyError
from ingest.settings import Settings
from vectorstore.tokens import tokens

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_CHARACTERS = 300
_SHARE = 3
"""A rewriting takes at most this fraction of the time that an answer may take."""


class _Reworded(BaseModel):
    """La question telle qu'elle se comprend seule."""

    model_config = ConfigDict(extra="forbid", title="Reworded")

    question: str = Field(description="la question, en une ligne, en français")


def rewrite(model: BaseChatModel, question: Question, settings: Settings, stop: Event | None = None) -> str:
    """The question, its follow-up resolved, in the report's vocabulary; empty where the model gives nothing usable.

    Unusable: empty, without a full word, several lines, over 300 characters, or holding markup or an address. Takes
    at most a third of `llm_timeout_s`, a second try included, and never raises for what the service does.

    Raises:
        Stopped: `stop` was set.
    """
    deadline = Deadline.after(settings.llm_timeout_s / _SHARE, stop)
    messages = [("system", REWRITING), ("human", rewriting_message(question))]

    def ask() -> str:
        said: Any = None
        for reply in growing_reply(model, messages, _Reworded, settings, deadline):
            said = reply.get("question")
        if not isinstance(said, str):
            raise ReplyError(OTHER_FORM)
        return said.strip()

    try:
        said = ask_twice_within(deadline, ask)
    except LanguageModelError:
        return ""
    usable = tokens(said) and len(said) <= MOST_CHARACTERS and not has_markup(said)
    return said if usable else ""
