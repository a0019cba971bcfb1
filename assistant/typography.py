"""Reading a text for its words alone: typography folded away, and where each word stands in the text as written.

Typography is whatever a printer, a keyboard, a PDF or a Markdown writer may change without changing what is said:
case, ligatures, spaces, apostrophes, quotation marks, dashes and bullets, hyphens at a line's end, invisible
characters, tags and emphasis, the calls of footnotes. Letters of another alphabet that look like ours are not.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from ingest.folding import fold

_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "‛": "'", "`": "'", "´": "'", "′": "'",
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‟": '"', "‹": '"', "›": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "¬": "-",
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "º": "°", "⁄": "/",
}  # fmt: skip
_ACCENT = "[\u0300-\u036f]"
_PLAIN = r"[A-Za-z0-9À-ÅÇ-ÖØ-åç-öø-ÿ.,;:!?()%/'\"\-]"
_MARKUP = (
    r"<(?i:sup)>[\s\[(]*\d{1,3}[\s\])]*</(?i:sup)>|\[\^?\d{1,3}\]|"  # the call of a footnote
    r"</?(?i:a|b|em|i|s|small|span|strong|sub|sup|u)\b[^<>]{0,80}>|[*_~\\]|\]\([^\s()]*\)|"  # emphasis, links
    r"\u00ad\s*"  # a soft hyphen, and the line that ends on it
)
_CHARACTER = re.compile(
    rf"(?P<plain>(?:(?:{_PLAIN}| (?={_PLAIN}))(?!{_ACCENT}))+)|(?P<markup>{_MARKUP})|"
    rf"(?P<odd>&\#?\w{{2,8}};|\s+|.{_ACCENT}*)",
    re.DOTALL,
)
"""A run that folding leaves as it is; what is not read; an entity, a run of spaces, a character with its accents."""

_RAISED = "⁰¹²³⁴-⁹"
_LETTER = rf"[^\W\d_{_RAISED}]{_ACCENT}*"
_WORD = re.compile(
    rf"""
    (?P<skipped>                                         # the call of a footnote, glued to a word; a tag
        (?<![{_RAISED}])(?:(?<=[^\W\d_]{{3}})|(?<=\W))[{_RAISED}]+
      | (?<=[a-zà-öø-ÿ]{{4}})\d{{1,2}}(?![\w%]|[.,]\d)
      | </?[A-Za-z][^<>]{{0,80}}>
    )
  | (?P<figure>
        (?<![\d.,])\d{{1,3}}(?:[\s.]\d{{3}})+(?!\d)(?:,\d+)?
      | \d+(?:[.,]\d+)*
      | [{_RAISED}]+
    )
  | (?P<word>{_LETTER}(?:{_LETTER})*(?:-\s?{_LETTER}(?:{_LETTER})*)*)
  | (?P<sign>
        [%‰°&+=±×÷/@§^€$£]
      | (?<=[\w\s(])[<>](?=\s?\d)                         # elsewhere it is a mark of Markdown
      | (?<=\d)[ ]?-[ ]?(?=\d)                              # a range
      | (?<![\w-])-(?=\d)                                 # a minus; any other dash is a bullet or a pause
    )
    """,
    re.VERBOSE,
)
_MARKS = re.compile(r"\.\.+|[.,;:!?()]")
_UNMARKED = frozenset((" ", "'", "\n"))
_SEEN = re.compile(r"[\s.,;:!?()']")


class Word(NamedTuple):
    """A word, a figure or a sign (`%`), and its span in the folded text.

    `text` is what is compared: lower case, without hyphens. `key` has no accents either; `cased` keeps its case.
    """

    kind: str
    text: str
    key: str
    cased: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text, the same with its characters folded, the span as written of each of these, and the words."""

    written: str
    text: str
    spans: list[tuple[int, int]]
    words: list[Word]

    @cached_property
    def keys(self) -> str:
        """The words without accents, each between two bounds: what a run of words is looked for in."""
        return "".join(f"\0{w.key}" for w in self.words) + "\0"

    def is_shorter_than(self, least: int) -> bool:
        """Whether fewer characters than that are read from the first word to the last, and the mark that ends it."""
        if not self.words or sum(len(w.text) for w in self.words) >= least:
            return not self.words
        words = sum(len(re.sub(r"-\s", "", self.text[w.start : w.end])) for w in self.words)
        gaps = sum(len(_SEEN.findall(self.gap(i))) for i in range(1, len(self.words)))
        closing = re.match(r"[\s\"]*[.,;:!?)]", self.gap(len(self.words)))
        return words + gaps + (len(closing[0]) if closing else 0) < least

    def gap(self, at: int) -> str:
        """What stands before the word `at`, up to the one before it, as folded."""
        start = self.words[at - 1].end if at else 0
        return self.text[start : self.words[at].start if at < len(self.words) else len(self.text)]

    def marks(self, at: int) -> list[str]:
        """The punctuation marks that stand before the word `at`."""
        gap = self.gap(at)
        return [] if gap in _UNMARKED else _MARKS.findall(gap)

    def opens(self, at: int) -> bool:
        """Whether a sentence or a line starts with the word `at`, or the text ends before it."""
        return at in (0, len(self.words)) or re.search(r"[.!?\n]", self.gap(at)) is not None

    def cuts(self, at: int) -> bool:
        """Whether a quote that starts, or ends, before the word `at` cuts a character, a compound or a figure."""
        if not 0 < at < len(self.words):
            return False
        left, right = self.words[at - 1], self.words[at]
        if left.end == right.start or self.spans[left.end - 1] == self.spans[right.start]:
            return True
        # A figure goes with its sign: « 30 % » is not « 30 ».
        return not self.marks(at) and (
            (left.kind == "figure" and right.text in set("%‰°€$£-/+"))
            or (left.text in set("-/+<>=±$£") and right.kind == "figure")
        )

    def _printed(self, at: int) -> str:
        return self.written[self.spans[at][0]]

    def span(self, start: int, end: int, like: Reading) -> tuple[int, int]:
        """The span as written of the words from `start` to `end`, with the marks around them that `like` has too."""
        first, last = self.words[start].start, self.words[end - 1].end
        low, high = first, last
        # What closes the words before, or opens the words after, is theirs.
        while low and low > first - len(self.gap(start)) and self._printed(low - 1) not in "».,;:!?)\n":
            low -= 1
        while high < last + len(self.gap(end)) and self._printed(high) not in "«“(\n":
            high += 1
        low = first - _common(self.text[low:first][::-1], like.gap(0)[::-1])
        high = last + _common(self.text[last:high], like.gap(len(like.words)))
        # Never a part of a character: of « … », the first of three points.
        while low < first and low and self.spans[low - 1] == self.spans[low]:
            low += 1
        while high > last and high < len(self.text) and self.spans[high - 1] == self.spans[high]:
            high -= 1
        return self.spans[low][0], self.spans[high - 1][1]


def same_word(one: Word, other: Word) -> bool:
    """Whether two words are the same, a capital written without its accent being so by custom."""
    if one.text == other.text or one.key != other.key or len(one.cased) != len(other.cased):
        return one.text == other.text
    return all(
        a.lower() == b.lower() or ((a + b).lower() != a + b and (fold(a) == a.lower() or fold(b) == b.lower()))
        for a, b in zip(one.cased, other.cased, strict=True)
    )


# The same passages come back at question after question; the record is never changed.
@lru_cache(maxsize=512)
def read(text: str) -> Reading:
    """Read a text for its words."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    last = " "
    for found in _CHARACTER.finditer(text):
        start, end = found.span()
        if found.lastgroup == "markup":
            continue
        folded = found[0] if found.lastgroup == "plain" else _fold(found[0])
        if folded[:1].isspace() and last.isspace():  # spaces fold into one, and one that starts a text into none
            folded, start = folded[1:], start + 1
        if not folded:
            continue
        last = folded[-1]
        parts.append(folded)
        if found.lastgroup == "plain":
            spans.extend(zip(range(start, end), range(start + 1, end + 1), strict=True))
        else:
            spans += [(start, end)] * len(folded)
    whole = "".join(parts)
    words = []
    for found in _WORD.finditer(whole):
        kind = found.lastgroup or ""
        if kind != "skipped":
            words.append(Word(kind, *_forms(kind, found[0]), *found.span()))
    return Reading(text, whole, spans, words)


@lru_cache(maxsize=20_000)
def _fold(raw: str) -> str:
    """Fold one character with its accents, an HTML entity or a run of spaces; case is kept."""
    if raw.isspace():
        return "\n" if "\n" in raw else " "
    if raw[0] == "&":
        raw = html.unescape(raw)
    if len(raw) == 1 and (raw in _SAME or "SUPERSCRIPT" in unicodedata.name(raw, "")):
        return _SAME.get(raw, raw)
    folded = "".join(_SAME.get(c, c) for c in unicodedata.normalize("NFKC", raw))
    # Soft hyphens, zero-width and right-to-left marks, variants of a sign.
    return "".join(c for c in folded if unicodedata.category(c) != "Cf" and not "\ufe00" <= c <= "\ufe0f")


@lru_cache(maxsize=20_000)
def _forms(kind: str, found: str) -> tuple[str, str, str]:
    if kind == "figure":
        plain = unicodedata.normalize("NFKC", found)
        grouped = re.fullmatch(r"(\d{1,3}(?:[\s.]\d{3})+)(,\d+)?", plain)
        plain = re.sub(r"[\s.]", "", grouped[1]) + (grouped[2] or "") if grouped else plain.replace(".", ",")
        return plain, plain, plain
    if kind == "sign":
        return found.strip(), found.strip(), found.strip()
    cased = unicodedata.normalize("NFC", re.sub(r"[-\s]", "", found))
    return cased.lower(), fold(cased), cased


def _common(one: str, other: str) -> int:
    """How many characters of `one`, spaces and all, also start `other`, whatever its spaces."""
    rest, taken = "".join(other.split()), 0
    for at, char in enumerate(one):
        if char.isspace():
            continue
        if not rest.startswith(char):
            break
        rest, taken = rest[1:], at + 1
    return taken
