"""What lets a statement of a kit through: its words stand in the report, and it says no more than they do.

A statement says the same as its quote where it is the quote, or a sentence that this installation proves of it itself.
Any other, smoothed by a language model or worded by another version, has to pass the gate of a model's sentences
(`assistant/claims.py`) and to keep closer to its quote than one of a model: whoever wrote it had the file at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Citation, CitationState
from assistant.claims import has_markup, unheld
from assistant.conclusion import as_sentence
from assistant.kits.cases import LEADS
from assistant.kits.kit import Origin, Statement
from assistant.kits.places import place_of
from assistant.kits.points import Teaching
from assistant.kits.quiz.wording import says, true_of
from assistant.kits.statements import named
from assistant.proof import prove
from ingest.folding import letters
from ingest.outline import CARD
from ingest.records import Passage, UnitKind
from vectorstore.index import Index
from vectorstore.tokens import tokens

_LEAST_SHARE = 2 / 3
"""The share of the full words of a sentence from elsewhere that its quote has, at least."""


class Refused(Exception):
    """What is not let through; its message says why, in French."""


class Gate:
    """Statements held against the passages of an index."""

    def __init__(self, index: Index, teaching: Teaching) -> None:
        self.index = index
        self.teaching = teaching
        self._cited: dict[Citation, Citation] = {}
        points = [(text, point.citation.quote) for point in teaching.points for text in (point.text, point.short)]
        sides = [(side.text, side.citation.quote) for tension in teaching.tensions for side in tension.sides]
        self._proved = {*points, *sides}
        """Texts with their quotes, as they were proved when the teaching was read."""

    def held(self, statement: Statement) -> Statement:
        """The statement, its citations made anew; one that is not the report's is let through without any lead.

        What a trainer put other words in the place of comes back only where it is held itself.

        Raises:
            Refused: it is attributed to the report, which does not say it.
        """
        if statement.origin is Origin.REPORT:
            return self._of_report(statement)
        try:
            was = statement.was and self._of_report(statement.was)
        except Refused:
            was = None
        return replace(statement, lead="", was=was)

    def _of_report(self, statement: Statement) -> Statement:
        if statement.origin is not Origin.REPORT:
            raise Refused("ce ne sont pas des mots du rapport")
        citations = tuple(map(self.cite, statement.citations))
        # Many quotes together hold almost any words: one of them alone has to.
        why = [self._unsaid(statement.text, citation.quote) for citation in citations]
        if all(why):
            raise Refused(why[0])
        return replace(statement, citations=citations, lead=self._lead(statement.lead, citations[0]), was=None)

    def cite(self, old: Citation) -> Citation:
        """The citation as the index has it; where its passage has moved, found again by its words in the same place.

        Raises:
            Refused: the words are not there, or stand in a damaged sentence.
        """
        if old not in self._cited:
            self._cited[old] = self._cite_anew(old)
        return self._cited[old]

    def _cite_anew(self, old: Citation) -> Citation:
        wanted = letters(old.quote)
        for passage in self._passages_of(old):
            if wanted not in letters(passage.text):
                continue
            proof = prove(old.quote, passage.text)
            if proof.state is not CitationState.VERIFIED or proof.start is None or proof.end is None:
                continue
            start, end = passage.start + proof.start, passage.start + proof.end
            if any(unit.damaged and unit.start < end and start < unit.end for unit in passage.units):
                raise Refused("la conversion a abîmé ces mots")
            return Citation.of(passage, start, end, proof.state, old.number)
        raise Refused("la citation n'est pas mot pour mot dans le rapport")

    def _passages_of(self, old: Citation) -> Iterator[Passage]:
        """The passage that a citation names, then the others of its fiche or section."""
        named_one = self.index.by_id.get(old.passage)
        if named_one is not None:
            yield named_one
        place = place_of(old)
        for passage in self.index.passages:
            if place in (passage.fiche, passage.group) and passage is not named_one:
                yield passage

    def _unsaid(self, text: str, quote: str) -> str:
        """Why a text says what its quote does not, in French; empty where it says the same, or less."""
        plain = quote.strip().lstrip("-–•").strip()
        as_read = {said for words in (quote, plain) for said in (words, *(as_sentence(words, k) for k in UnitKind))}
        if text in as_read or (text, quote) in self._proved:
            return ""
        if has_markup(text):
            return "la phrase contient des signes qui ne se lisent pas"
        said, given = set(tokens(text)), set(tokens(quote))
        if len(said & given) < _LEAST_SHARE * len(said):
            return "la phrase s'éloigne des mots cités"
        return unheld(text, quote)

    def _lead(self, lead: str, citation: Citation) -> str:
        """What is said before a statement: as it is where this installation says so, else the name of its place."""
        place = place_of(citation)
        name = f"{named(place, self.teaching)} :"
        elsewhere = true_of(place, self.teaching)
        if lead in ("", name, elsewhere, says(place, self.teaching), *LEADS) or _is_card_label(lead, citation):
            return lead
        return elsewhere if lead.startswith(elsewhere.partition(".")[0]) else name


def _is_card_label(lead: str, citation: Citation) -> bool:
    return any(lead == f"{label} :" and citation.quote.startswith(label) for label in CARD.values())
