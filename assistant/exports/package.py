"""A Word or spreadsheet file whose bytes depend on what it holds alone, not on when it was written."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def dated(package: bytes, date: datetime) -> bytes:
    """The same package, each of its parts dated `date` (of 1980 or later, as the format counts)."""
    made = BytesIO()
    with ZipFile(BytesIO(package)) as written, ZipFile(made, "w") as archive:
        for name in written.namelist():
            archive.writestr(ZipInfo(name, date.timetuple()[:6]), written.read(name), ZIP_DEFLATED)
    return made.getvalue()
