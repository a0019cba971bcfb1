"""What a trainer asks for, read from their words and held against the index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.kits.aims import VERBS
from assistant.kits.kit import Audience, Request
from ingest.errors import KitError
from ingest.folding import fold
from ingest.outline import SECTIONS, THEMES
from ingest.records import Fiche
from vectorstore.index import Index

LEAST_MINUTES, MOST_MINUTES = 30, 840
DAY_MINUTES = 420
"""A day of training: seven hours, breaks included and lunch left out."""
MOST_PARTICIPANTS = 200
MOST_OWN_AIMS, MOST_AIM = 8, 200
"""Aims in the trainer's own words, and the characters of one."""

SECTION_OF = dict(zip(THEMES, (s.slug for s in SECTIONS if s.parent == "thematiques"), strict=True))
"""The section of the report on each theme, by its number."""

AUDIENCES = {
    Audience.STUDENTS: "étudiants",
    Audience.PROFESSIONALS: "professionnels en activité",
    Audience.MANAGERS: "cadres",
    Audience.MIXED: "professionnels et personnes concernées",
}
"""How an audience is said after « pour des »."""
_AUDIENCE_WORDS = {
    Audience.MIXED: r"mixte|concernee?s",
    Audience.STUDENTS: r"etudiant|eleve|formation initiale|apprenti",
    Audience.MANAGERS: r"cadre|manager|direct|chef|encadr|respons",
    Audience.PROFESSIONALS: r"professionnel|pro\b|travailleur|salarie|praticien|equipe",
}
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?|un|une|deux|trois|quatre|demi|demie)"
_DAYS = re.compile(_NUMBER + r"[ -]*(?:j\b|jours?|journees?)(?: et demie?)?")
_HOURS = re.compile(_NUMBER + r" *(?:h|heures?)(?: *(?:et *)?(\d{1,2}) *(?:m|min\w*)?| et demie)?")
_MINUTES = re.compile(r"(\d{1,4}) *(?:m|mn|min\w*)?")
_WORDS = {"un": 1.0, "une": 1.0, "deux": 2.0, "trois": 3.0, "quatre": 4.0, "demi": 0.5, "demie": 0.5}
_CLOCK = re.compile(r"(\d{1,2})(?: *[h:] *(\d{2})?)?")


def read_request(
    themes: Sequence[str],
    fiches: Sequence[str],
    audience: str,
    duration: str,
    participants: int,
    aims: Sequence[str] = (),
    start: str = "9h",
) -> Request:
    """What a trainer asks for, from their words; an aim that is no known verb is their own.

    Raises:
        KitError: some words are not understood.
    """
    verbs = [(read_verb(aim), aim) for aim in aims]
    return Request(
        themes=tuple(dict.fromkeys(map(read_theme, themes))),
        fiches=tuple(dict.fromkeys(fiche.strip().lower() for fiche in fiches)),
        audience=read_audience(audience),
        minutes=read_duration(duration),
        participants=participants,
        verbs=tuple(dict.fromkeys(verb for verb, _ in verbs if verb)),
        own_aims=tuple(own for verb, own in verbs if not verb),
        start=read_start(start),
    )


def read_duration(text: str) -> int:
    """The minutes of a duration as a trainer says it: « 3h », « 1 h 30 », « 90 min », « demi-journée », « 2 jours ».

    Raises:
        KitError: these words are no duration, or it is shorter than half an hour or longer than two days.
    """
    said = " ".join(fold(text.replace("½", "demi ")).split())
    minutes = _minutes(said)
    if minutes is None:
        raise KitError(
            f"La durée « {text.strip()} » n'est pas comprise. Écrivez par exemple « 45 min », « 1h30 », « 3h » ou "
            "« 2 jours »."
        )
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise KitError("Une séance dure de 30 minutes à 2 jours. Donnez une durée entre les deux.")
    return minutes


def _minutes(said: str) -> int | None:
    if found := _DAYS.fullmatch(said):
        return round((_number(found[1]) + (0.5 if said.endswith((" et demi", " et demie")) else 0)) * DAY_MINUTES)
    if re.fullmatch(r"(?:une? )?demi[- ]journee", said):
        return DAY_MINUTES // 2
    if re.fullmatch(r"(?:une )?demi[- ]heure", said):
        return 30
    if found := _HOURS.fullmatch(said):
        more = 30 if said.endswith(" et demie") else int(found[2] or 0)
        return round(_number(found[1]) * 60) + more
    if found := _MINUTES.fullmatch(said):
        return int(found[1])
    return None


