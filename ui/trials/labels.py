"""The sentences of the blind trials, in French."""

from __future__ import annotations

from datetime import datetime

from eval.run import Figures
from eval.trials.result import Counts, Preference, Together
from eval.trials.trial import Choice, Configuration, LeftOut, Origin, Sample, Search, Side

_MOST_TURN = 300
"""Characters of an earlier turn that are shown."""

HEADING = "Essais à l'aveugle"
INTRODUCTION = (
    "Deux configurations répondent aux mêmes questions. Vous lisez leurs réponses côte à côte, sans savoir laquelle "
    "est de qui, et vous dites laquelle vous préférez. Les noms ne sont montrés qu'une fois tout comparé."
)

NEW = "Préparer un essai"
NAME = "Nom de l'essai (facultatif)"
CONFIGURATIONS = ("Première configuration", "Seconde configuration")
CONFIGURATION_NAMES = ("Nom de la première (facultatif)", "Nom de la seconde (facultatif)")
SEARCHES = ("Recherche de la première", "Recherche de la seconde")
SEARCH_HELP = (
    "Ce que la recherche des passages prend en compte. La suite du chemin reste la même, et les poids sont ceux de "
    "la recherche complète."
)
LLMS = ("Modèle de langue de la première", "Modèle de langue de la seconde")
LLM_HELP = (
    "Vide : aucun, la réponse est faite des phrases du rapport. Sinon « fournisseur:modèle », comme dans "
    "PRATIQUES_LLM ; l'adresse de son service est celle de PRATIQUES_LLM_BASE_URL."
)
EMBEDDINGS = ("Plongement de la première", "Plongement de la seconde")
EMBEDDINGS_HELP = (
    "Vide : celui des réglages. Sinon le nom ou le dossier d'un modèle sentence-transformers ; un index à part est "
    "alors construit, ce qui prend quelques minutes."
)
RARE = "Changer aussi le plongement"
SEARCH_NAMES = {
    Search.ALL: "Recherche complète",
    Search.WORDS: "Mots seuls",
    Search.MEANING: "Sens seul",
    Search.NO_QUESTIONS: "Sans l'index de questions",
    Search.TEXT: "Mots du texte seul (BM25)",
}
QUESTIONS = "Questions"
ORIGINS = {
    Origin.OWN: "Tirées du jeu jugé du projet",
    Origin.TYPED: "Écrites ici",
    Origin.TEST_SET: "Le jeu de test de ce poste",
    Origin.FILE: "D'un fichier",
}
COUNT = "Combien"
SEED = "Graine du tirage"
SEED_HELP = "La même graine tire toujours les mêmes questions : elle est gardée avec l'essai."
TYPED = "Une question par ligne"
FILE = "Fichier de questions"
FILE_HELP = (
    "Des lignes JSON, comme en lit « pratiques batch » ou « pratiques eval », ou un texte avec une question par ligne."
)
START = "Lancer l'essai"
BUSY = "Un autre essai se prépare : attendez sa fin, ou arrêtez-le."

PREPARING = "Essai en préparation"
STOP = "Arrêter"
STOPPING = "Arrêt demandé…"
STOPPED = "L'essai a été arrêté. Rien n'en a été gardé."
READY = "L'essai est prêt : il est le premier de la liste."
OPENING = "Ouverture des deux configurations…"

KEPT = "Essais gardés"
NONE_KEPT = "Aucun essai n'a encore été préparé."
BACK = "Tous les essais"
UNNAMED = "Essai"

PAIR_VIEW = "Deux réponses à comparer"
ANSWERS = ("Réponse 1", "Réponse 2")
SOURCES = ("Sources de la réponse 1", "Sources de la réponse 2")
WORD_FOR_WORD = "Mot pour mot dans la réponse."
NO_SOURCES = "Aucune source : la question est refusée."
CHOICE = "Laquelle préférez-vous ?"
CHOICES = {
    Side.LEFT: "La réponse 1",
    Side.RIGHT: "La réponse 2",
    Side.BOTH: "Les deux se valent",
    Side.NEITHER: "Aucune des deux ne convient",
    Side.NONE: "Sans avis",
}
KEYS = (
    "Au clavier : 1 à 5 pour choisir, Entrée pour enregistrer. Ces touches n'agissent que dans cette partie de la page."
)
REASON = "Raison"
REASON_HELP = "Facultative, sauf si aucune des deux ne convient."
WANTS_CHOICE = "Choisissez d'abord une des réponses possibles."
WANTS_REASON = "Dites en quelques mots pourquoi aucune des deux réponses ne convient."
SAVE = "Enregistrer et continuer"
PREVIOUS = "Paire précédente"
NEXT = "Paire suivante"
FINISH = "Terminer et voir les noms"
FINISH_HELP = (
    "Les paires sans vote seront comptées sans avis. Les noms vous seront montrés et vos votes ne changeront plus."
)
SURE = "Terminer vraiment ?"
YES, NO = "Oui, terminer", "Non, continuer"
LAST = (
    "C'est la dernière paire sans vote : dès qu'elle est enregistrée, les noms vous sont montrés et vos votes ne "
    "changent plus."
)
SAVED = "Vote enregistré."
RATER_FIRST = "Écrivez votre nom pour comparer les réponses : vos votes sont gardés sous ce nom."
NOTES_LEFT_OUT = (
    "Les remarques de service qui suivent d'ordinaire une réponse ne sont pas montrées : elles diraient de quelle "
    "configuration elle vient."
)

