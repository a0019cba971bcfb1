"""Why a question was answered as it was, in plain French: what each step of the road gave and what decided.

The two models of `assistant/weights.json` are sums of signs, so what each sign counts for can be said. A sentence is
told from the other sentences weighed for the question: a sign counts by its weight times how far it is from their mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, Status
from assistant.cues import Kind
from assistant.judgement import JUDGED, Judged
from assistant.scope import scope_names
from assistant.understanding import Understood
from assistant.wanted import Wanted, wanted_of
from assistant.weighing import SIGNS, Choice, Weighed, fitted_models
from assistant.wording import masked
from ingest.outline import CARD, FIELDS, SECTIONS
from vectorstore.index import Index

MOST_PASSAGES = 20
MOST_QUESTIONS = 5
MOST_SENTENCES = 10
_MOST_SIGNS = 3
_LEAST = 0.05
"""A sign that counts for less than this, in log-odds, is not said."""
_QUOTED = 160
"""Characters of a sentence that are shown."""

KINDS = {
    Kind.DEFINITION: "une définition",
    Kind.FIGURE: "un chiffre",
    Kind.LIST: "une liste",
    Kind.PROCEDURE: "une façon de faire",
    Kind.COMPARISON: "une comparaison",
    Kind.OVERVIEW: "un tour des fiches",
    Kind.FACT: "un fait",
}
WANTED = {
    Wanted.AMOUNT: "un montant",
    Wanted.SHARE: "une part",
    Wanted.LENGTH: "une durée",
    Wanted.AGE: "un âge",
    Wanted.DATE: "une date",
    Wanted.COUNT: "un nombre",
    Wanted.CONTACT: "un contact ou une adresse",
    Wanted.LAW: "un texte de loi",
}
SIGN_LABELS = {
    "passage_score": "le score de son passage",
    "passage_rank": "le rang de son passage",
    "meaning": "son sens, proche de la question",
    "meaning_share": "son sens, à côté de celui de la phrase la plus proche",
    "words": "les mots de la question qu'elle contient",
    "words_around": "les mots de la question dans son passage",
    "tfidf": "les mots rares qu'elle partage avec la question",
    "asked": "une question de l'index, proche de celle-ci, à laquelle elle répond",
    "asked_share": "la question de l'index à laquelle elle répond, à côté de la plus proche de toutes",
    "votes": "les questions de l'index qui la désignent",
    "passage_votes": "les questions de l'index qui désignent son passage",
    "votes_within": "sa part des questions de l'index posées à son passage",
    "best_vote_within": "la part de la phrase la plus désignée de son passage",
    "vote_beside": "les questions de l'index qui désignent ses voisines",
    "other_fiche": "d'une autre fiche que celle qui est nommée",
    "named_fiche": "de la fiche nommée",
    "asked_field": "du champ demandé",
    "opens_field": "ouvre le champ demandé",
    "says_cue": "reprend les mots de la demande",
    "tells": "donne ce qui est voulu",
    "tells_not": "ne donne pas ce qui est voulu",
    "defines": "définit",
    "listed": "fait partie d'une liste, et une liste est demandée",
    "opens_list": "ouvre une liste, et une liste est demandée",
    "opens_for_nothing": "ouvre une liste, sans qu'une liste soit demandée",
    "card_asked": "de la ligne demandée de la carte d'identité",
    "card_unasked": "d'une ligne de la carte d'identité qui n'est pas demandée",
    "length": "sa longueur",
    "short": "très courte",
    "first": "première phrase de son passage",
    "likest": "la ressemblance de la question de l'index la plus proche",
    "passage_asked": "la question la plus proche parmi celles posées à son passage",
    "asked_section": "de la partie du rapport qui est demandée",
}
"""What each sign of a sentence is."""
WITHOUT = {
    "other_fiche": "pas d'une autre fiche que celle qui est nommée",
    "named_fiche": "pas de la fiche nommée",
    "asked_field": "pas du champ demandé",
    "opens_field": "n'ouvre pas le champ demandé",
    "says_cue": "ne reprend pas les mots de la demande",
    "tells": "ne donne pas ce qui est voulu",
    "tells_not": "donne ce qui est voulu",
    "defines": "ne définit pas",
    "listed": "hors d'une liste, quand une liste est demandée",
    "opens_list": "n'ouvre pas de liste",
    "opens_for_nothing": "n'ouvre pas de liste",
    "card_asked": "pas de la ligne demandée de la carte d'identité",
    "card_unasked": "pas d'une ligne de la carte d'identité qui n'est pas demandée",
    "short": "pas trop courte",
    "first": "pas la première phrase de son passage",
    "asked_section": "pas de la partie du rapport qui est demandée",
}
"""What is said of a sentence that lacks a sign which others have."""
JUDGED_LABELS = {
    "three_best": "les chances des trois phrases les plus sûres, ensemble",
    "best_score": "le score du premier passage",
    "covered": "les mots de la question réunis dans un des premiers passages",
    "together": "les mots de la question réunis quelque part dans le rapport",
    "told": "ce qui est voulu se lit dans les phrases les plus sûres",
    "asked_alike": "les questions de l'index les plus proches veulent la même chose",
    "in_named_fiche": "la phrase la plus sûre est de la fiche nommée",
    "in_place": "la phrase la plus sûre est du champ demandé de la fiche nommée",
    "misspelt": "les mots lus sous une autre orthographe",
    "remote": "aucune question de l'index n'est proche par le sens",
    "stranger": "rien de proche, ni par les mots ni par le sens",
    "missing_figure": "un chiffre de la question manque aux premiers passages",
    "missing_name": "les noms de la question qui manquent aux premiers passages",
    "unknown_name": "un nom de la question n'est nulle part dans le rapport",
    "unheard": "les mots de la question qu'aucun passage ne contient",
    "advice": "la question raconte un cas et demande un conseil",
    "named_fiche": "une fiche est nommée",
    "wants": "quelque chose de précis est voulu",
    "wants_amount": "un montant est voulu",
    "wants_contact_or_law": "un contact ou un texte de loi est voulu",
    "english": "la question est en anglais",
    "follows": "la question est la suite d'une autre",
    "terms": "le nombre de mots qui disent le sujet",
}
"""What each sign of a question is."""
_STEPS = {
    "protect": "masquer",
    "understand": "comprendre",
    "reword": "reformuler",
    "retrieve": "chercher",
    "weigh": "peser",
    "compose": "composer",
    "judge": "juger",
    "write": "rédiger",
    "conclude": "prouver",
    "total": "en tout",
}


def explain(index: Index, answer: Answer, judged: Judged) -> str:
    """Why this answer, in plain French, one part for each step of the road."""
    weighed = judged.draft.weighed
    parts = {
        "Ce qui a été compris": _understood(index, weighed.findings.understood),
        "Les passages trouvés": _passages(answer),
        "Les questions de l'index qui ont pesé": _voters(index, weighed),
        "Les phrases pesées": _sentences(judged),
        "Le jugement": _judgement(answer, judged),
        "Le modèle de langue": _model(answer, judged),
        "Le temps": [_times(answer)],
    }
    return "\n\n".join("\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in parts.items())


def _understood(index: Index, understood: Understood) -> Iterator[str]:
    question, query = understood.question, understood.query
    yield f"Question : {_quoted(question.text)}"
    yield f"Comprise ainsi : {_quoted(understood.text)}"
    if names := scope_names(question.scope, index):
        yield f"Portée : {' ; '.join(names)}"
    if question.masked:
        yield masked(question.masked)
    if question.as_typed:
        yield "Posée telle quelle : aucune donnée personnelle n'a été masquée, à votre demande."
    respelt = [f"« {typed} » lu « {read} »" for typed, read in understood.respelt]
    titles = {s.slug: s.title for s in SECTIONS}
    said: dict[str, Iterable[str]] = {
        "Mots corrigés": respelt,
        "Suite de": [_quoted(query.context)] if query.context else [],
        "Fiches": [f"{f.id} ({' '.join(f.title.split())})" for f in index.fiches if f.id in query.fiches],
        "Champs demandés": [label for name, label in FIELDS.items() if name in query.fields],
        "Lignes de la carte d'identité": [label for name, label in CARD.items() if name in understood.card_values],
        "Parties du rapport": [titles.get(slug, slug) for slug in sorted(query.sections)],
        "Genre de réponse": [KINDS[understood.kind]],
        "Ce qui est voulu": [label for want, label in WANTED.items() if want in wanted_of(understood.cued)],
        "Mots que le rapport n'emploie jamais": [f"« {word} »" for word in understood.unknown],
    }
    yield from (f"{label} : {', '.join(values)}" for label, values in said.items() if values)


def _passages(answer: Answer) -> Iterator[str]:
    found = answer.trace.passages
    for number, p in enumerate(found[:MOST_PASSAGES], 1):
        ranks = f"rang par les mots {p.lexical_rank or 'aucun'}, par le sens {p.dense_rank or 'aucun'}"
        yield f"{number}. {p.id} : score {_number(p.score)}, {ranks}"
    if len(found) > MOST_PASSAGES:
        yield f"… et {len(found) - MOST_PASSAGES} autres."
    if not found:
        yield "Aucun."


def _voters(index: Index, weighed: Weighed) -> Iterator[str]:
    for at, share in weighed.voters[:MOST_QUESTIONS]:
        asked = index.sentences.asked[at]
        yield f"{_percent(share)} : {_quoted(asked.text)}, posée à {index.passages[asked.passage].id}"
    if not weighed.voters:
        yield "Aucune."


def _sentences(judged: Judged) -> Iterator[str]:
    weighed = judged.draft.weighed
    if not weighed.choices:
        yield "Aucune."
        return
    yield "Chaque signe : ce qu'il ajoute ou retire, à côté des autres phrases pesées."
    counted = contributions(weighed)
    chosen = {_place(c) for c in judged.draft.choices}
    for at in sorted(range(len(weighed.choices)), key=lambda i: -weighed.choices[i].chance)[:MOST_SENTENCES]:
        choice = weighed.choices[at]
        state = "retenue" if _place(choice) in chosen else "non retenue"
        yield f"{_percent(choice.chance)}, {state} : {_quoted(choice.quote)} ({choice.passage.id})"
        lacked = {n: WITHOUT[n] for n, sign in zip(SIGNS, weighed.signs[at], strict=True) if n in WITHOUT and not sign}
        if told := _for_and_against(_strongest(counted[at], SIGNS), SIGN_LABELS | lacked):
            yield f"    {told}"


def contributions(weighed: Weighed) -> NDArray[np.float64]:
    """What each sign adds to the log-odds of each sentence, beside the mean sentence; shape (choices, `SIGNS`)."""
    weights = fitted_models().sentence.weights
    counted: NDArray[np.float64] = (weighed.signs - weighed.signs.mean(axis=0)) * [weights.get(n, 0.0) for n in SIGNS]
    return counted


def _judgement(answer: Answer, judged: Judged) -> Iterator[str]:
    judgement = judged.judgement
    scoped = judged.draft.weighed.findings.everywhere is not None
    who, what = ("La portée choisie", "la portée choisie") if scoped else ("Le rapport", "le rapport")
    verdict = "assez pour répondre" if judgement.answerable else "trop peu pour répondre"
    least = _percent(judgement.least)
    yield f"Chance que {what} réponde : {_percent(judgement.chance)}, {verdict} (seuil {least})."
    if scoped:
        yield f"Sa phrase la plus sûre, à côté de celle de tout l'index : {_percent(judgement.share)}."
    if answer.status is Status.SILENT:
        yield f"{who} ne parle pas de ce qui est demandé : les mots de la question manquent aux passages trouvés."
    elif answer.status is Status.UNPROVABLE:
        yield f"{who} parle de ce qui est demandé, mais aucune phrase n'y répond."
    weights = fitted_models().answered.weights
    counted = judgement.signs * [weights.get(n, 0.0) for n in JUDGED]
    strongest = _strongest(counted.clip(min=0), JUDGED) + _strongest(counted.clip(max=0), JUDGED)
    if told := _for_and_against(strongest, JUDGED_LABELS):
        yield told


def _model(answer: Answer, judged: Judged) -> Iterator[str]:
    if not answer.trace.model:
        yield "Aucun : la réponse est faite des phrases du rapport."
        return
    yield f"Modèle : {answer.trace.model}"
    if answer.trace.prompt:
        yield f"Il a écrit la réponse (consignes {answer.trace.prompt})."
    else:
        yield "Il n'a pas écrit la réponse."
    yield f"Affirmations écartées, faute de preuve ou de place : {answer.trace.dropped}"
    if judged.writing is not None and judged.writing.note:
        yield judged.writing.note


def _times(answer: Answer) -> str:
    spent = answer.trace.timing_ms.items()
    return ", ".join(f"{_STEPS.get(step, step)} {_number(ms, 1)} ms" for step, ms in spent)


def _place(choice: Choice) -> tuple[str, int]:
    return choice.passage.id, choice.unit.start


def _strongest(counted: NDArray[np.float64], names: Iterable[str]) -> list[tuple[str, float]]:
    """The signs that count most, for or against, the strongest first."""
    said = [(name, float(value)) for name, value in zip(names, counted, strict=True) if abs(value) >= _LEAST]
    return sorted(said, key=lambda sign: -abs(sign[1]))[:_MOST_SIGNS]


def _for_and_against(signs: Iterable[tuple[str, float]], labels: Mapping[str, str]) -> str:
    """« pour : … ; contre : … », each sign with what it adds or takes away."""
    signs = list(signs)
    sides = {"pour": [s for s in signs if s[1] > 0], "contre": [s for s in signs if s[1] < 0]}
    return " ; ".join(
        f"{side} : {', '.join(f'{labels.get(name, name)} ({_signed(value)})' for name, value in said)}"
        for side, said in sides.items()
        if said
    )


def _quoted(text: str) -> str:
    """A text on one line between quotation marks, without what a terminal would obey, cut where it is long."""
    line = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    return f"« {line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + '…'} »"


def _percent(share: float) -> str:
    return "moins de 1 %" if 0 < share < 0.01 else f"{round(100 * share)} %"


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")
