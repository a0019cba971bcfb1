"""The outline of France that the map is drawn from (its author and licence stand in the file)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its INSEE code, its name, and its outline as the path of an SVG drawing."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The departments of mainland France and Corsica, in a drawing of `size` (width, height)."""

    author: str
    licence: str
    size: tuple[int, int]
    departments: tuple[Department, ...]


@cache
def read_outline() -> Outline:
    """The outline that ships with the project."""
    return TypeAdapter(Outline).validate_json((Path(__file__).parent / "departments.json").read_bytes())