RESULT = "Résultat"
COMPARED = "Ce qui était comparé"
CONFIGURATION = "Configuration"
SEARCH, LLM, EMBEDDING = "Recherche", "Modèle de langue", "Plongement"
NO_LLM, USUAL_EMBEDDING = "aucun", "celui des réglages"
PREFERENCES = "Préférences"
BY_RATER = "Votes de chacun"
RATER = "Relecteur"
CHOICE_HEADS = ("les deux", "aucune", "sans avis")
TOGETHER = "Accord entre relecteurs"
TOGETHER_HEADS = ("Relecteurs", "Paires", "Même choix", "κ de Cohen")
MEASURED = "Chiffres mesurés sur les mêmes questions"
MEASURED_HELP = (
    "Ces chiffres sont calculés par programme, sans les votes : ils disent si ce qui est préféré est aussi ce qui "
    "est juste. Le temps dépend de la machine et de ce qui est déjà en mémoire."
)
NOT_MEASURED = (
    "Les questions jugées de cet essai ont été posées à un autre index : leurs chiffres ne peuvent plus être calculés."
)
FIGURE = "Chiffre"
PAIRS = "Les paires, avec les noms"
VOTES = "Votes"
NO_VOTES = "Aucun avis."
TAKE = "Télécharger les votes (CSV)"
FILE_NAME = "votes-{}.csv"
DELETE = "Supprimer l'essai"
DELETE_TITLE = "Supprimer cet essai ?"
DELETE_HELP = "Ses réponses et tous ses votes seront supprimés. Téléchargez d'abord les votes pour les garder."
CONFIRM_DELETE = "Oui, supprimer"
METHOD = (
    "Une paire compte une fois : sa préférence est celle de la majorité des relecteurs qui ont choisi un côté. "
    "L'intervalle à 95 % est celui de Wilson ; la probabilité est celle du test du signe (binomial exact, bilatéral)."
)


def configuration_name(name: str, search: Search, llm: str, embeddings: str) -> str:
    """The name of a configuration: as typed, else what it changes."""
    return name.strip() or " · ".join(part for part in (SEARCH_NAMES[search], llm.strip(), embeddings.strip()) if part)


def configuration_cells(configuration: Configuration) -> tuple[str, ...]:
    """A configuration as a row of the table: its name, its search, its language model, its embedding."""
    return (
        configuration.name,
        SEARCH_NAMES[configuration.search],
        configuration.llm or NO_LLM,
        configuration.embeddings or USUAL_EMBEDDING,
    )


def kept(raters: tuple[str, ...], pairs: int, made: datetime) -> str:
    """What stands under a trial in the list; `made` is in the time zone of the reader."""
    voting = f"votes de {', '.join(raters)}" if raters else "aucun vote"
    return f"{made:%d/%m/%Y à %H:%M} · {_many(pairs, 'question')} · {voting}"


def title(name: str, made: datetime) -> str:
    """The name of a trial; where it has none, its moment."""
    return name or f"{UNNAMED} du {made:%d/%m/%Y à %H:%M}"


def sample(of: Sample, pairs: int, alike: int) -> str:
    """Where the questions of a trial come from, and what became of them."""
    origin = {
        Origin.OWN: f"du jeu jugé du projet ({of.name})",
        Origin.TYPED: "écrites à la main",
        Origin.TEST_SET: "du jeu de test de ce poste",
        Origin.FILE: f"du fichier « {of.name} »",
    }[of.origin]
    drawn = f", tirées de {of.available} avec la graine {of.seed}" if of.seed is not None else ""
    same = f" {_many(alike, 'paire')} de réponses identiques : rien à départager." if alike else ""
    return f"{_many(pairs, 'question')} {origin}{drawn}.{same}"


def left_out(one: LeftOut) -> str:
    """A question that was not answered."""
    return f"Question {one.number} laissée de côté : {one.why}"


