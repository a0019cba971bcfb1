"""What is done in each sequence, for how many and how long: the tool's proposals, which claim nothing of the report."""

from __future__ import annotations

from collections.abc import Callable

from assistant.kits.kit import Audience, Request, SequenceKind
from assistant.kits.plan import Planned
from assistant.kits.timetable import length

_GROUP = 4
"""Participants of a small group."""
_PLENARY = 24
"""Participants above which groups do not each have the floor."""
_TITLES = {
    SequenceKind.WELCOME: "Accueil et objectifs",
    SequenceKind.BASICS: "Repères : de quoi parle-t-on ?",
    SequenceKind.PRACTICES: "Des pratiques, fiche par fiche",
    SequenceKind.COMPARISON: "Comparer les fiches",
    SequenceKind.CASE: "Étude de cas",
    SequenceKind.DISCUSSION: "Discussion : ce qui fait tension",
    SequenceKind.QUIZ: "Quiz : faire le point",
    SequenceKind.TRANSFER: "Et chez nous ?",
    SequenceKind.CLOSING: "Bilan",
    SequenceKind.BREAK: "Pause",
}
_AGAIN = {
    SequenceKind.WELCOME: "Retour sur la veille",
    SequenceKind.PRACTICES: "D'autres pratiques, fiche par fiche",
    SequenceKind.CASE: "Deuxième étude de cas",
    SequenceKind.DISCUSSION: "Deuxième discussion",
    SequenceKind.QUIZ: "Quiz : deuxième partie",
}
_DAY_ENDS = "Bilan de la journée"


def title_of(planned: Planned, last: bool) -> str:
    """The title of a sequence; `last` where nothing follows it."""
    if planned.kind is SequenceKind.CLOSING and not last:
        return _DAY_ENDS
    return (_AGAIN if planned.turn else {}).get(planned.kind) or _TITLES[planned.kind]


