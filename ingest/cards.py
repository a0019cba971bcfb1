"""The card at the head of a fiche: territory, year, initiators, publics.

It is a two-column table in the report; converters print its lines one after the other, with the words of the
second label (« Initiateurs et acteurs concernés ») broken over two or three lines among those of its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CARD = re.compile(
    r"\s*Territoire\b(?P<territoire>.*?)\bAnnée\b(?P<annee>.*?)\bInitiateurs\b(?P<initiateurs>.*?)"
    r"\bPublic\(s\)\s*cible\(s\)(?P<publics>.*)",
    re.DOTALL,
)
_LABEL_HEAD = re.compile(r"\s*et(?:\s+acteurs(?P<rest>\s+concernés)?)?(?![^\W_])[ :]*")
_LABEL_REST = re.compile(r"(?:\n|(?<=\s))\s*(?:acteurs\s+)?concernés(?![^\W_])[ ]*")
_LINKING = re.compile(r"(?:,|\b(?:de|du|des|la|le|les|l'|d'|à|et|en|pour|par|sur|l’|d’))$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:Les?|La|L['’]|Une?|Des)(?![^\W\d_])|L['’]")
_CUT_URL = re.compile(r"(https?://\S*)\s+(?=\1)")  # printed cut short, then whole
_WRAPPED = 55
"""A line of the value column at least this long (characters) was wrapped by the page, not ended by its author."""

_BREAK = "\v"


def read_card(lines: Sequence[str]) -> dict[str, str | None]:
    """The four values of a card from its printed lines; `None` where the report leaves one empty.

    Lines that the page wrapped are joined; those that start a new thought stay on a line of their own.
    """
    found = _CARD.match("\n".join(line.replace("\t", " ") for line in lines))
    if found is None:
        return {"territoire": None, "annee": None, "initiateurs": None, "publics": None}
    values = found.groupdict()
    values["initiateurs"] = _without_label(values["initiateurs"])
    return {name: _join_lines(value) for name, value in values.items()}


def _without_label(text: str) -> str:
    head = _LABEL_HEAD.match(text)
    if head is None:
        return text
    text = text[head.end() :]
    if head["rest"]:
        return text
    # A label line without a value of its own parts what stands before it from what follows.
    rest = _LABEL_REST.search(text)
    if rest is None:
        return text
    alone = text[rest.end() : rest.end() + 1] in ("", "\n")
    return text[: rest.start()] + ("\n" + _BREAK if alone else "\n") + text[rest.end() :]


def _join_lines(text: str) -> str | None:
    joined = above = ""
    parted = False
    for line in text.split("\n"):
        parted = parted or line.startswith(_BREAK)
        line = line.lstrip(f" :{_BREAK}").rstrip()
        if not line:
            continue
        open_bracket = joined.count("(") > joined.count(")")
        wrapped = len(above) >= _WRAPPED and not parted and above[-1] not in ".;"
        goes_on = open_bracket or line[0].islower() or _LINKING.search(above) or wrapped
        new_thought = _ARTICLE.match(line) and not open_bracket
        joined += f"{' ' if goes_on and not new_thought else chr(10)}{line}"
        above, parted = line, False
    return _CUT_URL.sub("", joined).strip() or None