def bad_line(line: int, reason: str) -> str:
    """A line of a file that holds no question."""
    return f"Ligne {line} laissée de côté : {reason}."


def progress(done: int, total: int) -> str:
    """How far the making of a trial is."""
    return f"{done} questions sur {total}" if total else OPENING


def pair_heading(rank: int, total: int) -> str:
    """The heading of a pair."""
    return f"Paire {rank} sur {total}"


def turn(role: str, content: str) -> str:
    """An earlier turn of the conversation, its beginning."""
    said = " ".join(content.split())
    short = said if len(said) <= _MOST_TURN else f"{said[:_MOST_TURN].rsplit(' ', 1)[0]}…"
    return f"{'Avant, la personne demandait' if role == 'user' else 'On lui répondait'} : {short}"


def voted(count: int, total: int) -> str:
    """How many pairs the rater has voted on."""
    return f"{_many(count, 'vote')} sur {_many(total, 'paire')}"


def said_of(counts: Counts, names: tuple[str, str], pairs: int) -> str:
    """The preferences of the pairs in one sentence."""
    if not pairs:
        return "Toutes les réponses étaient identiques : il n'y avait rien à départager."
    rest = f"{counts.both} sans préférence, {counts.neither} où aucune ne convient, {counts.none} sans avis"
    return (
        f"Sur {_many(pairs, 'paire')} à départager : {counts.first} en faveur de « {names[0]} », {counts.second} en "
        f"faveur de « {names[1]} », {rest}."
    )


def preference(of: Preference | None, names: tuple[str, str]) -> str:
    """How sure a preference is, in plain French."""
    if of is None:
        return "Aucune paire n'a de préférence : rien ne peut être dit de l'une ou de l'autre."
    won = (
        f"« {names[0]} » gagne {of.first} des paires qui ont une préférence ({of.decided} en tout), soit "
        f"{percent(of.share)} (intervalle à 95 % : de {percent(of.low)} à {percent(of.high)})."
    )
    odds = (
        f"Si les deux se valaient, un écart au moins aussi grand arriverait avec une probabilité de {number(of.chance)}"
    )
    verdict = "l'écart dépasse le hasard." if of.chance < 0.05 else "l'écart peut n'être dû qu'au hasard."
    return f"{won} {odds} : {verdict}"


def together(of: Together) -> tuple[str, ...]:
    """The agreement of two raters as a row of the table."""
    agreement = of.agreement
    observed = "" if agreement.observed is None else percent(agreement.observed)
    if agreement.kappa is None:
        kappa = "ne se calcule pas"
    else:
        low, high = agreement.kappa_low, agreement.kappa_high
        kappa = number(agreement.kappa)
        if low is not None and high is not None and not agreement.few:
            kappa += f" (de {number(low)} à {number(high)})"
    return (f"{of.first} et {of.second}", str(agreement.units), observed, kappa)


def measured(first: Figures, second: Figures) -> tuple[tuple[str, ...], ...]:
    """The figures of both configurations, as rows of a table."""
    return (
        ("Questions jugées", str(first.count), str(second.count)),
        ("Preuves retrouvées (rappel)", percent(first.recall), percent(second.recall)),
        ("Rang de la première preuve (MRR)", number(first.mrr), number(second.mrr)),
        ("Faits clés dits", percent(first.key_facts), percent(second.key_facts)),
        ("Répond ou refuse à bon escient", percent(first.right_status), percent(second.right_status)),
        ("Longueur médiane d'une réponse", f"{first.median_words:.0f} mots", f"{second.median_words:.0f} mots"),
        ("Temps médian", f"{first.median_ms:.0f} ms", f"{second.median_ms:.0f} ms"),
    )


def unwritten(name: str, count: int) -> str:
    """How often the language model of a configuration wrote nothing that could be used."""
    return (
        f"Le modèle de langue de « {name} » n'a pas écrit {_many(count, 'réponse')} : le service n'a pas répondu, ou "
        "rien de ce qu'il écrivait n'était prouvé. Ces réponses sont faites des phrases du rapport."
    )


def choice(of: Choice, names: tuple[str, str]) -> str:
    """A choice with the names."""
    if of in (Choice.FIRST, Choice.SECOND):
        return f"« {names[0] if of is Choice.FIRST else names[1]} »"
    return {Choice.BOTH: "les deux se valent", Choice.NEITHER: "aucune ne convient", Choice.NONE: "sans avis"}[of]


def percent(share: float) -> str:
    """A share (0 to 1) as it is read: « 62 % »."""
    return f"{100 * share:.0f}\u202f%"


def number(value: float) -> str:
    """A number with two decimals: « 0,43 »."""
    return f"{value:.2f}".replace(".", ",")


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
