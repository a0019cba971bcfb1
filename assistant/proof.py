"""The citation gate: code compares every quote with the source, and says in which of three states it is.

- `verified`: the quote stands in the source, word for word and mark for mark, once typography is folded
  (`assistant/typography.py`).
- `repaired`: one contiguous run of at least 85 % of the quote stands there, and what differs claims nothing:
  punctuation inside it; at its edges, small words, words that present a quote, one letter of a word that stands
  in that very place. The source's own words take the quote's place.
- `unproved`: anything else. It is never shown as an answer. A content word of the quoter's own is a claim, and so
  is a figure, a name, a negation or a word of quantity, order, time or doubt, whatever the share of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answer import CitationState
from assistant.typography import Reading, Word, read, same_word
from ingest.records import LEAST_QUOTE

LEAST_RUN = 0.85

_SMALL = frozenset(
    """l le la les un une d du de des au aux a en y et que qu qui dont ce c cet cette ces il elle ils elles on s se sa
    son ses leur leurs nous notre nos est sont etc""".split()
)
"""Words that a quote may gain or lose at an edge: alone, they claim nothing."""
_PRESENTS = _SMALL | frozenset(
    """alors ainsi aussi donc enfin ensuite puis cependant toutefois neanmoins egalement notamment car or bref effet
    exemple particulier precisement concretement voici voila selon comme par dans rapport document texte fiche source
    passage auteur auteurs extrait citation cite lit dit ecrit indique precise souligne note rappelle mentionne explique
    constate montre""".split()
)
"""Words that may stand before a quote, or after a whole sentence, to present it: « comme le rapport l'indique »."""
_NEGATES = frozenset("pas jamais aucun aucune aucunement sans ni non nul nulle nullement guere rien".split())
_TURNS = _NEGATES | frozenset(
    """ne n personne plus moins sauf excepte hormis hors ou si contre mais malgre avant apres sous avec peu peut peuvent
    doit doivent faut tout toute tous toutes chaque plusieurs quelque quelques certain certaine certains certaines seul
    seule seuls seules seulement uniquement toujours souvent parfois rarement presque environ trop assez tres faux
    inexact vrai autre autres""".split()
)
"""Words that turn a sentence round: negation, quantity, doubt, order."""
_COUNTS = frozenset(
    """deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
    cinquante soixante cent cents mille million millions milliard milliards dizaine centaine millier milliers moitie
    tiers quart double triple premier premiere second seconde deuxieme troisieme dernier derniere janvier fevrier mars
    avril mai juin juillet aout septembre octobre novembre decembre""".split()
)
_DENIES = _NEGATES | frozenset("faux inexact doute doutent conteste contestent nie nient dement refute".split())


@dataclass(frozen=True, slots=True)
class Proof:
    """What the gate says of a quote.

    `start`/`end` are offsets in the source, and `quote` that very slice; all three are `None` where unproved.
    `why` says in French what decided.
    """

    state: CitationState
    quote: str | None
    start: int | None
    end: int | None
    why: str


class _Differs(Exception):
    """What differs between quote and source changes what is said; its message says what."""


def prove(quote: str, source: str) -> Proof:
    """Compare a quote with the text that it is said to come from."""
    wanted, given = read(quote), read(source)
    if wanted.is_shorter_than(LEAST_QUOTE):
        return _unproved(f"citation trop courte (moins de {LEAST_QUOTE} caractères)")
    try:
        return _verify(wanted, given) or _repair(wanted, given)
    except _Differs as why:
        return _unproved(str(why))


def _verify(wanted: Reading, given: Reading) -> Proof | None:
    """Prove a quote whose words all stand in the source, in one run; `None` where they do not."""
    count = len(wanted.words)
    held: list[tuple[bool, bool, int]] = []
    for at in _places(wanted.keys, given.keys):
        if given.cuts(at) or given.cuts(at + count) or not all(map(same_word, wanted.words, given.words[at:])):
            continue
        marks = all(wanted.marks(i) == given.marks(at + i) for i in range(1, count))
        low, high = given.span(at, at + count, wanted)
        held.append((not marks, given.written[low:high] != wanted.written, at))
    if not held:
        return None
    # Where the words stand more than once, the place that is written like the quote is the one meant.
    differs, _, at = min(held)
    _refuse_what_turns_round(wanted, given, 0, at, count)
    if differs:
        return _proved(CitationState.REPAIRED, wanted, given, at, at + count, "ponctuation rétablie d'après la source")
    return _proved(CitationState.VERIFIED, wanted, given, at, at + count, "mot pour mot dans la source")


