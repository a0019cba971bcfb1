"""An answer written by the language model, of which only what code proves is kept.

Each claim comes with its passage and its quote. As soon as it is complete, the quote goes through the citation gate
and the sentence is held against it; what fails is dropped and counted. The model's answer is used where at least one
claim is proved, and no more claims are refused than proved: a model that mostly invents is not believed for the rest.
Otherwise, and wherever the service fails, there are no claims and one line says so: the answer is then made of the
report's own sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import CitationState
from assistant.claims import has_markup, unheld
from assistant.growing_reply import Deadline, ask_twice_within, growing_reply
from assistant.language_model import OTHER_FORM
from assistant.proof import Proof, prove
from assistant.writing_prompt import MOST_ANSWER_WORDS, MOST_CLAIM_WORDS, PROMPT_VERSION, WRITING, writing_message
from ingest.errors import LanguageModelError, ReplyError
from ingest.folding import letters
from ingest.records import LEAST_QUOTE, Passage
from ingest.settings import Settings
from vectorstore.tokens import words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_PASSAGE_WORDS = 1_800
"""Words of passages that are sent, headings left aside: about 3,000 tokens."""
LEAST_CLAIM_WORDS = 3
"""Words below which there is no sentence, and nothing to hold against a quote."""
_INSTEAD = " la réponse est faite des phrases du rapport."


class _Claim(BaseModel):
    """Une affirmation et sa preuve."""

    model_config = ConfigDict(extra="forbid", title="Claim")

    passage: int = Field(description="numéro du passage qui prouve l'affirmation")
    quote: str = Field(description=f"mots exacts de ce passage, d'un seul tenant, {LEAST_QUOTE} caractères au moins")
    sentence: str = Field(description="phrase courte, en français, qui ne dit rien de plus que la citation")


class _Reply(BaseModel):
    """La réponse à la question ; aucune affirmation si les passages n'y répondent pas."""

    model_config = ConfigDict(extra="forbid", title="Reply")

    claims: list[_Claim] = Field(description="les affirmations, la plus importante d'abord")