def activities_of(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    """What the trainer can have done, one French sentence each; the times named in it are those of the sequence."""
    if planned.kind is SequenceKind.BREAK:
        return ()
    return _ACTIVITIES[planned.kind](planned, request, last)


def groups_of(participants: int) -> str:
    """How participants are parted: « en 3 groupes de 4 », « en 4 groupes de 3 ou 4 », « deux par deux »."""
    if participants == 1:
        return "seul, avec la formatrice ou le formateur"
    if participants <= 3:
        return "tous ensemble"
    if participants <= 6:
        return "deux par deux" if participants % 2 == 0 else "en groupes de deux ou trois"
    count = -(-participants // _GROUP) if participants <= _PLENARY else -(-participants // 5)
    least = participants // count
    size = f"{least}" if participants % count == 0 else f"{least} ou {least + 1}"
    return f"en {count} groupes de {size}"


def _parts(minutes: int, *shares: float) -> list[str]:
    """A time cut into parts that add up, each as it is said, in steps of five minutes where it is long enough."""
    step = 5 if minutes >= 5 * len(shares) else 1
    ideal = [minutes // step * share / sum(shares) for share in shares]
    steps = [max(1, int(part)) for part in ideal]
    while (left := minutes // step - sum(steps)) > 0:
        steps[max(range(len(steps)), key=lambda at: ideal[at] - steps[at])] += 1
    parts = [step * count for count in steps]
    parts[parts.index(max(parts))] += minutes % step + left * step
    return [length(part) for part in parts]


def _welcome(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    if planned.turn:
        return ("Chacun dit ce qu'il a retenu de la veille et une question qui lui reste.",)
    if planned.minutes < 10:
        return (
            "Présenter les objectifs et le déroulement, et d'où viennent les documents : le rapport, cité mot à mot.",
        )
    if request.audience is Audience.MIXED:
        return (
            "Tour de table par prénom, sans statut ; personne n'est tenu de parler de sa propre situation.",
            "Se mettre d'accord sur les règles : confidentialité, droit de se taire, mots que chacun comprend.",
        )
    asked = {
        Audience.STUDENTS: "une situation de stage à laquelle le sujet fait penser",
        Audience.PROFESSIONALS: "une situation de travail à laquelle le sujet fait penser",
        Audience.MANAGERS: "une attente de son équipe à ce sujet",
    }[request.audience]
    if request.participants > _PLENARY:
        return (f"À deux, entre voisins : {asked}. Trois ou quatre réponses sont dites à tous.",)
    return (f"Tour de table : son nom et, en une phrase, {asked}.", "Présenter les objectifs et le déroulement.")


def _basics(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    before, told, after = _parts(planned.minutes, 1, 3, 1)
    opens = {
        Audience.MIXED: f"Que veut dire ce sujet pour chacun, avec ses mots à lui ? ({before})",
        Audience.MANAGERS: f"Noter ce que l'on croit en savoir, et ce qu'il faudrait savoir pour décider. ({before})",
    }.get(request.audience, f"Écrire, chacun pour soi, sa propre définition en une phrase. ({before})")
    return (
        opens,
        f"Exposer les points ci-dessous, en lisant les mots du rapport. ({told})",
        f"Revenir aux définitions du départ : qu'est-ce qui change ? ({after})",
    )


def _practices(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    read, told = _parts(planned.minutes, 3, 2)
    return (
        f"Se répartir les fiches, {groups_of(request.participants)} : lire la sienne et en retenir l'idée, ce qui "
        f"la fait réussir et ce qui résiste. ({read})",
        f"Chacun raconte sa fiche à ceux qui ne l'ont pas lue, sans la lire. ({told})",
    )


def _comparison(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    read, told = _parts(planned.minutes, 3, 2)
    return (
        f"Lire le tableau {groups_of(request.participants)} et y chercher deux ressemblances, deux différences et "
        f"une case vide qui pose question. ({read})",
        f"Mettre en commun : qu'est-ce qui tient au territoire, au public, à l'institution ? ({told})",
    )


def _case(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    read, work, told, end = _parts(planned.minutes, 1, 4, 2, 2)
    floor = "Trois groupes présentent leur" if request.participants > _PLENARY else "Chaque groupe présente sa"
    if request.participants <= 6:
        floor = "Présenter sa"
    return (
        f"Lire la situation et les difficultés, sans la suite. ({read})",
        f"Répondre aux questions, {groups_of(request.participants)}. ({work})",
        f"{floor} proposition ; les autres disent ce qu'ils reprendraient. ({told})",
        f"Lire ce que la fiche raconte ensuite, et le comparer aux propositions. ({end})",
    )


def _discussion(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    alone, debate, end = _parts(planned.minutes, 1, 4, 1)
    rule = (
        "Les personnes concernées répondent d'abord, puis les professionnels ; personne n'a à raconter sa vie."
        if request.audience is Audience.MIXED
        else "Chaque avis s'appuie sur une situation vécue ou sur une phrase du rapport."
    )
    halves = "par moitiés de salle" if request.participants > 6 else "ensemble"
    return (
        f"Lire la question, puis noter seul un argument de chaque côté. ({alone})",
        f"Débattre {halves}, puis échanger les rôles. {rule} ({debate})",
        f"Lire ce que le rapport en dit de part et d'autre ; qu'est-ce qui reste ouvert ? ({end})",
    )


def _quiz(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    answer, told = _parts(planned.minutes, 2, 1)
    how = "en équipes, sans les documents" if request.participants > 3 else "sans les documents"
    return (
        f"Répondre {how}. ({answer})",
        f"Corriger en lisant, pour chaque réponse, la phrase du rapport qui la prouve. ({told})",
    )


def _transfer(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    alone, together, told = _parts(planned.minutes, 1, 2, 1)
    asked = {
        Audience.STUDENTS: "un lieu de stage où l'une de ces pratiques aurait sa place, et pourquoi",
        Audience.PROFESSIONALS: "un premier pas possible dès le mois prochain, et ce qui le freinera",
        Audience.MANAGERS: "une décision à prendre, ce qu'elle demande en temps et en moyens, et qui y associer",
        Audience.MIXED: "un changement à essayer ensemble, et ce que chacun y apporte",
    }[request.audience]
    return (
        f"Écrire, chacun pour soi : {asked}. ({alone})",
        f"L'examiner {groups_of(request.participants)} à la lumière des fiches : qui, avec quels appuis, à quelle "
        f"échéance ? ({together})",
        f"Dire à tous un engagement précis. ({told})",
    )


def _closing(planned: Planned, request: Request, last: bool) -> tuple[str, ...]:
    if not last:
        return ("Chacun dit une chose apprise aujourd'hui et une question pour demain.",)
    return (
        "Chacun dit une chose qu'il retient et une chose qu'il fera autrement.",
        "Rappeler les lectures conseillées et où retrouver chaque phrase dans le rapport.",
    )


_ACTIVITIES: dict[SequenceKind, Callable[[Planned, Request, bool], tuple[str, ...]]] = {
    SequenceKind.WELCOME: _welcome,
    SequenceKind.BASICS: _basics,
    SequenceKind.PRACTICES: _practices,
    SequenceKind.COMPARISON: _comparison,
    SequenceKind.CASE: _case,
    SequenceKind.DISCUSSION: _discussion,
    SequenceKind.QUIZ: _quiz,
    SequenceKind.TRANSFER: _transfer,
    SequenceKind.CLOSING: _closing,
}