def _places(wanted: str, given: str) -> Iterator[int]:
    at = given.find(wanted)
    while at >= 0:
        yield given.count("\0", 0, at)
        at = given.find(wanted, at + 1)


def _repair(wanted: Reading, given: Reading) -> Proof:
    a, b, count = _longest_run(wanted.words, given.words)
    run, whole = (sum(len(w.text) + 1 for w in words) - 1 for words in (wanted.words[a : a + count], wanted.words))
    # The run goes on into the words that it cuts.
    for mine, theirs in zip(wanted.words[a + count :][:1], given.words[b + count :], strict=False):
        run += _head(mine.text, theirs.text)
    for mine, theirs in zip(wanted.words[:a][-1:], given.words[:b][-1:], strict=False):
        run += _head(mine.text[::-1], theirs.text[::-1])
    if run < LEAST_RUN * whole:
        share = max(0, run) / whole
        raise _Differs(f"la plus longue suite commune couvre {share:.0%} de la citation, il en faut {LEAST_RUN:.0%}")
    if run < LEAST_QUOTE:
        raise _Differs("trop peu de mots entiers en commun avec la source")
    elsewhere = {w.key for w in (*given.words[:b], *given.words[b + count :])}
    start = b - _edge(wanted.words[:a][::-1], given.words[:b][::-1], given, b, -1, elsewhere)
    end = b + count + _edge(wanted.words[a + count :], given.words[b + count :], given, b + count, 1, elsewhere)
    if given.cuts(start) or given.cuts(end):
        raise _Differs("un mot ou un chiffre de la source est coupé")
    _refuse_what_turns_round(wanted, given, a, b, count, start)
    return _proved(CitationState.REPAIRED, wanted, given, start, end, "rétablie dans les mots de la source")


def _longest_run(wanted: list[Word], given: list[Word]) -> tuple[int, int, int]:
    """Where the longest run of words common to both starts in each, and how many words it has."""
    keys = [w.key for w in wanted], [w.key for w in given]
    a, b, size = SequenceMatcher(None, *keys, autojunk=False).find_longest_match()
    best, start = (a, b, 0), 0
    for at in range(size + 1):
        if at == size or not same_word(wanted[a + at], given[b + at]):
            best = max(best, (a + start, b + start, at - start), key=lambda run: run[2])
            start = at + 1
    return best


def _edge(quoted: list[Word], printed: list[Word], given: Reading, at: int, step: int, elsewhere: set[str]) -> int:
    """How many words of the source stand for those of an edge of the quote, both read from the run outwards.

    Raises:
        _Differs: what differs may change what is said.
    """
    taken = 0
    own: list[Word] = []
    lost: list[Word] = []
    misspelt = 0
    far = 0  # the words of the quoter's own since the last one that the source has
    for word in quoted:
        skipped = next(
            (n for n in range(3) if _small(printed[taken : taken + n]) and _at(word, printed, taken + n)), -1
        )
        if skipped >= 0:
            lost += printed[taken : taken + skipped]
            taken, far = taken + skipped + 1, 0
        elif word.key in _PRESENTS and not _cut(word, printed[taken : taken + 1]):
            own.append(word)
            far += 1
        elif taken < len(printed) and _misspelt(word, printed[taken], given.opens(at + min(step, 0) + step * taken)):
            misspelt += 1
            taken, far = taken + 1, 0
        else:
            raise _Differs(_harm(word, printed[taken : taken + 1], elsewhere))
    inside = {w.key for w in own[: len(own) - far]}
    if inside & {w.key for w in printed[taken : taken + 2]} or {w.key for w in own} & {w.key for w in lost}:
        raise _Differs("des mots d'un autre endroit de la source sont joints à la citation")
    if misspelt > 1 or (misspelt and (own or lost)):
        raise _Differs("les bords de la citation ne sont pas dans la source")
    # A whole sentence leaves small words no place to take; elsewhere, they may drop what they take the place of.
    if far and not given.opens(at + step * taken):
        _refuse_what_is_dropped(quoted[-far:], printed[taken:], step, bool(given.marks(at + step * taken)))
    return taken


