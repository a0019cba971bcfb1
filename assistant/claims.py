"""Whether the sentence of a claim says no more than its quote: figures, dates, names, negations, opposites, words.

The citation gate proves that a quote stands in the report. What a model says beside it is judged here, by rules that
would rather drop a good sentence than let a bad one through: the report's own sentences are there to answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.figures import dates_of, figures_of
from ingest.folding import fold
from vectorstore.tokens import STOP_WORDS, stem, tokens

LEAST_SHARE = 1 / 3
"""The share of a sentence's full words that its quote has, at least. A low bound: it stops a sentence that is about
something else, and leaves a paraphrase its words."""


def unheld(sentence: str, quote: str) -> str:
    """Why a sentence is not held by its quote, in French; empty where it is."""
    checks = (_other_letters, _other_dates, _other_figures, _other_names, _other_sign, _other_side, _other_words)
    return next((why for check in checks if (why := check(sentence, quote))), "")


_MARKUP = re.compile(
    r"[<>\[\]{}|\\`*_#@~^]|://|\bwww\.|&#?\w+;|\b(?:https?|mailto|javascript|data):|\b[\w-]+\.(?:fr|com|org|net|eu|io)\b",
    re.IGNORECASE,
)


def has_markup(text: str) -> bool:
    """Whether a text holds anything but words to read: markup, addresses, characters that are not seen."""
    return bool(_MARKUP.search(text)) or any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") for c in text)


def _other_letters(sentence: str, quote: str) -> str:
    foreign = {c for c in sentence if c.isalpha() and not unicodedata.name(c, "").startswith("LATIN")}
    return "des lettres d'un autre alphabet ne sont pas dans la citation" if foreign - set(quote) else ""


_DAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche".split())


def _other_dates(sentence: str, quote: str) -> str:
    given = dates_of(quote)
    days = {word.removesuffix("s") for word in _folded_words(sentence)} & _DAYS
    if days - {word.removesuffix("s") for word in _folded_words(quote)}:
        return "un jour n'est pas dans la citation"
    if any(not any(date.holds(said) for date in given) for said in dates_of(sentence)):
        return "une date n'est pas dans la citation"
    return ""


def _other_figures(sentence: str, quote: str) -> str:
    given = figures_of(quote)
    left = Counter(figure.said for figure in given)
    for figure in figures_of(sentence, with_dates=False):
        if not figure.article and not left[figure.said]:  # « 3 sur 3 » is not held by « 3 sur 5 »
            return f"le chiffre « {figure.value}{figure.unit} » n'est pas dans la citation, ou pas si souvent"
        left[figure.said] -= not figure.article
        # « 12 femmes et 30 hommes » does not hold « 30 femmes ».
        counted = {other.said for other in given if figure.counts and other.counts == figure.counts}
        if counted and figure.said not in counted:
            return f"le chiffre « {figure.value}{figure.unit} » ne porte pas sur la même chose dans la citation"
    return ""


_NAME = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŒ]\w*(?:-\w+)*")
_OPENS = re.compile(r"(?:^|[.!?:…]\s)[\s«»\"“”(\-–—•]*$")
_OPENERS = STOP_WORDS | frozenset(
    """selon depuis grace afin lors pendant durant chaque certains certaines ainsi enfin ensuite puis cependant
    toutefois neanmoins egalement notamment outre malgre contre vers hors sauf parmi entre des jusqu or bref
    aucun aucune rien personne nul nulle ne ni non oui sans seul seule seuls seules moins pres environ tres trop
    lorsque puisque quoique si bien beaucoup tant afin face suite issu issue issus issues ne nee mis mise ouvert
    ouverte ouverts ouvertes concu concue soutenu soutenue aujourd hier demain ici parfois souvent toujours jamais
    deja encore quant via divers diverses abord autour aupres lancement pris prise""".split()
)


def _other_names(sentence: str, quote: str) -> str:
    exact = set(_folded_words(quote))
    common = {stem(word) for found in re.findall(r"\b[a-zà-öø-ÿœ]\w*", quote) for word in _folded_words(found)}
    for found in _NAME.finditer(sentence):
        opens = _OPENS.search(sentence[: found.start()]) is not None
        if opens and re.search(r"(?:ée?s?|.{4}ment)$", found[0]):  # « Créée en 2019 », « Progressivement »
            continue
        for word in _folded_words(found[0]):
            # A common noun may take its capital and its plural; a name is taken letter by letter.
            if word not in _OPENERS and word not in exact and stem(word) not in common:
                return f"« {found[0]} » n'est pas dans la citation"
    return ""


def _folded_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))


_CLAUSE = re.compile(
    r"[,.](?!\d)|[;:!?()…]| - |\b(?:mais|car|or|donc|qui(?! n[e'])|dont|puisque|parce que|tandis que|alors que|"
    r"bien que)\b"
)
"""What parts two clauses; « qui ne… » does not, so that the one who does not is not taken to do."""
_SECOND = re.compile(r"pas|plus|jamais|rien|aucun|aucune|personne|guere|point|ni|nul|nulle|nullement|aucunement")
_ALONE = re.compile(r"peu[tx]|peuvent|pouva\w+|pourra\w*|saura\w*|sai[ts]|savent|cess\w+|os\w+")
"""Verbs that « ne » denies without a second word."""
_DENIES_NEXT = re.compile(r"sans|aucune?s?|nul|nulle|ni|non|hors|hormis|sauf|excepte|pas|jamais|guere|absence|faute")
_HEAD = 5
"""Letters of a stem by which a verb is known: French verbs have several stems."""
_NOUN_BEFORE = frozenset("un le les des ce ces premier premiers grand petit petits chaque quelques".split())


@dataclass(slots=True)
class _Sign:
    """What a text affirms and what it denies, as heads of words.

    `denials` has for each negation the words denied, the nearest first. `affirmed` are the words outside of them,
    `plain` those of the clauses without a negation of the verb.
    """

    denials: list[list[str]] = field(default_factory=list)
    affirmed: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)

    @property
    def denied(self) -> set[str]:
        return {word for words in self.denials for word in words}

    @property
    def everything(self) -> set[str]:
        return self.denied | self.affirmed


def _other_sign(sentence: str, quote: str) -> str:
    said, given = _sign(sentence), _sign(quote)
    denied = given.denied
    if len(said.denials) < len(given.denials) and said.everything >= given.everything:
        return "la phrase affirme ce que la citation nie"
    if said.plain & (denied - given.affirmed):
        return "la phrase affirme ce que la citation nie"
    if len(said.denials) > len(given.denials) or not all(_denied_too(words, given) for words in said.denials):
        return "la phrase nie ce que la citation ne nie pas"
    return ""


def _denied_too(words: list[str], given: _Sign) -> bool:
    """Whether a text denies what a sentence denies, the nearest word first of all, and affirms none of it."""
    if not words:
        return True
    denied = given.denied
    held = words[0] in denied or (words[0] not in given.everything and not denied.isdisjoint(words))
    return held and (given.plain - denied).isdisjoint(words)


# Never changed once it is made.
@lru_cache(maxsize=1024)
def _sign(text: str) -> _Sign:
    sign = _Sign()
    for clause in _CLAUSE.split(fold(text)):
        words = re.findall(r"[a-z0-9]+", clause)
        verb = _denied_verb(words)
        denied = set(range(verb, len(words))) if verb is not None else set()
        if verb is not None:
            sign.denials.append(_stems(words[verb:]))
        for at, word in enumerate(words):
            if (verb is None or at < verb) and _denies_next(words, at):
                full = next((n for n in range(at + 1, len(words)) if _stems(words[n : n + 1])), len(words))
                denied.add(full)
                if word not in ("aucun", "aucune", "nul", "nulle") or verb is None:
                    sign.denials.append(_stems(words[full : full + 1]))
        outside = set(_stems([word for at, word in enumerate(words) if at not in denied]))
        sign.affirmed |= outside
        sign.plain |= outside if verb is None else set()
    return sign


def _stems(words: list[str]) -> list[str]:
    """The heads of the full words: « participe » and « participent », « reçoit » and « reçoivent » share theirs."""
    full = (w for w in words if w != "ne" and not _DENIES_NEXT.fullmatch(w) and not _SECOND.fullmatch(w))
    return [term[:_HEAD] for word in full for term in tokens(word)]


def _denied_verb(words: list[str]) -> int | None:
    """Where what « ne » denies starts; `None` where it only restricts (« ne … que »), or stands there for style."""
    at = next((n for n, word in enumerate(words) if word in ("ne", "n")), None)
    if at is None:
        return None
    second = next((n for n, word in enumerate(words) if n != at and _SECOND.fullmatch(word)), None)
    only = next((n for n in range(at, len(words)) if words[n] in ("que", "qu")), None)
    if second is not None and (only is None or second < only):
        return at + 1
    return at + 1 if any(_ALONE.fullmatch(word) for word in words[at + 1 : at + 3]) else None


def _denies_next(words: list[str], at: int) -> bool:
    word, after = words[at], words[at + 1 : at + 2]
    if not _DENIES_NEXT.fullmatch(word) or (word == "non" and after in (["seulement"], ["plus"])):
        return False
    if word in ("absence", "faute"):
        return after in (["de"], ["d"], ["des"])
    return word != "pas" or not (at and words[at - 1] in _NOUN_BEFORE)


_SIDES = tuple(
    tuple(re.compile(rf"\b(?:{side})") for side in pair.split("/"))
    for pair in (
        r"plus\b/moins\b, avant\b/apres\b, avec\b/sans\b, hausse|augment|accr|croi/baiss|diminu|redui|reduc|decroi, "
        r"minim/maxim, minorit/majorit, inferieur/superieur, interne/externe, premier/dernier, toujours/jamais, "
        r"facil/difficil, court/long, fort/faibl, haute?s?\b/bas(?:ses?)?\b, gratuit/payant, public/prive, "
        r"rura/urbain, volontair/obligat, individuel/collectif, hommes?\b/femmes?\b, mineur/majeur, accept/refus, "
        r"ouver|ouvr/ferm, reussi/echec|echou, avantag|atout/inconvenient|frein|limite, debut/fin\b, tous\b|toutes\b/"
        r"quelques\b|certain"
    ).split(", ")
)
_OPPOSING = "in im ir il non mal de des dis anti".split()


def _other_side(sentence: str, quote: str) -> str:
    """An opposite in the place of a word: « moins » where the quote has « plus », « suffisant » for « insuffisant »."""
    said, given = fold(sentence), fold(quote)
    for one, other in _SIDES:
        for mine, theirs in ((one, other), (other, one)):
            if mine.search(said) and not mine.search(given) and theirs.search(given) and not theirs.search(said):
                return "la phrase dit le contraire de la citation"
    alone, theirs_alone = set(tokens(sentence)) - set(tokens(quote)), set(tokens(quote)) - set(tokens(sentence))
    for here, there in ((alone, theirs_alone), (theirs_alone, alone)):
        if any(len(word) > 3 and f"{prefix}{word}" in there for word in here for prefix in _OPPOSING):
            return "la phrase dit le contraire de la citation"
    return ""


def _other_words(sentence: str, quote: str) -> str:
    said, given = set(tokens(sentence)), set(tokens(quote))
    if not said:
        same = set(_folded_words(sentence)) <= set(_folded_words(quote))
        return "" if same else "la phrase n'a aucun mot plein"
    return "" if len(said & given) >= LEAST_SHARE * len(said) else "la phrase parle d'autre chose que la citation"
