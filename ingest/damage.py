"""Words that the conversion garbled beyond repair: found here, and never quoted afterwards.

Rules see what any French text shows (a consonant standing alone, clashing punctuation, a torn address). What
only a reader sees (a word lost, two lines run together) is listed for the bundled report in its errata file,
each entry a verbatim run of the cleaned text.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from ingest.folding import letters

_RULES = (
    re.compile(r"(?<![\w'’.&/(\-])(?<!\d )[bcdefghjklmnpqrstvwxz](?![\w'’.)&/°\-])"),
    re.compile(r"(?<!etc)(?<!\.)\.[,;:]|,[.;:]|[;:][.,]"),
    re.compile(r"https?://\w{0,3}(?=\s|$)"),
    re.compile("\ufffd"),
)


@cache
def _errata() -> tuple[str, ...]:
    text = resources.files("ingest").joinpath("corpus/pratiques-emergentes.errata.json").read_text("utf-8")
    return tuple(letters(entry["garbled"]) for entry in json.loads(text))


def is_damaged(text: str) -> bool:
    """Whether a sentence, item or row is garbled beyond repair."""
    if any(rule.search(text) for rule in _RULES):
        return True
    printed = letters(text)
    return any(entry in printed for entry in _errata())