def _number(said: str) -> float:
    return _WORDS.get(said) or float(said.replace(",", "."))


def read_audience(text: str) -> Audience:
    """The audience that a trainer's words name.

    Raises:
        KitError: they name none.
    """
    said = fold(text)
    for audience, words in _AUDIENCE_WORDS.items():
        if audience.value == said.strip() or re.search(rf"\b(?:{words})", said):
            return audience
    raise KitError(
        f"Le public « {text.strip()} » n'est pas connu. Choisissez : étudiants, professionnels, cadres, mixte."
    )


def read_start(text: str) -> int:
    """The hour at which a day begins, in minutes after midnight: « 9h », « 13:30 ».

    Raises:
        KitError: these words are no hour of the day.
    """
    found = _CLOCK.fullmatch(" ".join(fold(text).split()))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise KitError(f"L'heure « {text.strip()} » n'est pas comprise. Écrivez par exemple « 9h » ou « 13h30 ».")
    return hour * 60 + minute


def read_theme(text: str) -> str:
    """The number of the theme that a trainer's words name: « 3 », « pair aidance », « Aller vers ».

    Raises:
        KitError: they name none.
    """
    said = _plain(text)
    for number, name in THEMES.items():
        if said in (number, f"theme {number}") or (len(said) > 3 and (said in _plain(name) or _plain(name) in said)):
            return number
    known = " ; ".join(f"{number} ({name})" for number, name in THEMES.items())
    raise KitError(f"Aucun thème du rapport ne s'appelle « {text.strip()} ». Choisissez parmi : {known}.")


def read_verb(text: str) -> str:
    """The key of a pedagogical verb, or empty where the words are the trainer's own aim."""
    said = fold(text).strip()
    return next((key for key, verb in VERBS.items() if said in (key, fold(verb.name))), "")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a session is made of: its request, and the fiches and themes (numbers) that it is about, in order."""

    request: Request
    fiches: tuple[Fiche, ...]
    themes: tuple[str, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """The slugs of the sections on the themes."""
        return tuple(SECTION_OF[theme] for theme in self.themes)


def matter_of(request: Request, index: Index) -> Matter:
    """What a session is made of, as the index has it.

    Raises:
        KitError: no fiche fits, a fiche or a theme is unknown, a number is out of its range.
    """
    if not index.fiches:
        raise KitError(
            "Les documents de l'index ne contiennent pas de fiches : il n'y a pas de quoi préparer une séance. Lancez "
            "« pratiques ingest » pour remettre le rapport fourni."
        )
    if not request.themes and not request.fiches:
        raise KitError("Choisissez un thème, ou au moins une fiche.")
    _check_numbers(request)
    known = {fiche.id: fiche for fiche in reversed(index.fiches)}
    for fiche in request.fiches:
        if fiche not in known:
            raise KitError(
                f"Aucune fiche ne porte le numéro « {fiche} ». Choisissez parmi : {', '.join(sorted(known))}."
            )
    for theme in request.themes:
        if theme not in THEMES or all(fiche.theme != THEMES[theme] for fiche in index.fiches):
            raise KitError(f"Aucune fiche des documents de l'index n'est du thème « {THEMES.get(theme, theme)} ».")
    names = {THEMES[theme] for theme in request.themes}
    fiches = tuple(f for _, f in sorted(known.items()) if f.id in request.fiches or f.theme in names)
    themes = {fiche.theme for fiche in fiches}
    return Matter(request, fiches, tuple(number for number, name in THEMES.items() if name in themes))


def _check_numbers(request: Request) -> None:
    if not LEAST_MINUTES <= request.minutes <= MOST_MINUTES:
        raise KitError("Une séance dure de 30 minutes à 2 jours. Donnez une durée entre les deux.")
    if not 1 <= request.participants <= MOST_PARTICIPANTS:
        raise KitError(f"Le nombre de participants va de 1 à {MOST_PARTICIPANTS}.")
    if not 0 <= request.start < 24 * 60:
        raise KitError("L'heure de début est une heure de la journée, de 0h à 23h59.")
    if any(verb not in VERBS for verb in request.verbs):
        raise KitError(f"Un objectif n'est pas connu. Choisissez parmi : {', '.join(VERBS)}.")
    if len(request.own_aims) > MOST_OWN_AIMS:
        raise KitError(f"Écrivez au plus {MOST_OWN_AIMS} objectifs à vous.")
    if any(not aim.strip() or len(aim) > MOST_AIM for aim in request.own_aims):
        raise KitError(f"Un objectif à vous compte de 1 à {MOST_AIM} caractères.")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()
