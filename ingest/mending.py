"""Mended French text: what a conversion did to accents, spaces and hyphens, undone where certain."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:[-\u2010\u2011]{_LETTER}+)*")
_LETTERS = re.compile(rf"{_LETTER}+")
_CUT_AT_LINE_END = re.compile(rf"[^\s]*{_LETTER}[-\u2010\u2011\u00ad][ \t]*\n\s*[^\s]*")
_HYPHENS = "-\u2010\u2011"

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
# Older Mac and Adobe fonts keep these two ligatures in the private area; Wingdings' bullets lie elsewhere.
_PRIVATE_LIGATURES = {"\uf001": "fi", "\uf002": "fl"}
_PRIVATE_LIGATURE = re.compile(rf"(?<={_LETTER})[\uf001\uf002]|[\uf001\uf002](?={_LETTER})")
_NOT_DRAWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_ODD_SPACE = re.compile("[\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES_INSIDE = re.compile(r"(?<=\S) {2,}")
_SOFT_HYPHEN_INSIDE = re.compile(r"\u00ad+(?![\u00ad \t]*(?:\n|\Z))")

# Each mark that stands alone, the combining mark it means, and the letters that carry it in French.
_MARKS = {
    "´": ("\u0301", "eE"),
    "ˊ": ("\u0301", "eE"),
    "`": ("\u0300", "aeuAEU"),
    "ˋ": ("\u0300", "aeuAEU"),
    "^": ("\u0302", "aeiouAEIOU"),
    "ˆ": ("\u0302", "aeiouAEIOU"),
    "¨": ("\u0308", "eiuyEIUY"),
    "¸": ("\u0327", "cC"),
    "\u0301": ("\u0301", "eE"),
    "\u0300": ("\u0300", "aeuAEU"),
    "\u0302": ("\u0302", "aeiouAEIOU"),
    "\u0308": ("\u0308", "eiuyEIUY"),
    "\u0327": ("\u0327", "cC"),
}
# A combining mark never stands on a space: it fell off the letter before, unless the next one can carry it.
_PARTED_MARK = re.compile("[eE] \u0301(?![eE])|[aeuAEU] \u0300(?![aeuAEU])|[aeiouAEIOU] [\u0302\u0308](?![aeiouAEIOU])")
_MARK = re.compile("[" + "".join(re.escape(mark) for mark in _MARKS) + "]")
# Marks that correct text uses for something else: code, powers, an apostrophe typed on the wrong key.
_ALSO_SIGNS = "`^´"
_ELIDED = re.compile(r"(?:^|[^\w])(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres)?qu|aujourd)$", re.IGNORECASE)

_ALWAYS_HYPHENATED_BEFORE = {"ex", "demi", "semi", "mi", "quasi", "vice", "non"}
_HYPHENATED_BEFORE_A_WORD = {
    "co",
    "inter",
    "auto",
    "socio",
    "médico",
    "psycho",
    "éco",
    "multi",
    "pluri",
    "anti",
}
_ALWAYS_HYPHENATED_AFTER = {"ci", "là", "même", "mêmes"}
_CLITICS = {"je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi", "lui", "leur"}
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_URL_END = re.compile(r"(?:https?://|www\.)\S*[-/=_]$")

# First words that hardly any French word starts with: « la » + « préparation » is certain, « en » + « jeu »
# is not, and « sansabri » lost a hyphen rather than a space.
_GLUED_FIRST = {"la", "le", "les", "des", "une", "du", "dans", "avec", "aux", "cette", "leur", "leurs", "ces"}
_GLUED_FIRST |= {"ses", "nos", "vos", "notre", "votre"}
_PREFIX_LIKE = {"contre", "arrière", "presque", "longue"}
_SHORTEST_AFTER_ARTICLE = 6
_SHORTEST_PAIR = 6
_SEEN_OFTEN = 3
_MOST_FRAGMENTS = 4


class Vocabulary:
    """How often each word of a document occurs, whatever its case; a hyphenated form is one word.

    Words cut by a hyphen at a line end are not counted.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = Counter[str]()
        for word, count in counts.items():
            self._counts[_folded(word)] += count
        self._hyphenated: dict[str, Counter[str]] = {}
        for word, count in self._counts.items():
            if "-" in word:
                self._hyphenated.setdefault(word.replace("-", ""), Counter())[word] += count

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """Count the words of a document, given in pieces that each may hold several lines."""
        counts = Counter[str]()
        for text in texts:
            counts.update(_folded(word) for word in _WORD.findall(_CUT_AT_LINE_END.sub(" ", text)))
        return cls(counts)

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, word: str) -> bool:
        return self.count(word) > 0

    def count(self, word: str) -> int:
        """How often the word occurs."""
        return self._counts.get(_folded(word), 0)

    def hyphenated(self, word: str) -> str | None:
        """Give the most frequent form with a hyphen whose letters are those of `word`, if there is one."""
        forms = self._hyphenated.get(_folded(word).replace("-", ""))
        return forms.most_common(1)[0][0] if forms else None

    def seen(self, times: int) -> Vocabulary:
        """Keep the words that occur at least so many times: fragments are rarely among them."""
        return Vocabulary({word: count for word, count in self._counts.items() if count >= times})


