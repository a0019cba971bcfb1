"""The wording of a kit made smoother by the language model: sentence by sentence, each held against its own proof.

The model is shown what the report says in a kit, and nothing else. A sentence of its own takes the place of one of the
kit only where code finds that it says no more than the quotes under it; the proofs stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.claims import has_markup, unheld
from assistant.growing_reply import Deadline, ask_twice_within, growing_reply
from assistant.kits.kit import Kit, Origin, Statement
from assistant.language_model import OTHER_FORM
from assistant.writing_prompt import DATA
from ingest.errors import LanguageModelError, ReplyError

if TYPE_CHECKING:
    from assistant.author import Author

PROMPT_VERSION = "smooth-1"
"""To be raised whenever a word of the prompt changes."""
_MOST_WORDS = 45
_AT_ONCE = 12
"""Statements that are shown in one call."""

_SMOOTHING = f"""\
Tu relis les phrases d'un support de formation tirées d'un rapport français. Un programme vérifie ensuite chaque \
phrase mot à mot contre sa citation : tout ce qui en dit plus est refusé.

Tu reçois un objet JSON : `phrases`, chacune avec son `numero`, son `texte` et la `citation` du rapport qui la prouve.

Écris `sentences` : pour chaque phrase que tu peux rendre plus simple, plus claire ou mieux écrite, son `number` et la \
nouvelle `sentence`, en français.
- Elle ne dit rien de plus que la citation, et rien de moins que la phrase. Tout chiffre, date, nom propre, sigle et \
négation est dans la citation.
- Une phrase complète, de {_MOST_WORDS} mots au plus, qui se comprend seule. Du texte simple : ni Markdown, ni adresse.
- Une phrase qui va bien comme elle est n'est pas reprise.

{DATA}"""


class _Smoothed(BaseModel):
    """Une phrase mieux écrite."""

    model_config = ConfigDict(extra="forbid", title="Smoothed")

    number: int = Field(description="numéro de la phrase reçue")
    sentence: str = Field(description="la phrase mieux écrite, qui ne dit rien de plus que sa citation")


class _Reply(BaseModel):
    """Les phrases mieux écrites ; aucune si toutes vont bien."""

    model_config = ConfigDict(extra="forbid", title="Reply")

    sentences: list[_Smoothed] = Field(description="les phrases reprises, dans l'ordre")


def smooth(kit: Kit, author: Author) -> Kit:
    """The kit in smoother words where they are proved; as it is, with a note, where the service fails.

    All calls together take at most `llm_timeout_s` seconds; what was smoothed in time is kept.
    """
    deadline = Deadline.after(author.settings.llm_timeout_s)
    told = [s for s in dict.fromkeys(_told(kit)) if s.origin is Origin.REPORT]
    better: dict[Statement, Statement] = {}
    note = ""
    for first in range(0, len(told), _AT_ONCE):
        batch = told[first : first + _AT_ONCE]
        try:
            better |= _held(_ask(author, batch, deadline), batch)
        except LanguageModelError as error:
            note = f"{str(error).split('. ')[0].rstrip('.')} : le reste est dans les mots de départ."
            break
    if not better:
        return replace(kit, note=note)
    return replace(_rewritten(kit, better), model=author.settings.llm or "", note=note)


def _told(kit: Kit) -> list[Statement]:
    """What is read aloud or handed out; the options of a quiz are left alone, so that they stay alike."""
    statements = [point for sequence in kit.sequences for point in sequence.points]
    statements += [s for case in kit.cases for s in (*case.situation, *case.obstacles, *case.outcome)]
    return statements + [side for discussion in kit.discussions for side in discussion.sides]


def _ask(author: Author, batch: Sequence[Statement], deadline: Deadline) -> list[Any]:
    shown = [
        {"numero": number, "texte": s.text, "citation": " […] ".join(c.quote for c in s.citations)}
        for number, s in enumerate(batch, 1)
    ]
    messages = [("system", _SMOOTHING), ("human", json.dumps({"phrases": shown}, ensure_ascii=False))]

    def ask() -> list[Any]:
        said: Any = None
        with closing(growing_reply(author.model, messages, _Reply, author.settings, deadline)) as replies:
            for reply in replies:
                said = reply.get("sentences")
        if not isinstance(said, list):
            raise ReplyError(OTHER_FORM)
        return said

    return ask_twice_within(deadline, ask)


def _held(items: Sequence[Any], batch: Sequence[Statement]) -> dict[Statement, Statement]:
    """The statements whose new words are plain and say no more than their quotes."""
    better = {}
    for item in items:
        try:
            said = _Smoothed.model_validate(item, strict=True)
        except ValidationError:
            continue
        text = " ".join(said.sentence.split())
        if not 1 <= said.number <= len(batch) or has_markup(text) or not 3 <= len(text.split()) <= _MOST_WORDS:
            continue
        old = batch[said.number - 1]
        if not unheld(text, " ".join(citation.quote for citation in old.citations)):
            better[old] = replace(old, text=text)
    return better


def _rewritten(kit: Kit, better: Mapping[Statement, Statement]) -> Kit:
    def new(old: Sequence[Statement]) -> tuple[Statement, ...]:
        return tuple(better.get(statement, statement) for statement in old)

    return replace(
        kit,
        sequences=tuple(replace(s, points=new(s.points)) for s in kit.sequences),
        cases=tuple(
            replace(c, situation=new(c.situation), obstacles=new(c.obstacles), outcome=new(c.outcome))
            for c in kit.cases
        ),
        discussions=tuple(replace(d, sides=new(d.sides)) for d in kit.discussions),
    )
