"""What lets a quiz item through: beside its statements, what makes one answer right and the others wrong.

The statements of an item can all be the report's and the item still wrong: another answer marked as the right one, the
answer of another fiche, a proof of something else.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.claims import unheld
from assistant.kits.aspects import NAMES, Aspect
from assistant.kits.checking.statements import Gate, Refused
from assistant.kits.kit import Item, ItemKind, Origin, Pair, Statement
from assistant.kits.places import place_of
from assistant.kits.quiz.wording import FALSE, TRUE, asked, stated
from assistant.kits.statements import named, proposed

_OTHER_ANSWER = "la bonne réponse n'est pas celle que prouve le rapport"
_OTHER_PLACE = "une réponse n'est pas de la fiche qu'elle nomme"


def held_item(item: Item, gate: Gate) -> Item:
    """The item, its statements held and what this installation itself asks asked anew.

    Raises:
        Refused: one of its statements is not held, or the right answer is not the one that is proved.
    """
    held = replace(
        item,
        stem=gate.held(item.stem),
        options=tuple(replace(option, statement=gate.held(option.statement)) for option in item.options),
        pairs=tuple(_held_pair(pair, gate) for pair in item.pairs),
        points=tuple(map(gate.held, item.points)),
        proof=tuple(map(gate.held, item.proof)),
    )
    if any(statement.origin is not Origin.REPORT for statement in held.proof):
        raise Refused("une preuve n'est pas du rapport")
    if item.kind is ItemKind.TRUTH:
        return _held_truth(held, gate)
    if item.options:
        _check_options(held)
    if any(not point.lead and _is_elsewhere(point, held.fiche) for point in held.points):
        raise Refused(_OTHER_PLACE)
    if item.kind is ItemKind.CHOICE and held.stem.origin is Origin.TOOL:
        return replace(held, stem=_asked_anew(held, gate))
    return held


def _held_pair(pair: Pair, gate: Gate) -> Pair:
    left, right = gate.held(pair.left), gate.held(pair.right)
    if left.origin is Origin.TOOL:
        left = replace(left, text=named(pair.of, gate.teaching))
    if right.origin is Origin.TOOL or any(_is_elsewhere(side, pair.of) for side in (left, right)):
        raise Refused(_OTHER_PLACE)
    return Pair(left, right, pair.of)


def _check_options(item: Item) -> None:
    """See that the right answer is the one that is proved, and that the wrong ones are true of other places.

    Raises:
        Refused: that is not so.
    """
    proved = [citation for statement in item.proof for citation in statement.citations]
    for option in item.options:
        said = option.statement
        if said.origin is Origin.TOOL:
            raise Refused("une réponse n'est ni du rapport, ni du formateur")
        if said.origin is Origin.TRAINER:
            continue
        if _is_elsewhere(said, option.of) or option.right == _is_elsewhere(said, item.fiche):
            raise Refused(_OTHER_PLACE)
        if option.right and not set(said.citations).issubset(proved):
            raise Refused(_OTHER_ANSWER)


def _held_truth(item: Item, gate: Gate) -> Item:
    """A true-or-false item whose statement, where it is not the trainer's, is proved true here or elsewhere.

    Raises:
        Refused: it is not.
    """
    answers = [option.statement for option in item.options]
    if answers != [proposed(TRUE), proposed(FALSE)]:
        raise Refused("les réponses ne sont pas « Vrai » et « Faux »")
    if item.stem.origin is not Origin.TOOL:
        return item
    if item.field not in NAMES:
        raise Refused("on ne sait pas de quoi parle l'affirmation")
    aspect = Aspect(item.field)
    claim = item.stem.text.partition(f" {NAMES[aspect]} : ")[2].removesuffix(".")
    # What is false of a fiche is true of another one, which is told last.
    told = item.proof[0] if item.options[0].right else item.proof[-1]
    if item.options[0].right == _is_elsewhere(told, item.fiche):
        raise Refused(_OTHER_ANSWER)
    if not claim or all(unheld(claim, citation.quote) for citation in told.citations):
        raise Refused("l'affirmation n'est pas celle que prouve le rapport")
    return replace(item, stem=proposed(stated(item.fiche, aspect, claim, gate.teaching)))


def _asked_anew(item: Item, gate: Gate) -> Statement:
    try:
        return proposed(asked(item.fiche, item.field, gate.teaching))
    except KeyError as error:
        raise Refused("on ne sait pas de quoi parle la question") from error


def _is_elsewhere(statement: Statement, place: str) -> bool:
    """Whether the report says this of another place."""
    return any(place_of(citation) != place for citation in statement.citations)
