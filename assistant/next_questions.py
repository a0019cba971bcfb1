"""Questions to ask next: near what was answered, and each of them answered when it is asked.

    what was cited, or what was found → the other fields of its fiche, and questions of the index about that fiche,
                                        what follows and its theme, the likest first
                                      → those written well enough to be offered → those that the road answers

Each is tried before it is offered: it does not lean on the conversation, and its answer cites what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from rapidfuzz import fuzz

from assistant.answer import Question, Turn
from assistant.judgement import Judged
from assistant.wording import asked_of_fields
from ingest.folding import fold
from ingest.records import Passage
from vectorstore import thesaurus
from vectorstore.hits import Hit, Sought
from vectorstore.index import Index
from vectorstore.tokens import tokens, words

Decide = Callable[[Question], Judged]
"""The road up to what was decided."""

MOST = 3
_TRIED = 8
"""Questions that are tried at most: each takes the time of an answer."""
_LENGTH = range(25, 111)
"""Characters of a question that is offered."""
_ANNEX = "Enquête"
"""How a question about the answers to the questionnaire is introduced; others by their fiche or their theme."""
_LIKE, _LIKE_REFUSED = 0.25, 0.45
"""Likeness from which an index question is near enough to what was answered, or was not."""
_ALIKE = 65
"""Likeness (0 to 100) from which two questions ask the same."""
_OPENS = re.compile(
    r"(?:(?:à|auprès de|avec|contre|d'|dans|de|depuis|en|grâce à|jusqu'à|par|pour|selon|sous|sur|vers) ?)?"
    r"(?:qui|quoi|quel(?:le)?s?|combien|comment|pourquoi|où|quand|que|qu'est-ce que)\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\w-(?:t-)?(?:ils?|elles?|on)\b|^Qu'est-ce que |^Qui (?:\w+(?:e|nt|it)|a|est|doit) "
    r"|^(?:Que|(?:À|De|En|Par) quoi) \w"
    r"|\b[Qq]uel(?:le)?s? (?:est|sont|était|étaient|a été|ont été)\b|^(?:Comment|Pourquoi) \w+(?:er|ir|re)\b"
    r"|^(?:\S+ )?(?:[Qq]uel(?:le)?s?|[Cc]ombien) .+ (?:a|ont|est|sont|était|étaient|fait|font|peut|peuvent) \w"
)
"""What a question has where it is worded as in writing: a verb that asks, not « Pourquoi une seule réunion ? »."""
_ONE_CLAUSE = re.compile(r"[^,;:()«.?!]+ \?")
_NAME = re.compile(r"(?<!^)\b[A-ZÀ-Ý][\w-]+")
_IMPERSONAL = re.compile(r"\b(?:y a|y avait|faut|fallait|s'agit|existe)-(?:t-)?il\b")
_ASKED_OF = re.compile(r"(.*?)\w-(?:t-)?(?:ils?|elles?)\b")
_SUBJECT = re.compile(r"\b(?:le|la|les|du|des|un|une|aux?) |\b[ld]'|\b[A-ZÀ-Ý]")
"""What shows that a verb has its subject before it: « Quels freins la démarche rencontre-t-elle ? »."""
_LEANING = re.compile(
    r"\b(?:je|moi|me|mon|ma|mes|tu|te|ton|ta|tes|nous|notre|nos|vous|votre|vos|ca|cela|ceci|lui|leurs?|son|sa|ses|"
    r"cet?|cette|ces|celui|celle|ceux|celles|ici|y(?!-t-il| (?:a|avait)\b))\b|\b[jmtc]'"
    r"|(?<!-)\b(?:ils?|elles?|on)\b|\b(?:du|le|au|cd) (?:\d\d|9-3)\b|\b[1-5][a-f]\b"
)
"""What points to someone, or to something said before; what a number alone names."""
_FAMILIAR = re.compile(
    r"\b(?:ados?|assos?|bahuts?|boites?|boss(?:e[rs]?|ent|ait)|bouquins?|boulots?|chefs?|coordos?|coups? de|educs?"
    r"|gamins?|gars|gens|gosses?|hosto|infos?|papiers|patron(?:ne)?s?|pros?|psys?|raque\w*|sous(?! l)|topo|trucs?"
    r"|vieux)\b"
)
"""Words of speech, some of which the report writes too in another sense."""
_CLITIC = re.compile(r"-(?:t-)?(?:ils?|elles?|on)\b")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be offered, and the passages, of one field or section, that may answer it."""

    text: str
    group: str
    passages: tuple[Passage, ...]


def next_questions(index: Index, judged: Judged, decide: Decide) -> tuple[str, ...]:
    """Up to three questions that `decide`, asked in the same scope, answers; different from all that was asked.

    After an answer they are about what stands near the passages cited; after a refusal about the fiches that the
    question names, and the likest of the index.
    """
    question = judged.draft.weighed.findings.understood.question
    asked = [question.text, *(turn.content for turn in question.history if turn.role == "user")]
    offered: dict[str, str] = {}
    tried = 0
    for candidate in _near(index, judged):
        if candidate.group in offered or _repeats(candidate.text, [*asked, *offered.values()]):
            continue
        found = decide(Question(candidate.text, (Turn("user", question.text),), scope=question.scope))
        leans = found.draft.weighed.findings.understood.query.context
        if not leans and any(p.id in _cited(found) for p in candidate.passages):
            offered[candidate.group] = candidate.text
        tried += 1
        if len(offered) == MOST or tried == _TRIED:
            break
    return tuple(offered.values())


