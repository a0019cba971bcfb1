"""The name of an exported file."""

from __future__ import annotations

import re

from ingest.folding import fold

_LONGEST = 80


def file_name(title: str, extension: str) -> str:
    """A name that every system takes: plain letters, digits and hyphens, at most 80 characters, never a reserved one.

    Args:
        title: what the file holds, in any words.
        extension: without its dot: `docx`.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    name = f"pratiques-{words}" if words else "pratiques"
    room = _LONGEST - len(extension) - 1
    if len(name) > room:
        name = name[: room + 1].rpartition("-")[0]
    return f"{name}.{extension}"
