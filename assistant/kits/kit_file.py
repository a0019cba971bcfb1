"""A kit as a file that another installation opens: JSON, the same text for the same kit, readable by a human.

    {"format": "pratiques-kit", "version": 1, "kit": {…}}

Reading believes nothing: what is not a kit is refused, and says why. Whether the report really says what a kit has it
say is another step (`assistant/kits/checking`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from assistant.kits.kit import Kit
from assistant.kits.request import LEAST_MINUTES, MOST_MINUTES, MOST_PARTICIPANTS
from ingest.errors import KitError

FORMAT: Final = "pratiques-kit"
"""What says that a file is a kit."""
VERSION = 1
"""The layout of the file; a newer one is refused."""
MOST_BYTES = 5_000_000
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_YEARS = range(2000, 3000)
_AGAIN = "Faites partager la séance à nouveau, puis ouvrez le nouveau fichier."
_NAMES = {
    "title": "titre",
    "request": "demande",
    "aims": "objectif",
    "sequences": "séquence",
    "cases": "étude de cas",
    "discussions": "discussion",
    "comparison": "comparaison",
    "items": "question du quiz",
    "readings": "lecture",
    "made": "date",
    "minutes": "durée",
    "participants": "nombre de participants",
    "start": "heure de début",
    "audience": "public",
    "themes": "thème",
    "fiches": "fiche",
    "activity": "activité",
    "points": "point",
    "holds": "contenu",
    "situation": "situation",
    "obstacles": "difficulté",
    "tasks": "question",
    "outcome": "suite",
    "question": "question",
    "sides": "avis",
    "stem": "question",
    "options": "réponse",
    "pairs": "paire",
    "proof": "preuve",
    "citations": "citation",
    "sentences": "phrase",
    "kind": "sorte",
    "text": "texte",
    "quote": "mots cités",
    "origin": "origine",
    "was": "texte remplacé",
}
"""The fields of a file in plain French; those that are not named keep their name."""


@dataclass(frozen=True, slots=True)
class _File:
    format: Literal["pratiques-kit"]
    version: int
    kit: Kit


_FILE, _ANY = TypeAdapter(_File), TypeAdapter[Any](Any)


def kit_json(kit: Kit) -> str:
    """The text of the file of a kit, which can always be written as UTF-8."""
    text = json.dumps(_FILE.dump_python(_File(FORMAT, VERSION, kit), mode="json"), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def read_kit(data: bytes) -> Kit:
    """Read the file of a kit.

    Raises:
        KitError: it is empty, too big, damaged, no kit, or comes from a newer version; the message says what to do.
    """
    if len(data) > MOST_BYTES:
        raise KitError(
            f"Ce fichier dépasse {MOST_BYTES // 1_000_000} Mo : ce n'est pas une séance. Choisissez-en un autre."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KitError(
            "Ce fichier n'est pas du texte en UTF-8 : ce n'est pas une séance, ou il est abîmé. Choisissez le fichier "
            "« .json » que Pratiques a enregistré."
        ) from error
    if not text.strip():
        raise KitError(f"Ce fichier est vide. {_AGAIN}")
    _check_head(text)
    try:
        kit = _FILE.validate_json(text, strict=True).kit
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise _refused(_named(first["loc"], first["type"])) from error
    if why := next(_unsound(kit), ""):
        raise _refused(why)
    return kit


def _check_head(text: str) -> None:
    """See whether a text is the file of a kit, of a layout that is known.

    Raises:
        KitError: it is not.
    """
    try:
        head = _ANY.validate_json(text)
    except ValidationError as error:
        raise KitError(f"Ce fichier est abîmé ou incomplet : il ne peut pas être lu. {_AGAIN}") from error
    version = head.get("version") if isinstance(head, dict) and head.get("format") == FORMAT else None
    if not isinstance(version, int) or version < 1:
        raise KitError(
            "Ce fichier n'est pas une séance de Pratiques. Choisissez un fichier « .json » enregistré par l'atelier."
        )
    if version > VERSION:
        raise KitError(
            "Cette séance est écrite par une version plus récente de Pratiques. Mettez Pratiques à jour, puis "
            "ouvrez-la à nouveau."
        )


def _refused(why: str) -> KitError:
    return KitError(f"Cette séance ne peut pas être ouverte ({why}). {_AGAIN}")


def _named(where: tuple[int | str, ...], wrong: str) -> str:
    """What is wrong, and where: « séquence 2, point 1, texte : ce n'est pas la valeur attendue »."""
    place: list[str] = []
    for step in where:
        if isinstance(step, int):
            place[-1:] = [f"{' '.join(place[-1:])} {step + 1}".strip()]
        elif step != "kit" or place:
            place.append(_NAMES.get(step, step))
    known = {"missing": "il manque", "value_error": "ce n'est pas cohérent"}
    what = known.get(wrong, "ce n'est pas la valeur attendue")
    return f"{', '.join(place) or 'contenu'} : {what}"


def _unsound(kit: Kit) -> Iterator[str]:
    """What makes a kit of well-formed records unusable, one French phrase each."""
    asked = kit.request
    if not LEAST_MINUTES <= asked.minutes <= MOST_MINUTES:
        yield "demande, durée : elle va de 30 minutes à 2 jours"
    if not 1 <= asked.participants <= MOST_PARTICIPANTS:
        yield f"demande, nombre de participants : il va de 1 à {MOST_PARTICIPANTS}"
    if not 0 <= asked.start < 24 * 60:
        yield "demande, heure de début : ce n'est pas une heure de la journée"
    if kit.made.tzinfo is None or kit.made.year not in _YEARS:
        yield "date : elle n'a pas de fuseau horaire, ou n'est pas de notre temps"
    if not kit.sequences:
        yield "il n'y a aucune séquence"
    for number, sequence in enumerate(kit.sequences, 1):
        if sequence.minutes > MOST_MINUTES:
            yield f"séquence {number}, durée : elle dépasse 2 jours"
    known = [one.id for several in (kit.sequences, kit.cases, kit.discussions, kit.items) for one in several]
    if not all(map(_ID.fullmatch, (kit.id, *known))):
        yield "un identifiant n'est pas fait de lettres et de chiffres"
    if len(set(known)) < len(known):
        yield "deux éléments portent le même identifiant"
    held = [identifier for sequence in kit.sequences for identifier in sequence.holds]
    if len(set(held)) < len(held) or not set(known).difference(s.id for s in kit.sequences).issuperset(held):
        yield "une séquence contient ce qui n'existe pas, ou ce qu'une autre contient déjà"
