"""From files to Reports: what can be read, how, and what is said where it cannot."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import charset_normalizer

from ingest.errors import SourceError
from ingest.markdown import read_markdown
from ingest.mending import Vocabulary, mend_hyphens, mend_spaces
from ingest.passages import slug
from ingest.records import Block, BlockKind, Report
from ingest.settings import Settings
from ingest.structure import build_report

BUNDLED = "pratiques-emergentes"
BUNDLED_TITLE = "Pratiques émergentes du travail social et du développement social"
Progress = Callable[[str, int, int], None]
"""Called with a French label, how much is done and how much there is."""

_MARKDOWN = {".md", ".markdown", ".txt"}
_MEGABYTE = 1_000_000
_FRENCH_SIGNS = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»‹›’‘“”–—…€°§²³·•½¼×©®\u00a0\u00ad")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest: its path (`None` for the bundled report) and the SHA-256 of its bytes."""

    path: str | None
    sha256: str


def bundled_path() -> Path:
    """Where the bundled report lies."""
    return Path(str(resources.files("ingest").joinpath(f"corpus/{BUNDLED}.md")))


def find_sources(paths: Sequence[Path], settings: Settings) -> list[Source]:
    """Check the files to ingest (the bundled report where none is named).

    Raises:
        SourceError: a file is missing, empty, unreadable or larger than the limit.
    """
    if not paths:
        return [Source(None, sha256_of(bundled_path()))]
    sources: dict[str, Source] = {}
    for path in paths:
        _check_file(path, settings)
        source = Source(str(path.resolve()), sha256_of(path))
        sources.setdefault(source.sha256, source)
    return list(sources.values())


def read_sources(sources: Sequence[Source], settings: Settings, progress: Progress) -> list[Report]:
    """Read and understand each source.

    Raises:
        SourceError: what stands in a file cannot be read as a document.
    """
    reports: list[Report] = []
    for source in sources:
        path = Path(source.path) if source.path else bundled_path()
        name = slug(path.stem) if source.path else BUNDLED
        while name in {r.document for r in reports}:
            name += "-bis"
        blocks = _read_blocks(path, settings, progress)
        progress(f"Structure de {path.name}", 0, 1)
        title = BUNDLED_TITLE if source.path is None else _title(blocks, path)
        report = build_report(blocks, name, title, prefix=f"{name}/" if reports else "")
        if not report.passages:
            raise SourceError(f"« {path.name} » ne contient aucun texte exploitable. Choisissez un autre document.")
        progress(f"Structure de {path.name}", 1, 1)
        reports.append(report)
    return reports


def _read_blocks(path: Path, settings: Settings, progress: Progress) -> list[Block]:
    if path.suffix.lower() in _MARKDOWN:
        progress(f"Lecture de {path.name}", 0, 1)
        blocks = _mend(read_markdown(decode(path.read_bytes(), path.name)))
        progress(f"Lecture de {path.name}", 1, 1)
        return blocks
    from ingest.pdf import read_pdf  # pypdf is needed for PDF alone

    return read_pdf(
        path,
        max_pages=settings.max_pages,
        progress=lambda done, total: progress(f"Lecture de {path.name}", done, total),
    )


def _mend(blocks: Sequence[Block]) -> list[Block]:
    """Mend the words that a converter glued or parted, by the document's own vocabulary."""
    vocabulary = Vocabulary.of(b.text for b in blocks)
    common = vocabulary.seen(2)
    return [replace(b, text=mend_spaces(mend_hyphens(b.text, vocabulary), common)) for b in blocks]


def decode(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, or another encoding where its bytes leave no doubt.

    Raises:
        SourceError: no encoding gives text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_windows(data) or str(charset_normalizer.from_bytes(data).best() or "\0")
    if "\0" in text:
        raise SourceError(
            f"L'encodage de « {name} » n'est pas reconnu. Enregistrez le fichier en UTF-8, puis relancez."
        )
    return text


def _decode_windows(data: bytes) -> str | None:
    """The text of a French file in Windows-1252 (or Latin-1, its subset); `None` where it does not look like one.

    A guess by statistics alone takes short French texts for Czech or Romanian ones.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [sign for sign in text if not sign.isascii()]
    french = sum(sign in _FRENCH_SIGNS for sign in foreign) >= 0.9 * len(foreign)
    return text if french and not _CONTROLS.search(text) else None


def _title(blocks: Sequence[Block], path: Path) -> str:
    first = next((b.text for b in blocks if b.kind is BlockKind.HEADING), None)
    return first or path.stem


def _check_file(path: Path, settings: Settings) -> None:
    name = path.name or str(path)
    if not path.exists():
        raise SourceError(f"Le fichier « {path} » n'existe pas. Vérifiez le chemin.")
    if not path.is_file():
        raise SourceError(f"« {path} » n'est pas un fichier. Indiquez un fichier Markdown ou PDF.")
    if path.suffix.lower() not in _MARKDOWN | {".pdf"}:
        raise SourceError(f"« {name} » n'est ni un Markdown (.md, .txt) ni un PDF (.pdf). Convertissez-le d'abord.")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        raise SourceError(f"« {name} » ne peut pas être lu ({error.strerror}). Vérifiez vos droits.") from error
    if size == 0:
        raise SourceError(f"« {name} » est vide. Choisissez un fichier qui contient le texte du document.")
    if size > settings.max_file_mb * _MEGABYTE:
        raise SourceError(
            f"« {name} » pèse {size / _MEGABYTE:.1f} Mo, plus que la limite de {settings.max_file_mb:g} Mo. "
            "Augmentez PRATIQUES_MAX_FILE_MB si c'est voulu."
        )


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
