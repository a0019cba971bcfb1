"""What a question asks: its words as the report spells them, the places it names, the kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Question
from assistant.cues import FRAMING, SHORTHAND, Cue, Kind, card_values_of, cues_of, kind_of, sections_of
from assistant.personal.finding import without_placeholders
from ingest.errors import QuestionError
from ingest.folding import fold
from ingest.outline import THEMES
from vectorstore import thesaurus
from vectorstore.hits import Query
from vectorstore.index import Index
from vectorstore.tokens import STOP_WORDS, is_english, tokens, words

MOST_CHARACTERS = 4000

_FICHE_NUMBER = re.compile(r"(?:\bfiches?\s*(?:n\s*°\s*)?|\b(?=[1-5][a-f]\b))([1-5]\s?[a-f])\b")
_GOES_ON = re.compile(r"^(?:et|mais|ok|d'accord|comment ca|lequel|laquelle|lesquels|lesquelles)\b")
# « le rapport dit-il » has its subject, « il y a » has none: neither points to what was said before.
_PRONOUN = re.compile(
    r"(?<!-)\b(?:ils?|elles?|lui|leurs?|celui|celle|ceux|celles|ca|cela|son|sa|ses|cet?|cette|ces|la[- ]bas|it|they|"
    r"their|them|this|that)\b(?! y a\b)|(?<!\bil )\by\b|-la\b"
)
_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
"""What colours text in a terminal, pasted with it."""
_SHORT = 14
"""A question of more words than this stands on its own, whatever pronouns it holds."""
_BRIEF_TERMS = 5
"""Words of its own up to which a question about a fiche is brief, and may lean by a pronoun."""
_BRIEF = 8
"""One of so few words leans on what was said before, unless it names a subject of its own."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question understood.

    `text` is the question as it was understood (shown to the user where it differs). `cued` are the folded words that
    say what it wants, with those of the question that it follows up where it says too little; `cues` say what it asks
    of a fiche, and in which words. `terms` are the stems of its words that say what it is about, `context` those of the
    question that it follows up; `unknown` its words (as typed) that the report never uses in any form; `respelt` its
    words that were read as others, each as typed and as read.
    """

    question: Question
    text: str
    query: Query
    cued: str
    kind: Kind
    cues: tuple[Cue, ...]
    card_values: frozenset[str]
    terms: frozenset[str]
    context: frozenset[str]
    unknown: tuple[str, ...]
    respelt: tuple[tuple[str, str], ...] = ()


def understand(index: Index, question: Question) -> Understood:
    """Understand a question by the report's own words and structure.

    Raises:
        QuestionError: the question is empty, longer than 4,000 characters, or holds no word.
    """
    typed = _checked(question.text)
    asked = " ".join(without_placeholders(typed).split())
    if not words(asked):
        raise QuestionError("La question ne contient aucun mot. Écrivez ce que vous cherchez dans le rapport.")
    english = is_english(asked)
    # The report uses few of the words of a question in English, which says nothing of what it speaks of.
    respelt, unknown = ((), ()) if english else _spell(index, asked)
    corrected = _respelt(asked, respelt)
    expanded = " ".join([corrected, *thesaurus.expansions(corrected)])
    fiches = _mentioned(index, expanded)
    terms, context = _topical(corrected), frozenset[str]()
    cued, before = fold(corrected), ""
    if english:
        shared = frozenset(t for t in terms if t in index.lexicon.idf)
        terms = shared if len(shared) > 1 or (shared and cues_of(cued)) else terms
    if question.history and _leans(index, cued, terms, bool(fiches or unknown)):
        said = [without_placeholders(t.content) for t in question.history[-2:]]
        asked_before = next((t.content for t in reversed(question.history) if t.role == "user"), "")
        if fiches:  # what was asked of one fiche is asked of another
            said, asked_before = [_without_names(index, t) for t in said], _without_names(index, asked_before)
        before = " ".join(said)
        context = _topical(asked_before) - terms
        fiches = fiches or _mentioned(index, " ".join([before, *thesaurus.expansions(before)]))
        if not cues_of(cued) and not card_values_of(cued, brief=True):
            cued = f"{cued} {fold(asked_before)}"
    cards = card_values_of(cued, brief=bool(fiches) and len(terms) <= _BRIEF_TERMS)
    cues = cues_of(cued)
    fields = frozenset(field for cue in cues for field in cue.fields) | ({"carte"} if cards else set())
    names = _names(index, expanded, fiches)
    gloss = thesaurus.gloss(_unframed(corrected))
    return Understood(
        question=question,
        text=_shown(_respelt(typed, respelt), before, question),
        query=Query(
            text=_without(expanded, names),
            names=" ".join(names) or ("" if before else _called(index, fiches)),
            context=before,
            gloss="" if english else gloss,
            translation=gloss if english else "",
            fiches=fiches,
            fields=fields,
            sections=sections_of(cued),
        ),
        cued=cued,
        kind=kind_of(cued),
        cues=cues,
        card_values=cards,
        terms=terms,
        context=context,
        unknown=unknown,
        respelt=respelt,
    )


def _checked(text: str) -> str:
    text = _TERMINAL.sub(" ", text)
    asked = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not asked:
        raise QuestionError("La question est vide. Écrivez ce que vous cherchez dans le rapport.")
    if len(asked) > MOST_CHARACTERS:
        raise QuestionError(
            f"La question compte {len(asked)} caractères, la limite est de {MOST_CHARACTERS}. Raccourcissez-la."
        )
    return asked


def _without_names(index: Index, text: str) -> str:
    """What was asked of one fiche, to be asked of another."""
    names = index.lexicon.named_fiches(text)
    return " ".join(w for w in words(text) if w not in names)


def _names(index: Index, text: str, fiches: frozenset[str]) -> list[str]:
    """The words of a text, folded, that name the fiches it is about."""
    return [word for word, named in index.lexicon.named_fiches(text).items() if named & fiches]


def _called(index: Index, fiches: frozenset[str]) -> str:
    """How the fiches that a question gives by their numbers are called: what it would have said of them."""
    return " ".join(f"{f.title} {f.territoire or ''}" for f in index.fiches if f.id in fiches)


def _without(text: str, names: Iterable[str]) -> str:
    """A text, folded, without these words; the text itself where nothing that says something is left."""
    left = [part for w in words(text) for part in (w.split("-") if set(w.split("-")) & set(names) else [w])]
    kept = " ".join(w for w in left if w not in names)
    return kept if tokens(kept) else text


def _topical(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about; all its stems where that leaves none."""
    return frozenset(tokens(_unframed(text))) or frozenset(tokens(text))