def mend_characters(text: str) -> str:
    """Mend what one character at a time can show: accents, ligatures, soft hyphens, odd spaces; gives NFC.

    Spaces at the start of a line, tabs and line ends stay. A soft hyphen at the end of a line stays too:
    `join_lines` needs it. A mark that may be something else (a backtick, a power, an acute accent typed
    for an apostrophe) is mended only where the rest of the text shows that accents came loose.
    """
    while (mended := _mend_characters_once(text)) != text:
        text = mended
    return text


def join_lines(first: str, second: str, vocabulary: Vocabulary, *, cuts_words: bool = True) -> str:
    """One line made of two that follow each other, the word cut between them made whole.

    A real hyphen (« savoir-faire », « vis-à-vis ») stays where the vocabulary holds the hyphenated form
    at least as often as the glued one, or where French always writes it. All of them do where the document
    cuts no words at the ends of its lines (`cuts_words` is false).
    """
    first, second = first.rstrip(), second.lstrip()
    if not first or not second:
        return first or second
    if first[-1] in "'’" or _URL_END.search(first):
        return first + second
    if len(first) > 1 and first[-1] in f"{_HYPHENS}\u00ad" and first[-2].isalnum():
        return _join_at_hyphen(first, second, vocabulary, cuts_words)
    return f"{first} {second}"


def mend_spaces(text: str, vocabulary: Vocabulary) -> str:
    """Take out spaces added inside a word and put back spaces lost between two, where that is certain.

    Certain means: what stands in the text is unknown to the vocabulary, what comes out is known to it,
    and there is one way to do it. Text made of words of the vocabulary comes back unchanged.
    """
    return _outside_addresses(text, lambda piece: _part_glued_words(_gather_fragments(piece, vocabulary), vocabulary))


def mend_hyphens(text: str, vocabulary: Vocabulary) -> str:
    """Put back the hyphen of « elle-même » in « ellemême », where the vocabulary holds it more often."""

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        form = vocabulary.hyphenated(word)
        if form is None or vocabulary.count(form) <= vocabulary.count(word):
            return word
        letters = iter(letter for letter in word if letter not in _HYPHENS)
        return "".join("-" if sign == "-" else next(letters) for sign in form)

    return _outside_addresses(text, lambda piece: _WORD.sub(mended, piece))


def _outside_addresses(text: str, mend: Callable[[str], str]) -> str:
    """Mend all but the web and mail addresses, whose words are not French."""
    pieces: list[str] = []
    last = 0
    for address in _ADDRESS.finditer(text):
        pieces += [mend(text[last : address.start()]), address.group()]
        last = address.end()
    return "".join([*pieces, mend(text[last:])])


