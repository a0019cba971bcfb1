"""Writing a file in one step: whoever reads it finds it whole or not at all, whatever ends the process meanwhile."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def save_whole(path: Path, content: bytes) -> None:
    """Write a file aside, in the same folder, and put it in the place of what is there.

    A process killed meanwhile leaves a hidden file beside it, `.<name>-<hex>`; a failure leaves none.

    Raises:
        OSError: it cannot be written; what was there stays as it was.
    """
    beside = path.with_name(f".{path.stem.lower()}-{uuid.uuid4().hex}")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