def _unframed(text: str) -> str:
    """A text, folded, without the words that only frame a question."""
    return " ".join(w for w in words(text) if w not in FRAMING)


def _spell(index: Index, asked: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The words that the report spells otherwise, as typed and as it spells them; the words that it does not know."""
    lexicon = index.lexicon
    respelt: list[tuple[str, str]] = []
    unknown: list[str] = []
    # Not what an apostrophe cuts off (« quelqu'un »).
    for token in re.findall(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*(?![\w'’])", asked):
        word = fold(token)
        if (meant := SHORTHAND.get(token)) and (len(word) < 2 or word in STOP_WORDS or not lexicon.knows(word)):
            respelt.append((token, meant.replace("-", " ")))
            continue
        if len(word) < 2 or word in STOP_WORDS or word in FRAMING or lexicon.knows(word) or _knows_parts(index, word):
            continue
        if thesaurus.expansions(token):
            continue  # an abbreviation of the trade
        if kind_of(word) is not Kind.FACT:
            continue  # « comparer » says what is wanted, and must not become the report's « compter »
        if better := lexicon.corrected(word):
            respelt.append((token, better))
        elif len(word) > 2:
            unknown.append(token)
    return tuple(dict.fromkeys(respelt)), tuple(dict.fromkeys(unknown))


def _respelt(asked: str, respelt: Iterable[tuple[str, str]]) -> str:
    for token, better in respelt:
        asked = re.sub(rf"(?<!\w){re.escape(token)}(?!\w)", better, asked)
    return asked


def _knows_parts(index: Index, word: str) -> bool:
    return "-" in word and all(index.lexicon.knows(p) or p in STOP_WORDS or len(p) < 3 for p in word.split("-"))


def _mentioned(index: Index, text: str) -> frozenset[str]:
    """The fiches that a text names by number, or by a name that points to them.

    Where names point to several and the text speaks of a theme, those of that theme are meant: « les conférences
    familiales en Gironde ».
    """
    folded = fold(text)
    known = {f.id for f in index.fiches}
    numbers = {n.replace(" ", "") for n in _FICHE_NUMBER.findall(folded)}
    if numbers & known:
        return frozenset(numbers & known)
    named = frozenset(f for fiches in index.lexicon.named_fiches(text).values() for f in fiches)
    said = set(tokens(text))
    themes = {number for number, theme in THEMES.items() if set(tokens(theme)) <= said}
    return frozenset(f for f in named if f[0] in themes) or named


def _leans(index: Index, folded: str, terms: frozenset[str], new_subject: bool) -> bool:
    """Whether a question leans on what was said before it: by its words, or because it is too short to stand alone.

    `new_subject`: it names a fiche, or something that the report does not know. What it asks for (« qui finance »)
    is no subject of its own; words that one passage holds together are.
    """
    count = len(folded.split())
    if count > _SHORT:
        return False
    points_back = len(terms) <= _BRIEF_TERMS and bool(_PRONOUN.search(folded))
    own = frozenset(tokens(_without_cues(folded))) & terms
    said_together = len(own) > 1 and index.retriever.lexical.together(own)
    too_brief = len(terms) <= 3 and count <= _BRIEF and not said_together
    return bool(_GOES_ON.search(folded)) or (not new_subject and (points_back or too_brief))


def _without_cues(folded: str) -> str:
    for cue in cues_of(folded):
        folded = cue.words.sub(" ", folded)
    return folded


def _shown(corrected: str, before: str, question: Question) -> str:
    if not before:
        return corrected
    last = next((t.content for t in reversed(question.history) if t.role == "user"), "")
    return f"{corrected} (à la suite de : {last})" if last else corrected
