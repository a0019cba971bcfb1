"""Personal data in a question: found on the machine, so that a masked wording can be proposed before anything else.

Numbers are told by their form (`marks.py`), names by what announces them (`names.py`). What is masked
stays a question that can be asked: « Mme Durand » becomes « Mme [nom] ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from assistant.personal.marks import find_marks
from assistant.personal.names import find_names
from assistant.personal.text import CaseText, PersonalKind, PersonalSpan

PLACEHOLDERS = {
    PersonalKind.PHONE: "[téléphone]",
    PersonalKind.EMAIL: "[courriel]",
    PersonalKind.ADDRESS: "[adresse]",
    PersonalKind.SOCIAL_SECURITY: "[numéro de sécurité sociale]",
    PersonalKind.NAME: "[nom]",
    PersonalKind.BIRTH_DATE: "[date de naissance]",
    PersonalKind.BANK_ACCOUNT: "[compte bancaire]",
    PersonalKind.RECORD_NUMBER: "[numéro de dossier]",
    PersonalKind.LICENCE_PLATE: "[immatriculation]",
}
_PLACEHOLDER = re.compile("|".join(re.escape(p) for p in PLACEHOLDERS.values()))
_DATE_AFTER_NAME = re.compile(
    r" ?[,(] ?((?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:(?:19|20)\d{2}|\d{2}))(?![\d/])"
)


@dataclass(frozen=True, slots=True)
class Personal:
    """A text, the personal data in it, in order and without overlap, and the same text without them."""

    text: str
    spans: tuple[PersonalSpan, ...]
    masked: str

    @property
    def found(self) -> bool:
        """Whether the text holds personal data."""
        return bool(self.spans)

    @property
    def words(self) -> tuple[str, ...]:
        """The personal data as typed, in order."""
        return tuple(self.text[s.start : s.end] for s in self.spans)


def find_personal(text: str, public_names: Set[str] = frozenset()) -> Personal:
    """The personal data of a question, and its masked wording.

    Args:
        text: the question as typed.
        public_names: folded words that name people, organisations and places in the report.
    """
    spans = _detect(text, public_names)
    # Masking can uncover what stood behind a longer reading: the masked wording is read again until it is clean.
    while True:
        masked, origins = _mask(text, spans)
        more = _detect(masked, public_names)
        if not more:
            return Personal(text, tuple(spans), masked)
        back = [PersonalSpan(origins[s.start], origins[s.end - 1] + 1, s.kind) for s in more]
        spans = sorted([*spans, *back], key=lambda s: s.start)


def without_placeholders(text: str) -> str:
    """A masked text as it is searched: what stands for personal data says nothing of what is asked."""
    return _PLACEHOLDER.sub(" ", text)


def _mask(text: str, spans: Iterable[PersonalSpan]) -> tuple[str, list[int]]:
    """The masked text, and for each of its characters its offset in the text (that of the span, in a placeholder)."""
    pieces: list[str] = []
    origins: list[int] = []
    at = 0
    for span in spans:
        placeholder = PLACEHOLDERS[span.kind]
        pieces += [text[at : span.start], placeholder]
        origins += [*range(at, span.start), *[span.start] * len(placeholder)]
        at = span.end
    pieces.append(text[at:])
    origins += range(at, len(text))
    return "".join(pieces), origins


def _detect(text: str, public_names: Set[str]) -> list[PersonalSpan]:
    """The personal data of a text, in order, without overlap and outside its placeholders."""
    case = CaseText(text)
    kept: list[PersonalSpan] = []
    closed = [found.span() for found in _PLACEHOLDER.finditer(text)]

    def keep(candidates: Iterable[PersonalSpan]) -> None:
        for span in candidates:
            if all(span.end <= start or span.start >= end for start, end in closed):
                kept.append(span)
                closed.append((span.start, span.end))

    keep(find_marks(case))
    keep(sorted(find_names(case, public_names, in_case=bool(kept)), key=lambda s: (s.start, -s.end)))
    names = [s for s in kept if s.kind is PersonalKind.NAME]
    keep(
        PersonalSpan(*date.span(1), PersonalKind.BIRTH_DATE)
        for name in names
        if (date := _DATE_AFTER_NAME.match(text, name.end))
    )
    return sorted(kept, key=lambda s: s.start)
