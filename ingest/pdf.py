"""Blocks of a PDF file, in reading order, with the page each stands on."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.errors import SourceError
from ingest.pdf_blocks import blocks_of
from ingest.pdf_heads import strip_heads
from ingest.pdf_lines import Line, lines_of
from ingest.pdf_runs import FontShelf, runs_of
from ingest.records import Block

_HEADER_WITHIN = 1024
_DEEPEST_BOOKMARK = 6
# What pypdf lets through besides its own errors when the bytes make no sense.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_pdf(path: Path, *, max_pages: int, progress: Callable[[int, int], None] | None = None) -> list[Block]:
    """Read a PDF file as blocks: no running heads, no page numbers, words and sentences made whole.

    Args:
        path: the file; that it is there and not too big is checked by the caller.
        max_pages: the most pages that a file may have.
        progress: called after each page with the pages done and their number.

    Returns:
        The blocks in reading order; the notes of a sheet follow its text. A footnote call is left in the
        text as `<sup>12</sup>`.

    Raises:
        SourceError: not a PDF, damaged, locked by a password, too long, or without text.
    """
    name = f"« {path.name} »"
    if b"%PDF-" not in _first_bytes(path, name):
        raise SourceError(
            f"{name} n'est pas un fichier PDF. Vérifiez le fichier, ou enregistrez le document au format PDF."
        )
    with _quiet():
        try:
            # A stream of our own: pypdf would leave the one it opens to be closed by chance.
            with path.open("rb") as stream:
                pages, labels, outline = _read(PdfReader(stream, strict=False), name, max_pages, progress)
        except SourceError:
            raise
        except DependencyError as error:
            raise SourceError(
                f"{name} est chiffré par un procédé que cette installation ne sait pas lire. "
                "Enregistrez une copie sans protection, puis relancez."
            ) from error
        except _BROKEN as error:
            raise SourceError(
                f"{name} est endommagé : il ne peut pas être lu. "
                "Téléchargez-le de nouveau, ou ouvrez-le et réenregistrez-le en PDF, puis relancez."
            ) from error

    blocks = blocks_of(strip_heads(pages), labels, outline)
    if not blocks:
        raise SourceError(
            f"{name} ne contient pas de texte : ses pages sont sans doute des images numérisées. "
            "Passez-les d'abord à la reconnaissance de caractères (OCR), par exemple avec OCRmyPDF."
        )
    return blocks


def _first_bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEADER_WITHIN)
    except OSError as error:
        raise SourceError(f"{name} ne peut pas être lu. Vérifiez qu'il existe et vos droits.") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks about a file from the user, who can do nothing about them."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _read(
    reader: PdfReader, name: str, max_pages: int, progress: Callable[[int, int], None] | None
) -> tuple[list[list[Line]], list[str | None], dict[int, list[tuple[str, int]]]]:
    """Read what needs the file: the lines of each sheet, the sheets' own labels, the bookmarks."""
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise SourceError(
            f"{name} est protégé par un mot de passe. Enregistrez une copie sans mot de passe, puis relancez."
        )
    count = len(reader.pages)
    if count > max_pages:
        raise SourceError(
            f"{name} compte {count} pages, au-delà de la limite de {max_pages}. "
            "Augmentez le réglage PRATIQUES_MAX_PAGES, ou découpez le document."
        )
    if count == 0:
        raise SourceError(f"{name} n'a aucune page. Choisissez un fichier qui contient le texte du document.")
    shelf = FontShelf()
    pages: list[list[Line]] = []
    for number in range(1, count + 1):
        pages.append(lines_of(runs_of(reader.pages[number - 1], shelf), number))
        if progress is not None:
            progress(number, count)
    return pages, _labels(reader, count), _outline(reader)


def _labels(reader: PdfReader, count: int) -> list[str | None]:
    """Give the label of each sheet where the file defines labels of its own."""
    try:
        if "/PageLabels" not in reader.root_object:
            return [None] * count
        return [label or None for label in reader.page_labels[:count]]
    except _BROKEN:
        return [None] * count


def _outline(reader: PdfReader) -> dict[int, list[tuple[str, int]]]:
    """Give the bookmarks of the file: by 1-based sheet, their titles and levels."""
    found: dict[int, list[tuple[str, int]]] = {}

    def walk(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, min(level + 1, _DEEPEST_BOOKMARK))
                continue
            number = reader.get_destination_page_number(entry)
            if number is not None and number >= 0:
                found.setdefault(number + 1, []).append((str(entry.title), level))

    try:
        walk(list(reader.outline), 1)
    except _BROKEN:
        # Broken bookmarks are no reason to refuse the text: headings are then told by their look.
        return found
    return found