@dataclass(frozen=True, slots=True)
class ProvedClaim:
    """A sentence of the model and the words of the report that prove it; `proof` is verified or repaired."""

    text: str
    passage: Passage
    proof: Proof

    def __post_init__(self) -> None:
        if self.proof.state is CitationState.UNPROVED:
            raise ValueError(f"a claim without proof: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Writing:
    """What the model wrote and code proved.

    `dropped` counts the claims left out, whatever the reason, save repeated ones. `note` is one French line for the
    user where the model's answer cannot be used, else empty. `prompt` is the version of the prompt.
    """

    claims: tuple[ProvedClaim, ...]
    dropped: int
    note: str
    prompt: str


@dataclass(slots=True)
class _Sorting:
    """The claims of a reply, sorted as they come: proved, refused, or too many words."""

    passages: Sequence[Passage]
    tell: Callable[[ProvedClaim], None]
    done: int = 0
    words: int = 0
    refused: int = 0
    left_out: int = 0
    proved: dict[str, ProvedClaim] = field(default_factory=dict)
    stop: Exception | None = None
    """What `tell` raised: it is no failure of the service."""

    def take(self, items: Sequence[Any]) -> None:
        """Sort the claims that were not sorted yet."""
        for item in items[self.done :]:
            self.done += 1
            self._sort(item)

    def _sort(self, item: Any) -> None:
        claim = _proved(item, self.passages)
        if claim is None:
            self.refused += 1
        elif (key := letters(claim.text)) not in self.proved:
            length = len(words(claim.text))
            if self.words + length > MOST_ANSWER_WORDS:
                self.left_out += 1
                return
            self.words += length
            self.proved[key] = claim
            try:
                self.tell(claim)
            except Exception as error:
                self.stop = error
                raise


def write(
    model: BaseChatModel,
    question: str,
    passages: Sequence[Passage],
    settings: Settings,
    tell: Callable[[ProvedClaim], None] = lambda claim: None,
    stop: Event | None = None,
) -> Writing:
    """Let the model answer a question from passages (best first), and keep what code proves.

    `tell` is given each claim as soon as it is proved. Where the answer turns out unusable afterwards (cut, or mostly
    invented), the result has no claims: what was told is then to be taken back. Whatever `tell` raises closes the
    stream and goes up. A failure of the service never raises. All of it, the wait for a free place and a second try
    included, takes at most `llm_timeout_s` seconds; there is no second try once something was told.

    Raises:
        Stopped: `stop` was set; the stream is closed.
    """
    shown = _shown(passages)
    if not shown:
        return Writing((), 0, "", PROMPT_VERSION)
    deadline = Deadline.after(settings.llm_timeout_s, stop)
    messages = [("system", WRITING), ("human", writing_message(question, shown))]
    sorting = _Sorting(passages[: len(shown)], tell)

    def ask() -> None:
        sorting.done = sorting.refused = sorting.left_out = 0
        with closing(growing_reply(model, messages, _Reply, settings, deadline)) as replies:
            items: Any = None
            for reply in replies:
                items = reply.get("claims")
                if isinstance(items, list):
                    sorting.take(items[:-1])  # the last one may be unfinished
        if not isinstance(items, list):
            raise ReplyError(OTHER_FORM)
        sorting.take(items)

    try:
        ask_twice_within(deadline, ask, lambda: not sorting.proved)
    except LanguageModelError as error:
        if error is sorting.stop:
            raise
        return Writing((), sorting.refused + sorting.left_out, _note(error), PROMPT_VERSION)
    return _written(sorting)


def _note(error: LanguageModelError) -> str:
    """What is said to the user where the model fails: what happened, without its remedy, and what it means."""
    return f"{str(error).split('. ')[0].rstrip('.')} :{_INSTEAD}"


def _written(sorting: _Sorting) -> Writing:
    claims, dropped = tuple(sorting.proved.values()), sorting.refused + sorting.left_out
    if not sorting.done:
        note = f"Le modèle de langue n'a pas trouvé de réponse dans ces passages :{_INSTEAD}"
    elif len(claims) < max(1, sorting.refused):
        note = f"Le rapport ne prouve pas assez de ce que le modèle de langue a écrit :{_INSTEAD}"
    else:
        return Writing(claims, dropped, "", PROMPT_VERSION)
    return Writing((), dropped, note, PROMPT_VERSION)


def _proved(item: Any, passages: Sequence[Passage]) -> ProvedClaim | None:
    """The claim, its quote in the report's own words; `None` where it is not of the form, not plain or not proved."""
    try:
        claim = _Claim.model_validate(item, strict=True)
    except ValidationError:
        return None
    text = " ".join(claim.sentence.split())
    if has_markup(text) or not LEAST_CLAIM_WORDS <= len(words(text)) <= MOST_CLAIM_WORDS:
        return None
    if not 1 <= claim.passage <= len(passages):
        return None
    passage = passages[claim.passage - 1]
    proof = prove(claim.quote, passage.text)
    if proof.quote is None or _touches_damage(proof, passage) or unheld(text, proof.quote):
        return None
    return ProvedClaim(text, passage, proof)


def _touches_damage(proof: Proof, passage: Passage) -> bool:
    if proof.start is None or proof.end is None:
        return True
    start, end = passage.start + proof.start, passage.start + proof.end
    return any(unit.damaged and start < unit.end and unit.start < end for unit in passage.units)


def _shown(passages: Sequence[Passage]) -> list[tuple[tuple[str, ...], str]]:
    """What the model is shown of the passages: none of the damaged units, and no more words than the budget."""
    shown: list[tuple[tuple[str, ...], str]] = []
    left = MOST_PASSAGE_WORDS
    for passage in passages:
        pieces = re.findall(r"\s*\S+", _undamaged(passage))[:left]
        if not pieces:
            break
        left -= len(pieces)
        shown.append((passage.path, "".join(pieces).strip()))
    return shown


def _undamaged(passage: Passage) -> str:
    kept, at = "", 0
    for unit in passage.units:
        if unit.damaged:
            kept += passage.text[at : unit.start - passage.start] + "[…]"
            at = unit.end - passage.start
    return kept + passage.text[at:]
