"""Whether something may stand as a wrong answer: the report must not say it of what is asked about.

`refusal` is strict on purpose: a good wrong answer lost costs nothing, one that is true costs the trainer the room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims import unheld
from assistant.kits.aspects import Aspect
from assistant.kits.quiz.material import Material
from assistant.kits.quiz.told import Line, figures_in, words_of
from ingest.folding import fold

LEAST_STEMS = 4
"""Full words below which something is true of any practice."""
_SHARED = 0.5
"""The share of its full words that a line of the report has, from which it may say the same."""
_COVERED = 0.7
"""The same share, of all the lines together."""
_NEAR = 0.36
"""The cosine with a line of the report from which it may say the same: what is true of a fiche has a line at 0.47 or
more 19 times out of 20, what is true of another fiche has none at 0.43 or more 99 times out of 100."""
_ALIKE = 0.45
"""The cosine from which two answers may say the same."""
_FEW = 0.5
"""A full word that no more than this share of the fiches use brings two answers together."""
_COMMON, _COMMON_NEAR = 0.3, 0.3
"""What a greater share of the fiches than this use, or have a line so near to, is of practices in general."""
_OWN_WORDS = 2
_PLAIN = 12
"""Up to here a number alone says nothing: there are two of something everywhere."""
_EVERYWHERE = re.compile(
    r"sanitaire|covid|confine|pandemi|epidemi|(?:manque|peu|beaucoup|besoin) de (?:temps|moyens)|charge de travail|"
    r"chronophage|soutien .*hierarchie"
)
"""What every practice of those years met, said of it or not."""
_NAME = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŒ][\w-]*")


def refusal(
    material: Material, place: str, wrong: str, beside: Sequence[str] = (), least: int = LEAST_STEMS, kin: bool = False
) -> str:
    """Why a text must not be a wrong answer to what is asked about a place, in French; empty where it may be.

    Args:
        material: what the report says.
        place: the fiche (`4a`) or the section (`pair-aidance`) asked about.
        wrong: the text.
        beside: the answers that it is to stand beside, the right one too.
        least: the full words that it must have; a value of a card may have fewer than what a point says.
        kin: whether what is true of another fiche of the same practice is true of this one too.
    """
    key = (place, wrong, least, kin)
    if key not in material.refusals:
        material.refusals[key] = _refusal(material, place, wrong, least, kin)
    if not material.refusals[key] and any(_is_alike(material, material.line(wrong), material.line(b)) for b in beside):
        return "trop proche d'une autre réponse"
    return material.refusals[key]


def _refusal(material: Material, place: str, wrong: str, least: int, kin: bool) -> str:
    line, told = material.line(wrong), material.told(place, kin)
    if len(line.stems) < least:
        return "trop court pour n'être vrai que d'une pratique"
    if least == LEAST_STEMS and _is_common(material, line):
        return "trop général : plusieurs fiches disent presque cela"
    if _EVERYWHERE.search(fold(wrong)):
        return "vrai de presque toutes les pratiques de ces années"
    if told.nearest(line) >= _NEAR:
        return "une phrase à propos de la cible en est proche par le sens"
    shares = told.shares(line)
    if (shares >= _SHARED).any():
        return "une phrase à propos de la cible en a la moitié des mots"
    if sum(stem in told.stems for stem in line.stems) >= _COVERED * len(line.stems):
        return "presque tous ses mots sont dits à propos de la cible, même si c'est en plusieurs endroits"
    if any(word in told.words for name in _names(wrong) for word in words_of(name)):
        return "un de ses noms est dit aussi à propos de la cible"
    if (figures := _figures(wrong)) and figures & told.figures:
        return "un de ses chiffres est dit aussi à propos de la cible"
    # A line that has less than a third of the words never holds it.
    if any(not unheld(wrong, told.lines[at].text) for at in (shares >= 1 / 3).nonzero()[0]):
        return "une phrase à propos de la cible le dit"
    return ""


def _is_common(material: Material, line: Line) -> bool:
    """Whether it is true of practices in general: many fiches come near it, or it has hardly a word of its own."""
    most = _COMMON * len(material.fiches)
    if own_words(material, line.text) < _OWN_WORDS:
        return True
    return sum(material.sentences(fiche).nearest(line) >= _COMMON_NEAR for fiche in material.fiches) > most


def _is_alike(material: Material, one: Line, other: Line) -> bool:
    both = one.stems & other.stems
    return (
        len(both) >= _SHARED * (min(len(one.stems), len(other.stems)) or 1)
        or float(one.vector @ other.vector) >= _ALIKE
        or any(material.fiches_using[stem] <= _FEW * len(material.fiches) for stem in both)
    )


def _names(text: str) -> list[str]:
    """The proper names and acronyms of a text; the capital that opens it makes no name."""
    return [found[0] for found in _NAME.finditer(text) if found.start() or found[0].isupper()]


def _figures(text: str) -> set[tuple[str, str]]:
    figures = [f for f in figures_in(text) if f.unit or not (f.value.isdigit() and int(f.value) <= _PLAIN)]
    return {figure.said for figure in figures}


def own_words(material: Material, text: str) -> int:
    """How many full words of a text few fiches use: what has more of them says something of its own."""
    most = _COMMON * len(material.fiches)
    return sum(material.fiches_using[stem] <= most for stem in material.line(text).stems)


def is_local(aspect: Aspect) -> bool:
    """Whether an aspect is told of each place that has a practice, not of the practice."""
    return aspect in (Aspect.ORIGIN, Aspect.FUNDING, Aspect.EVALUATION, Aspect.NEXT)


def nearness(material: Material, place: str, text: str) -> float:
    """The cosine (−1 to 1) of a text with what is nearest to it of all that is said of a place."""
    return material.told(place).nearest(material.line(text))
