"""Where to read on in the report: the sections and fiches of a session, and what its discussions rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.kits.kit import Discussion, Reading
from assistant.kits.points import Teaching
from assistant.kits.request import Matter
from assistant.kits.statements import named
from assistant.wording import page_label
from ingest.records import Passage
from vectorstore.index import Index

_MOST = 12


def readings_of(
    index: Index, teaching: Teaching, matter: Matter, discussions: Sequence[Discussion]
) -> tuple[Reading, ...]:
    """Up to twelve places, none twice: sections, fiches, then the passages that the discussions cite."""
    found: dict[str, Reading] = {}
    for passage, whole in _passages(index, matter, discussions):
        place = passage.fiche or passage.group
        # A fiche or a section that is named whole is not named again for one of its passages.
        if place in found or passage.group in found:
            continue
        name = named(place, teaching)
        if not whole:
            name += f" › {passage.path[-1]}"
        page = page_label(passage.page, exact=whole or passage.page_exact)
        found[place if whole else passage.group] = Reading(passage.id, name, page)
    return tuple(found.values())[:_MOST]


def _passages(index: Index, matter: Matter, discussions: Sequence[Discussion]) -> Iterator[tuple[Passage, bool]]:
    """The passages to read, and whether the whole of the fiche or section that one opens is meant."""
    first = {(p.document, p.fiche or p.group): p for p in reversed(index.passages)}
    for (_, place), passage in first.items():
        if place in matter.sections:
            yield passage, True
    for fiche in matter.fiches:
        yield first[fiche.document, fiche.id], True
    for discussion in discussions:
        for side in discussion.sides:
            yield index.by_id[side.citations[0].passage], False
