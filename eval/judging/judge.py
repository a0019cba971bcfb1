"""A language model judges answers to review, sentence by sentence; what it says is kept as soon as it is said.

It is shown the sentences, their quotes and the passages these stand in, and nothing else: neither the question, nor who
asked it, nor any mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.growing_reply import Deadline, ask_twice_within, growing_reply
from assistant.language_model import OTHER_FORM, open_model
from eval.aside import Tell
from eval.judging.judgement import Judgement
from eval.judging.prompt import JUDGING, PROMPT_VERSION, Shown, judging_message
from eval.judging.store import Judgements
from eval.review.item import Item
from ingest.errors import ReplyError, Stopped
from ingest.settings import Settings
from vectorstore.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

AT_ONCE = 8
"""Sentences of one call: a comparison may have dozens."""
MOST_WHY = 600
"""Characters of a reason that are kept."""


class _Judgement(BaseModel):
    """Ce que les citations disent d'une phrase."""

    model_config = ConfigDict(extra="forbid", title="Judgement")

    phrase: int = Field(description="numéro de la phrase")
    raison: str = Field(description="ce que les citations disent de la phrase, en une ou deux phrases simples")
    note: Literal[100, 80, 0] = Field(description="100 : tout est dit ; 80 : l'essentiel ; 0 : ce n'est pas dit")


class _Reply(BaseModel):
    """Un jugement pour chaque phrase."""

    model_config = ConfigDict(extra="forbid", title="Judgements")

    jugements: list[_Judgement] = Field(description="un jugement pour chaque phrase, dans l'ordre")


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a round: how many answers were judged, and how many replies were not of the form asked for."""

    answers: int
    unusable: int


def judge_items(
    items: Sequence[Item], index: Index, settings: Settings, judgements: Judgements, tell: Tell, stop: Event
) -> Judged:
    """Have answers judged by the language model of the settings, and keep what it says answer by answer.

    Raises:
        LanguageModelError: it cannot be opened, or does not answer any more; what it said before is kept.
        Stopped: `stop` was set; what it said before is kept.
        StorageError: what it said cannot be kept.
    """
    model = open_model(settings)
    answers = unusable = 0
    tell(0, len(items))
    for number, item in enumerate(items, 1):
        if stop.is_set():
            raise Stopped
        try:
            said = list(judge_item(item, model, index, settings, stop))
        except ReplyError:
            unusable += 1
        else:
            judgements.keep(said)
            answers += 1
        tell(number, len(items))
    return Judged(answers, unusable)


def judge_item(
    item: Item, model: BaseChatModel, index: Index, settings: Settings, stop: Event | None = None
) -> Iterator[Judgement]:
    """What the model says of each sentence of an answer; of a refusal, nothing.

    Raises:
        ReplyError: its reply is not of the form asked for, twice over.
        LanguageModelError: it cannot be asked.
        Stopped: `stop` was set.
    """
    sentences = shown(item, index) if item.sentences else []
    for at in range(0, len(sentences), AT_ONCE):
        part = sentences[at : at + AT_ONCE]
        for judgement in _asked(part, model, settings, stop):
            yield Judgement(
                item=item.id,
                position=judgement.phrase,
                model=settings.llm or "",
                prompt=PROMPT_VERSION,
                mark=judgement.note,
                why=" ".join(judgement.raison.split())[:MOST_WHY],
                made=datetime.now(UTC),
            )


def shown(item: Item, index: Index) -> list[Shown]:
    """The sentences of an answer as the model is shown them; a passage that is not indexed any more is its quote."""
    answer = item.record.answer
    quotes = {}
    for citation in answer.citations:
        passage = index.by_id.get(citation.passage)
        quotes[citation.number] = (citation.quote, passage.text if passage is not None else citation.quote)
    return [
        Shown(position, f"{s.lead} {s.text}".strip(), tuple(quotes[number] for number in s.citations))
        for position, s in enumerate(answer.sentences, 1)
    ]


def _asked(
    sentences: Sequence[Shown], model: BaseChatModel, settings: Settings, stop: Event | None
) -> list[_Judgement]:
    """The judgements of some sentences, in their order, one of each."""
    deadline = Deadline.after(settings.llm_timeout_s, stop)
    messages = [("system", JUDGING), ("human", judging_message(sentences))]

    def ask() -> list[_Judgement]:
        said: Any = None
        with closing(growing_reply(model, messages, _Reply, settings, deadline)) as replies:
            for reply in replies:
                said = reply
        try:
            given = _Reply.model_validate(said, strict=True).jugements
        except ValidationError as error:
            raise ReplyError(OTHER_FORM) from error
        if sorted(j.phrase for j in given) != [s.position for s in sentences]:
            raise ReplyError(OTHER_FORM)
        return sorted(given, key=lambda judgement: judgement.phrase)

    return ask_twice_within(deadline, ask)
