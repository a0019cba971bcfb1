"""The fiche or the section that the words of a kit come from, by which points are known too."""

from __future__ import annotations

from assistant.answer import Citation


def place_of(citation: Citation) -> str:
    """The id of the fiche (`4a`), or the slug of the section (`pair-aidance`), whose words are cited."""
    return citation.fiche or citation.passage.rpartition("/")[0]
