"""The files of a session kit: which formats there are, what each may hold, and the bytes of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.exports import guide_of, handout_of, markdown, pdf, plain, quiz_of, word
from assistant.exports.document import Document
from assistant.exports.gift_text import gift
from assistant.exports.moodle_file import moodle_xml
from assistant.kits.kit import Kit
from assistant.kits.kit_file import kit_json
from ingest.errors import KitError
from ingest.records import Fiche


class Content(StrEnum):
    """What of a kit goes into a document."""

    GUIDE = "guide"
    HANDOUT = "support"
    QUIZ = "quiz"
    ANSWERS = "corrige"


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its extension, with its media type."""

    extension: str
    mime: str


DOCUMENTS = (
    Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Format("pdf", "application/pdf"),
    Format("md", "text/markdown"),
    Format("txt", "text/plain"),
)
"""In these each of the contents can be written."""
SLIDES = Format("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
GIFT, MOODLE = Format("gift", "text/plain"), Format("xml", "application/xml")
SHARED = Format("json", "application/json")

_WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": word,
    "pdf": pdf,
    "md": lambda document: markdown(document).encode(),
    "txt": lambda document: plain(document).encode(),
}


def kit_document(
    kit: Kit, content: Content, fiches: Sequence[Fiche], date: datetime, *, titles: Mapping[str, str] | None = None
) -> Document:
    """One of the documents of a kit; `date` is when, `titles` those of the documents by their ids."""
    if content is Content.GUIDE:
        return guide_of(kit, fiches, date, titles=titles)
    if content is Content.HANDOUT:
        return handout_of(kit, fiches, date, titles=titles)
    return quiz_of(kit, fiches, date, answers=content is Content.ANSWERS, titles=titles)


def kit_file(
    kit: Kit,
    extension: str,
    content: Content,
    fiches: Sequence[Fiche],
    date: datetime,
    *,
    titles: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a file. `content` is for documents: slides, shared kits and question banks hold the same each time.

    Raises:
        KitError: the format is not known.
    """
    if extension in _WRITERS:
        return _WRITERS[extension](kit_document(kit, content, fiches, date, titles=titles))
    if extension == SLIDES.extension:
        from assistant.exports.slides_file import slides_file

        return slides_file(kit, fiches, date)
    if extension == SHARED.extension:
        return kit_json(kit).encode()
    if extension == GIFT.extension:
        return gift(kit).encode()
    if extension == MOODLE.extension:
        return moodle_xml(kit)
    known = ", ".join(f".{f.extension}" for f in (*DOCUMENTS, SLIDES, SHARED, GIFT, MOODLE))
    raise KitError(f"Le format « .{extension} » n'est pas connu. Donnez au fichier l'un de ces noms : {known}.")
