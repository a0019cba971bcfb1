"""Everything that the assistant says in its own name: French, plain, and claiming nothing of the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.answer import Citation
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche, Passage
from ingest.sources import BUNDLED

EXAMPLE_QUESTIONS = (
    "Qui finance le dispositif FLORA ?",
    "Qu'est-ce que la pair aidance ?",
    "Quels freins aux conférences familiales en Gironde ?",
    "Combien de réponses le questionnaire a-t-il recueillies ?",
)

_ASKED = {
    "financements": "Quels sont les financements de la fiche {} ?",
    "conditions": "Quelles sont les conditions de mise en œuvre de la fiche {} ?",
    "effets": "Quels sont les effets de la pratique de la fiche {} ?",
    "deploiement": "Où en est le déploiement de la fiche {} ?",
    "perspectives": "Quelles sont les perspectives de la fiche {} ?",
    "definition": "Quelle définition donne la fiche {} ?",
    "objectif": "Quel est l'objectif visé de la fiche {} ?",
    "genese": "Comment la pratique de la fiche {} a-t-elle émergé ?",
    "participation": "Quelle est la participation des personnes concernées dans la fiche {} ?",
    "evaluation": "Comment la pratique de la fiche {} est-elle évaluée ?",
}


def asked_of_fields(fiche: str) -> dict[str, str]:
    """What can be asked of each field of a fiche (`1c`), the most asked for first."""
    return {field: question.format(fiche) for field, question in _ASKED.items()}


def page_label(page: str | None, exact: bool) -> str:
    """« p. 43 », or « p. 43 et suivantes » where only the page on which the section starts is known."""
    if page is None:
        return ""
    return f"p. {page}" if exact else f"p. {page} et suivantes"


def place_of(citation: Citation) -> str:
    """Where a citation stands, in a few words: « fiche 1c, p. 43 et suivantes »; another document is named first."""
    headings = dict.fromkeys(citation.path[:1] + citation.path[-1:])
    where = f"fiche {citation.fiche}" if citation.fiche else " › ".join(headings)
    parts = (_other(citation.document), where, page_label(citation.page, citation.page_exact))
    return ", ".join(part for part in parts if part)


def place_of_passage(passage: Passage, fiche: Fiche | None) -> str:
    """The place of a passage as its title says it: « Fiche 1c · Département de la Gironde · p. 43 et suivantes »."""
    parts = [_other(passage.document)]
    if fiche is None:
        parts += passage.path[:1]
    else:
        parts += [f"Fiche {fiche.id}", (fiche.territoire or "").split("\n")[0]]
    parts.append(page_label(passage.page, passage.page_exact))
    return " · ".join(part for part in parts if part)


def _other(document: str) -> str:
    """The name of a document that is not the bundled report."""
    return "" if document == BUNDLED else f"« {document} »"


def silent(unknown: Sequence[str], nearest: Sequence[Fiche], scope: Sequence[str] = ()) -> str:
    """The first refusal: the report, or the scope that was searched, does not speak of it."""
    if scope:
        lines = [f"{_in_scope(scope)}, rien n'en parle, ou pas en ces termes. {_ELSEWHERE}"]
    else:
        lines = ["Le rapport n'en parle pas, ou pas en ces termes."]
    if unknown:
        quoted = ", ".join(f"« {word} »" for word in unknown)
        who = "Le rapport" if scope else "Il"
        lines.append(f"{who} n'emploie jamais {'le mot' if len(unknown) == 1 else 'les mots'} {quoted}.")
    if nearest:
        lines.append("Fiches les plus proches : " + " ; ".join(f"{f.id} ({f.title})" for f in nearest) + ".")
    return " ".join(lines)


def unprovable(scope: Sequence[str] = ()) -> str:
    """The second refusal: passages were found, but none of their sentences proves an answer."""
    where = f"{_in_scope(scope)}, des passages" if scope else "Des passages du rapport"
    return (
        f"{where} touchent à la question, mais aucune de leurs phrases n'y répond assez clairement "
        f"pour être citée. Les voici : à vous de juger.{f' {_ELSEWHERE}' if scope else ''}"
    )


_ELSEWHERE = "Élargissez la portée pour chercher ailleurs."


def _in_scope(scope: Sequence[str]) -> str:
    """« Dans la portée choisie (fiche 1c · Gironde ; thème : Pair aidance) »."""
    return f"Dans la portée choisie ({' ; '.join(name[:1].lower() + name[1:] for name in scope)})"


def on_yes_or_no() -> str:
    """Said before the sentences where yes or no was asked: the report's words decide, and may be nuanced."""
    return "Ce que le rapport en dit :"


_MASKED = {
    "phone": "un numéro de téléphone",
    "email": "une adresse électronique",
    "address": "une adresse",
    "social-security": "un numéro de sécurité sociale",
    "name": "un nom",
    "birth-date": "une date de naissance",
    "bank-account": "un compte bancaire",
    "record-number": "un numéro de dossier",
    "licence-plate": "une immatriculation",
}


def masked(kinds: Sequence[str]) -> str:
    """Said where personal data were masked before the question was looked at."""
    data = ", ".join(_MASKED[k] for k in kinds)
    return f"Données personnelles masquées dans la question avant tout traitement : {data}."


def how_to_ask_as_typed() -> str:
    """Said on the command line where personal data were masked."""
    return "Pour poser la question telle quelle, données personnelles comprises, ajoutez --tel-quel."


def no_advice() -> str:
    """Said where a case is told, or a right asked about."""
    return "Pratiques cite le rapport et ne donne pas de conseil, juridique ou autre, sur une situation particulière."


def unsaid_figures(figures: Sequence[str]) -> str:
    """Said where the question states a figure, or a year, that the sentences quoted do not."""
    quoted = ", ".join(f"« {f} »" for f in dict.fromkeys(figures))
    return f"Les phrases citées ne reprennent pas {quoted}, que la question avance."


def fiche_lead(fiche: Fiche) -> str:
    """How a fiche is named before its words, where several are."""
    place = (fiche.territoire or "").split("\n")[0]
    return f"Fiche {fiche.id} ({place}) :" if place else f"Fiche {fiche.id} :"


def compared(fiche: Fiche, field: str) -> str:
    """The head of a cell of a comparison: « Fiche 1c, financements : »."""
    name = CARD.get(field) or FIELDS[field]
    return f"Fiche {fiche.id}, {name[0].lower()}{name[1:]} :"


def kit_written(target: str, minutes: str, sequences: int, items: int, proved: int) -> str:
    """Said where a session kit is written: what it holds."""
    return (
        f"Séance écrite dans « {target} » : {minutes}, {sequences} séquences, {items} questions de quiz, {proved} "
        "énoncés attribués au rapport, tous vérifiés."
    )


def kept(identifier: str) -> str:
    """Said where an answer is kept."""
    return f"Réponse gardée : {identifier} (pratiques replay {identifier})"


def asked_again(date: datetime, question: str) -> str:
    """Said before what differs from a kept answer."""
    return f"Réponse du {date:%d/%m/%Y} à la question « {' '.join(question.split())} »"