def _folded(word: str) -> str:
    # Lower case, not full case folding: the letters must stay as many for hyphens to be put back among them.
    return word.replace("\u2010", "-").replace("\u2011", "-").lower()


def _mend_characters_once(text: str) -> str:
    text = _ODD_SPACE.sub(" ", _NOT_DRAWN.sub("", text))
    text = "".join(_LIGATURES.get(character, character) for character in text)
    text = _PRIVATE_LIGATURE.sub(lambda match: _PRIVATE_LIGATURES[match.group()], text)
    text = _SOFT_HYPHEN_INSIDE.sub("", text)
    text = unicodedata.normalize("NFC", _PARTED_MARK.sub(lambda match: match.group().replace(" ", ""), text))
    if _MARK.search(text):
        text = _attach_accents(text)
    return unicodedata.normalize("NFC", _SPACES_INSIDE.sub(" ", text))


def _attach_accents(text: str) -> str:
    """Bind each mark that stands alone to the letter it belongs to: the one before it or the one after."""
    before, after = _accent_habit(text)
    pieces: list[str] = []
    last = 0
    for match in _MARK.finditer(text):
        start, end = match.span()
        mark, carriers = _MARKS[match.group()]
        head = text[last:start]
        previous = head[-1:] or (pieces[-1][-1:] if pieces else "")
        following = text[end : end + 1]
        # The space that TeX's accents leave: « r´ eunion ».
        gap = int(following == " " and previous.isalpha() and text[end + 1 : end + 2] in tuple(carriers))
        fits_next = text[end + gap : end + gap + 1] in tuple(carriers)
        fits_previous = bool(head) and previous in carriers
        if match.group() in _ALSO_SIGNS and not _is_accent(text, match, before or after):
            fits_next = fits_previous = False
        if fits_previous and not (fits_next and before > after):
            pieces.append(head[:-1] + unicodedata.normalize("NFC", previous + mark))
            last = end
        elif fits_next and (not gap or before):
            letter = text[end + gap]
            pieces.append(head + unicodedata.normalize("NFC", letter + mark))
            last = end + gap + 1
        else:
            pieces.append(head + match.group())
            last = end
    pieces.append(text[last:])
    return "".join(pieces)


def _accent_habit(text: str) -> tuple[int, int]:
    """How often a loose accent can only belong to the letter after it, and only to the one before it."""
    before = after = 0
    for match in _MARK.finditer(text):
        carriers = _MARKS[match.group()][1]
        previous = text[match.start() - 1 : match.start()] if match.start() else ""
        following = text[match.end() : match.end() + 2].lstrip(" ")[:1]
        fits_previous, fits_next = previous in tuple(carriers), following in tuple(carriers)
        inside = previous.isalpha() and following.isalpha()
        if not inside or _ELIDED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        before += fits_next and not fits_previous
        after += fits_previous and not fits_next
    return before, after


def _is_accent(text: str, match: re.Match[str], habit: int) -> bool:
    """Whether a sign that also has other uses is an accent here."""
    head = text[max(0, match.start() - 8) : match.start()]
    inside = head[-1:].isalpha() and text[match.end() : match.end() + 1].isalpha()
    if inside and not _ELIDED.search(head):
        return True
    # « activite´ » : the sign alone at the end of a word of several letters has no other use.
    if match.group() == "´" and re.search(rf"{_LETTER}{{2}}$", head):
        return not _ELIDED.search(head)
    return habit > 0


