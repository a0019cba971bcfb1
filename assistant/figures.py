"""The figures and dates of a French text, as values that can be compared however they are written.

« 3 000 », « 3.000 », « 3000 » and « trois mille » are one figure; « 71 % » and « 71 pour cent » another; « 12 k€ »
is « 12 000 euros »; « 2e » is « deuxième ». A figure is known with its unit, and with the word that it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.folding import fold
from vectorstore.tokens import tokens

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
    )
} | {"une": 1}
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_TENS |= {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_GREAT = {"mille": 1_000, "million": 1_000_000, "milliard": 1_000_000_000}
_GREAT |= {"millions": 1_000_000, "milliards": 1_000_000_000}
_ORDINALS = {"premier": 1, "premiere": 1, "second": 2, "seconde": 2, "neuvieme": 9, "cinquieme": 5, "quatrieme": 4} | {
    f"{word.removesuffix('e')}ieme": value for word, value in _SMALL.items() if value > 1
}
_VAGUE = re.compile(r"(?:dizaine|douzaine|quinzaine|(?:vingt|trent|quarant|cinquant|soixant|cent)aine|millier)s?$")
_PARTS = {"moitie", "tiers", "quart", "quarts", "demi", "demie", "double", "triple"}

_SCAN = re.compile(
    r"(?P<hour>(?<!\w)\d{1,2} ?h(?: ?\d{2})?\b)"
    r"|(?P<number>(?<!\w)(?:\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*))"
    r"(?P<rank>(?:er|ere|re|e|eme|ieme|nd|nde)s?\b)?(?![a-z0-9])"
    r"|(?P<code>[a-z0-9]*\d[a-z0-9]*)"
    r"|(?P<word>[a-z]+)"
)
_UNIT = re.compile(r" ?(?:(?P<percent>%|pour ?-?cents?\b)|(?P<times>k|m)?(?P<money>€|euros?\b))")
_COUNTED = re.compile(r" ?(?:de |d')?(?P<word>[a-z]+(?:-[a-z]+)*)")

_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_DATE = re.compile(
    rf"(?<![\d/.])(?:(?P<day>\d{{1,2}})(?:er)? )?\b(?P<name>{'|'.join(_MONTHS)})\b(?: (?:de )?(?P<year>\d{{4}})\b)?"
    r"|(?<![\d/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})(?![\d/])"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its value, its unit (`%`, `€`, `e` for a rank, `h`, or none), the stem of the word that it counts.

    What has no value of its own (« 1c », « une dizaine », « la moitié ») has its word as its value. `article`:
    « un », « une », which may count nothing.
    """

    value: str
    unit: str = ""
    counts: str = ""
    article: bool = False

    @property
    def said(self) -> tuple[str, str]:
        """What must be the same for two figures to say the same."""
        return self.value, self.unit


@dataclass(frozen=True, slots=True)
class Date:
    """A date, of which parts may be unsaid."""

    day: int | None
    month: int
    year: int | None

    def holds(self, other: Date) -> bool:
        """Whether all that the other says, this one says."""
        pairs = zip((other.day, other.month, other.year), (self.day, self.month, self.year), strict=True)
        return all(asked is None or asked == given for asked, given in pairs)


def dates_of(text: str) -> list[Date]:
    """The dates of a text that name a month, in order."""
    return [_date(found) for found in _DATE.finditer(fold(text))]


def figures_of(text: str, with_dates: bool = True) -> list[Figure]:
    """The figures of a text, in order, those of its dates too unless told otherwise."""
    folded = re.sub(r"\s", " ", fold(text))
    if not with_dates:
        folded = _DATE.sub(" ; ", folded)
    return list(_known(folded))


def _date(found: re.Match[str]) -> Date:
    if found["name"] is None:
        return Date(int(found["d"]), int(found["m"]), int(found["y"]))
    day, year = found["day"], found["year"]
    return Date(int(day) if day else None, _MONTHS.index(found["name"]) + 1, int(year) if year else None)


# The same quote comes back with each sentence that is held against it.
@lru_cache(maxsize=1024)
def _known(folded: str) -> tuple[Figure, ...]:
    return tuple(_figures(folded))


