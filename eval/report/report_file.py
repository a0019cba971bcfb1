"""The report as a file: Word, HTML, PDF or Markdown, by the extension of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.exports import html, markdown, pdf, word
from assistant.exports.document import Document
from ingest.errors import ReviewError, StorageError
from ingest.saving import save_whole

_WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": word,
    "html": html,
    "pdf": pdf,
    "md": lambda document: markdown(document).encode("utf-8"),
}
EXTENSIONS = tuple(_WRITERS)
"""The formats in which a report can be written, without their dot."""


def report_bytes(document: Document, extension: str) -> bytes:
    """The bytes of a report in a format, by its extension without its dot.

    Raises:
        ReviewError: the format is not known.
    """
    if extension not in _WRITERS:
        known = ", ".join(f".{known}" for known in EXTENSIONS)
        raise ReviewError(f"Le format « .{extension} » n'est pas connu. Donnez au fichier l'un de ces noms : {known}.")
    return _WRITERS[extension](document)


def write_report(document: Document, out: Path) -> None:
    """Write a report in one step, in the format that the name of the file says.

    Raises:
        ReviewError: the format is not known; nothing is written.
        StorageError: it cannot be written.
    """
    content = report_bytes(document, out.suffix.removeprefix(".").lower())
    try:
        save_whole(out, content)
    except OSError as error:
        raise StorageError(
            f"Le rapport n'a pas pu être écrit dans « {out} » ({error.strerror}). Vérifiez le chemin, la place et vos "
            "droits."
        ) from error