def _cited(judged: Judged) -> list[str]:
    """The passages (ids) that the answer cites; none where it is refused."""
    if not judged.judgement.answerable:
        return []
    if judged.writing is not None and judged.writing.claims:
        return [claim.passage.id for claim in judged.writing.claims]
    return [choice.passage.id for choice in judged.draft.choices]


def _near(index: Index, judged: Judged) -> Iterator[_Candidate]:
    """What may be offered, the nearest first, from each side in turn; then the likest of the whole scope."""
    findings = judged.draft.weighed.findings
    query, scope, cited = findings.understood.query, findings.understood.question.scope, _cited(judged)
    at = [index.retriever.positions[c] for c in cited]
    passages = [index.passages[i] for i in at]
    fiches = list(dict.fromkeys(p.fiche for p in passages if p.fiche)) or sorted(query.fiches)
    if not fiches and (cited or judged.judgement.spoken_of):
        fiches = list(dict.fromkeys(h.passage.fiche for h in findings.hits if h.passage.fiche))[:1]
    groups, themes = {p.group for p in passages}, {p.theme for p in passages if p.theme}
    after = {p.id for i in at for p in index.passages[i + 1 : i + 3] if p.document == index.passages[i].document}
    like = _LIKE if cited else _LIKE_REFUSED
    likest = [q for q in _likest(index, findings.sought, like) if scope.holds(q[1]) and q[1].id not in cited]
    sides = (
        (c for c in _of_fields(index, fiches, findings.hits) if scope.holds(c.passages[0]) and c.group not in groups),
        _of_index(index, (q for q in likest if q[1].fiche in fiches or q[1].id in after or q[1].group in groups)),
        _of_index(index, (q for q in likest if q[1].theme in themes)),
    )
    for turn in zip_longest(*sides):
        yield from (candidate for candidate in turn if candidate)
    yield from _of_index(index, likest)


def _likest(index: Index, sought: Sought, least: float) -> Iterator[tuple[str, Passage]]:
    """The questions of the index with the passages that they are asked of, those like what was sought first."""
    for at in np.argsort(-sought.likeness, kind="stable"):
        if sought.likeness[at] < least:
            return
        asked = index.sentences.asked[at]
        yield asked.text, index.passages[asked.passage]


def _of_fields(index: Index, fiches: Iterable[str], hits: Iterable[Hit]) -> Iterator[_Candidate]:
    """What is asked of the fields of fiches: first of those that were found."""
    found = list(dict.fromkeys(hit.passage.group for hit in hits))
    for fiche in fiches:
        asked = {f"fiche-{fiche}/{field}": text for field, text in asked_of_fields(fiche).items()}
        for group in dict.fromkeys([*(g for g in found if g in asked), *asked]):
            if passages := tuple(p for p in index.passages if p.group == group):
                yield _Candidate(asked[group], group, passages)


def _of_index(index: Index, questions: Iterable[tuple[str, Passage]]) -> Iterator[_Candidate]:
    """The questions that are fit to be offered, their subject named before them."""
    for text, passage in questions:
        if _is_written(text) and not _is_spoken(index, text):
            whole = _with_subject(index, text, passage)
            if len(whole) in _LENGTH:
                yield _Candidate(whole, passage.group, (passage,))


def _with_subject(index: Index, text: str, passage: Passage) -> str:
    """A question of the index that names its subject: its fiche, its theme or the survey."""
    capitals = {fold(word) for word in _NAME.findall(text)}
    named = {f for name, fiches in index.lexicon.named_fiches(text).items() if name in capitals for f in fiches}
    if passage.fiche is None:
        subject = _ANNEX if passage.id.startswith("annexe") else passage.theme or ""
    else:
        subject = "" if named == {passage.fiche} else f"Fiche {passage.fiche}"
    if set(tokens(subject)) <= set(tokens(text)):
        return text
    return f"{subject} : {text[0].lower()}{text[1:]}"


def _is_spoken(index: Index, text: str) -> bool:
    """Whether a question is worded as in speech, in words that the report never uses or that stand for its own."""
    plain = _NAME.sub("", _CLITIC.sub("", text))
    unused = [w for w in words(plain) if w in index.lexicon.everyday]
    new = [t for t in tokens(plain) if t not in index.lexicon.idf]
    return len(new) > 1 or any(thesaurus.knows(w) for w in unused) or bool(_FAMILIAR.search(fold(plain)))


def _is_written(text: str) -> bool:
    """Whether a question is worded as in writing, and stands alone."""
    opening = _OPENS.match(text)
    if not (opening and _WRITTEN.search(text) and _ONE_CLAUSE.fullmatch(text)) or _LEANING.search(fold(text)):
        return False
    asked_of = _ASKED_OF.match(text[opening.end() :])
    return not asked_of or bool(_IMPERSONAL.search(text) or _SUBJECT.search(asked_of[1]))


def _repeats(text: str, said: Iterable[str]) -> bool:
    return any(fuzz.token_set_ratio(fold(text), fold(other)) >= _ALIKE for other in said)
