"""Where each fiche takes place: departments read by hand in its words, each proved against the report before use.

One JSON object a line: `fiche`, and its `places`, each with the INSEE `code` of a department (`FR`: the whole country),
its `name` and a `quote`, the words of the fiche that name the department or a town of it. A place whose quote is not
verified, word for word, in the text of its fiche is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from pydantic import TypeAdapter

from assistant.answer import CitationState
from assistant.proof import prove
from ingest.records import Fiche, Passage
from ingest.sources import BUNDLED

NATIONAL = "FR"
"""The code of a fiche that takes place in the whole country."""
_CODE = re.compile(rf"\d\d|2[AB]|97\d|{NATIONAL}")


@dataclass(frozen=True, slots=True)
class Place:
    """A department (or the whole country, `FR`), and the words of the fiche that say so."""

    code: str
    name: str
    quote: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is no department")


@dataclass(frozen=True, slots=True)
class FichePlaces:
    """The places of one fiche, as they were read by hand."""

    fiche: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ProvedPlaces:
    """The places of a document's fiches, by the id of the fiche, and one French line for each that is not proved."""

    by_fiche: dict[str, tuple[Place, ...]]
    faults: tuple[str, ...]


_LINE = TypeAdapter(FichePlaces)


def bundled_places() -> tuple[FichePlaces, ...]:
    """The places of the bundled report's fiches, as they were read by hand."""
    written = resources.files("ingest").joinpath(f"corpus/{BUNDLED}.places.jsonl").read_text("utf-8")
    return tuple(_LINE.validate_json(line) for line in written.splitlines())


def prove_places(read: Sequence[FichePlaces], fiches: Sequence[Fiche], passages: Sequence[Passage]) -> ProvedPlaces:
    """Keep the places whose words stand in the fiche; a fiche that the document does not hold is passed over.

    Args:
        read: the places, as they were read by hand.
        fiches: those of one document.
        passages: those of the same document.
    """
    known = {fiche.id for fiche in fiches}
    proved: dict[str, tuple[Place, ...]] = {fiche.id: () for fiche in fiches}
    faults = []
    for line in read:
        if line.fiche not in known:
            continue
        texts = [p.text for p in passages if p.fiche == line.fiche]
        for place in line.places:
            if any(prove(place.quote, text).state is CitationState.VERIFIED for text in texts):
                proved[line.fiche] += (place,)
            else:
                faults.append(f"Fiche {line.fiche}, {place.name} : « {place.quote} » n'est pas dans la fiche.")
    faults += [f"Fiche {fiche} : aucun lieu prouvé." for fiche, places in proved.items() if not places]
    return ProvedPlaces(proved, tuple(faults))