def _refuse_what_is_dropped(own: list[Word], printed: list[Word], step: int, clause: bool) -> None:
    """Refuse small words of the quoter's own, at the end of an edge, that stand for more than small words."""
    if why := next(filter(None, map(_weighs, [] if clause else printed[: len(own)])), ""):
        raise _Differs(why)
    if step > 0 and not _small(own):
        raise _Differs("les bords de la citation ne sont pas dans la source")
    # Those of the source a little further: what is between has been left out.
    near = {w.text for w in printed[: len(own) + 5]}
    if 2 * sum(w.text in near for w in own) > len(own):
        raise _Differs("des mots de la source manquent à la citation")


def _small(words: list[Word]) -> bool:
    return all(w.key in _SMALL for w in words)


def _at(word: Word, printed: list[Word], at: int) -> bool:
    return at < len(printed) and same_word(word, printed[at])


def _misspelt(word: Word, printed: Word, opens: bool) -> bool:
    """Whether a quoted word is the source's with one letter wrong; a name has no spelling mistakes, it is another."""
    one, other = word.text, printed.text
    if min(len(one), len(other)) < 5 or one[0] != other[0] or not (_latin(one) and _latin(other)):
        return False
    # A capital of the quoter's own makes no name: the whole quote may be in capitals.
    if _weighs(word, opens=True) or _weighs(printed, opens):
        return False
    head = _head(one, other)
    rests = one[head:], other[head:]
    swapped = rests[1][1:2] + rests[1][:1] + rests[1][2:]
    return rests[0][1:] in (rests[1], rests[1][1:]) or rests[0] in (rests[1][1:], swapped)


def _head(one: str, other: str) -> int:
    """How many letters two words share from the first."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _latin(text: str) -> bool:
    return all(c < "ɐ" for c in text)


def _weighs(word: Word, opens: bool = False) -> str:
    """Why a word may not be lost, gained or changed, whatever surrounds it (empty: it may).

    A capital that opens a sentence makes no name.
    """
    if word.kind != "word" or word.key in _COUNTS:
        return "un chiffre diffère de la source"
    if word.key in _TURNS:
        return "une négation diffère de la source"
    if word.cased[0].isupper() and word.key not in _SMALL and not opens:
        return "un nom propre diffère de la source"
    return ""


def _cut(word: Word, printed: list[Word]) -> bool:
    """Whether one of two words that differ is the head or the tail of the other; « de » for « des » cuts nothing."""
    pairs = (sorted((word.key, p.key), key=len) for p in printed if not _small([word, p]))
    return any(len(short) > 2 and (long.startswith(short) or long.endswith(short)) for short, long in pairs)


def _harm(word: Word, printed: list[Word], elsewhere: set[str]) -> str:
    """What a word of the quoter's own does, in the place of a printed one where there is one."""
    if not _latin(word.text):
        return "des lettres d'un autre alphabet remplacent celles de la source"
    if _cut(word, printed):
        return "un mot de la source est coupé ou prolongé"
    if why := next(filter(None, map(_weighs, (word, *printed))), ""):
        return why
    if word.key in elsewhere:
        return "des mots d'un autre endroit de la source sont joints à la citation"
    return "les bords de la citation ne sont pas dans la source"


def _refuse_what_turns_round(
    wanted: Reading, given: Reading, a: int, b: int, count: int, start: int | None = None
) -> None:
    """Refuse a run whose words are the source's and whose sense is not: a question told, a negation left out."""
    for i in range(1, count):
        if ("?" in wanted.marks(a + i)) != ("?" in given.marks(b + i)):
            raise _Differs("une question diffère de la source")
    asked, told = given.marks(b + count), wanted.marks(a + count)
    if a + count == len(wanted.words) and asked and told and ("?" in asked) != ("?" in told):
        raise _Differs("une question diffère de la source")
    at = first = b if start is None else start
    reach = 1
    while at > 0 and first - at < reach and not given.marks(at) and not given.opens(at):
        word = given.words[at - 1]
        if word.key in _DENIES:
            raise _Differs("la négation qui porte sur la citation en est coupée")
        # « pas de », « jamais l' »: the negation is further; « il n'est pas vrai que »: further still.
        reach = max(
            reach, 7 if word.key in ("que", "qu") and at == first else first - at + 2 * (word.key in ("d", "de"))
        )
        at -= 1


def _proved(state: CitationState, wanted: Reading, given: Reading, a: int, b: int, why: str) -> Proof:
    start, end = given.span(a, b, wanted)
    return Proof(state, given.written[start:end], start, end, why)


def _unproved(why: str) -> Proof:
    return Proof(CitationState.UNPROVED, None, None, None, why)