def _figures(text: str) -> Iterator[Figure]:
    at = 0
    while found := _SCAN.search(text, at):
        at = found.end()
        if found["hour"]:
            yield Figure(found["hour"].replace(" ", "").replace("h00", "h"), "h")
        elif found["code"]:
            yield Figure(found["code"])
        elif found["number"] and found["rank"]:
            yield Figure(_plain(found["number"]), "e", _counted(text, at))
        elif found["number"]:
            great, at = _great(text, at)
            figure, at = _with_unit(_times(_plain(found["number"]), great), text, at)
            yield figure
        elif (word := found["word"]) in _ORDINALS:
            yield Figure(str(_ORDINALS[word]), "e", _counted(text, at))
        elif word in _PARTS or _VAGUE.match(word):
            yield Figure(word.removesuffix("s") if word != "tiers" else word, "", _counted(text, at))
        elif (spelled := _spelled(text, found.start())) is not None:
            value, at = spelled
            article = word in ("un", "une") and at == found.end()
            figure, at = _with_unit(str(value), text, at)
            yield Figure(figure.value, figure.unit, figure.counts, article)


def _plain(number: str) -> str:
    """A number in digits, without what is only typography."""
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", number):
        number = re.sub(r"[ .]", "", number)
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return _written(Decimal(number.replace(",", ".")))
    return number  # « 1.2.3 » is a place, not a quantity


def _written(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _times(number: str, factor: int) -> str:
    return _written(Decimal(number) * factor) if factor > 1 and re.fullmatch(r"\d+(?:\.\d+)?", number) else number


def _great(text: str, at: int) -> tuple[int, int]:
    """The factor that follows a number in digits (« 3 millions »), and where it ends."""
    found = re.compile(r" (mille|millions?|milliards?)\b").match(text, at)
    return (_GREAT[found[1]], found.end()) if found else (1, at)


def _with_unit(value: str, text: str, at: int) -> tuple[Figure, int]:
    found = _UNIT.match(text, at)
    if found is None and (of := re.compile(r" d'(?=euros?\b)").match(text, at)):  # « 3 millions d'euros »
        found = _UNIT.match(text, of.end())
    if found is None:
        return Figure(value, "", _counted(text, at)), at
    factor = {"k": 1_000, "m": 1_000_000}.get(found["times"], 1)
    return Figure(_times(value, factor), "%" if found["percent"] else "€", _counted(text, found.end())), found.end()


def _counted(text: str, at: int) -> str:
    """The stem of the word that follows, where it is a full one."""
    found = _COUNTED.match(text, at)
    return next(iter(tokens(found["word"])), "") if found else ""


def _spelled(text: str, start: int) -> tuple[int, int] | None:
    """The value of the number written out that starts here, and where it ends."""
    total = current = 0
    end: int | None = None
    for found in re.compile(r"[ -]?([a-z]+)").finditer(text, start):
        if found.start() != (start if end is None else end):
            break
        word = found[1]
        if word == "et" and end is not None and current % 100 in _TENS.values():
            after = re.compile(r"[ -](une?|onze)\b").match(text, found.end())
            if after is None:
                break
            current, end = current + _SMALL[after[1]], after.end()
            break
        if word in _GREAT and (end is not None or word == "mille"):
            total, current = total + max(current, 1) * _GREAT[word], 0
        elif word in ("cent", "cents") and current < 10:
            current = max(current, 1) * 100
        elif word in ("vingt", "vingts") and current % 100 == 4:
            current += 76
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word in _SMALL and _follows(_SMALL[word], current):
            current += _SMALL[word]
        else:
            break
        end = found.end()
    return None if end is None else (total + current, end)


def _follows(small: int, current: int) -> bool:
    """Whether a small number may follow what was read: « soixante-dix », « quatre-vingt-deux », « dix-sept »."""
    tens = current % 100
    if tens == 0:
        return current == 0 or small > 0
    if tens % 10 == 0 and tens != 10:
        return small < (17 if tens in (60, 80) else 10)
    return tens % 100 in (10, 70, 90) and small in (7, 8, 9)