def _join_at_hyphen(first: str, second: str, vocabulary: Vocabulary, cuts_words: bool) -> str:
    hyphen = first[-1]
    stem = first[:-1]
    left = re.search(rf"{_LETTER}+(?:[{_HYPHENS}]{_LETTER}+)*$", stem)
    right = _WORD.match(second)
    if left is None or right is None:
        # « 2020- » + « 2021 », « A- » + « 3 »: the sign stays, whatever it is.
        return stem + ("-" if hyphen == "\u00ad" else hyphen) + second
    if hyphen != "\u00ad" and not cuts_words:
        return f"{stem}-{second}"
    kept = vocabulary.count(f"{left.group()}-{right.group()}")
    glued = vocabulary.count(left.group() + right.group())
    if kept or glued:
        keep = kept >= glued
    else:
        keep = hyphen != "\u00ad" and _is_compound(left.group(), right.group(), vocabulary)
    return f"{stem}-{second}" if keep else stem + second


def _is_compound(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether French writes a hyphen between two halves that the vocabulary never saw together."""
    last, first = re.split(f"[{_HYPHENS}]", _folded(left))[-1], re.split(f"[{_HYPHENS}]", _folded(right))[0]
    if right[0].isupper() and not left.isupper():
        return True
    if last in _ALWAYS_HYPHENATED_BEFORE or first in _ALWAYS_HYPHENATED_AFTER or "à" in (last, first):
        return True
    if last in _HYPHENATED_BEFORE_A_WORD and first in vocabulary:
        return True
    if first == "t" or (first in _CLITICS and first == _folded(right) and last in vocabulary):
        return True
    return min(len(last), len(first)) > 3 and last in vocabulary and first in vocabulary


def _gather_fragments(text: str, vocabulary: Vocabulary) -> str:
    """Take out the spaces of « accompa gnement »: fragments all unknown, known once they are together."""
    words = list(_LETTERS.finditer(text))
    drop: set[int] = set()
    index = 0
    while index < len(words):
        run = [words[index]]
        while (
            len(run) < _MOST_FRAGMENTS
            and index + len(run) < len(words)
            and text[run[-1].end() : words[index + len(run)].start()] == " "
        ):
            run.append(words[index + len(run)])
        taken = 1
        for size in range(len(run), 1, -1):
            parts = [word.group() for word in run[:size]]
            if _is_one_word(text, run[:size], parts, vocabulary):
                drop.update(word.end() for word in run[: size - 1])
                taken = size
                break
        index += taken
    return "".join(sign for place, sign in enumerate(text) if place not in drop) if drop else text


def _is_one_word(text: str, run: list[re.Match[str]], parts: list[str], vocabulary: Vocabulary) -> bool:
    glued = "".join(parts)
    if glued not in vocabulary or any(part in vocabulary for part in parts):
        return False
    if glued[1:] != glued[1:].lower() and glued != glued.upper():
        return False
    # A part of an apostrophe, hyphen or number is no word of its own.
    edges = text[max(0, run[0].start() - 1) : run[0].start()] + text[run[-1].end() : run[-1].end() + 1]
    return not re.search(rf"[\d_{_HYPHENS}]", edges)


def _part_glued_words(text: str, vocabulary: Vocabulary) -> str:
    def parted(match: re.Match[str]) -> str:
        word = match.group()
        if word in vocabulary or "-" in word or vocabulary.hyphenated(word):
            return word
        ways = [at for at in range(2, len(word) - 1) if _are_two_words(word[:at], word[at:], vocabulary)]
        return f"{word[: ways[0]]} {word[ways[0] :]}" if len(ways) == 1 else word

    return _WORD.sub(parted, text)


def _are_two_words(first: str, second: str, vocabulary: Vocabulary) -> bool:
    if min(vocabulary.count(first), vocabulary.count(second)) < _SEEN_OFTEN or second != second.lower():
        return False
    head = first.lower()
    if head in _GLUED_FIRST:
        # « laquelle », « desservir », « legs »: real words that start like an article and its noun.
        return len(second) >= _SHORTEST_AFTER_ARTICLE and not second.startswith(("quel", "s"))
    return min(len(first), len(second)) >= _SHORTEST_PAIR and head not in _PREFIX_LIKE
