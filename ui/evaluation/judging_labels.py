"""The sentences of the view of the language-model judge, in French."""

from __future__ import annotations

from collections.abc import Callable

from eval.judging.agreement import JudgeAgreement
from eval.judging.judge import Judged
from eval.judging.judgement import Judge

HEADING = "Juge automatique"
INTRODUCTION = (
    "Un modèle de langue dit, phrase par phrase, si les citations soutiennent la réponse. Ce n'est qu'un avis : il ne "
    "note aucune réponse, et n'entre dans aucun chiffre des mesures ni des relectures. Il sert à savoir jusqu'où un "
    "tel juge voit comme les personnes qui relisent ; un rapport d'évaluation peut le dire, à part."
)
NO_MODEL = (
    "Aucun modèle de langue n'est choisi : il n'y a pas de juge, et rien d'autre ne manque. Pour en avoir un, donnez "
    "son nom dans PRATIQUES_LLM (« ollama:mistral-small » sur ce poste, ou « mistralai:mistral-small-latest »), au "
    "besoin l'adresse de son service dans PRATIQUES_LLM_BASE_URL, puis relancez Pratiques."
)
PROMPT = "Lire les consignes données au modèle"
PROMPT_HELP = "Consignes {}. Les phrases, les citations et les passages lui sont donnés à part, comme des données."

JUDGE = "Faire juger"
WHICH = "Réponses à juger"
REVIEWED, ALL = "Celles dont une relecture est terminée", "Toutes celles qui sont à relire"
START = "Lancer le juge"
NOTHING_TO_JUDGE = "Il n'y a rien à juger ici : ces réponses l'ont toutes été, ou il n'y en a pas encore."
BUSY = "Le juge travaille déjà : attendez sa fin, ou arrêtez-le."
STOP = "Arrêter"
STOPPING = "Arrêt demandé…"
STOPPED = "Le juge a été arrêté. Ce qu'il a dit jusque-là est gardé."
FAILED = "Le juge s'est arrêté avant la fin : {} Ce qu'il a dit jusque-là est gardé."

AGREEMENT = "Accord avec les personnes"
WHO = "Juge"
NONE_YET = "Rien n'a encore été jugé."
NO_COMMON = (
    "Aucune phrase n'a encore à la fois une note de personne et un avis de ce juge. Terminez des relectures dans "
    "« Contrôle », puis faites-les juger."
)
METHOD = (
    "La note des personnes est celle de l'arbitrage, sinon celle que donnent toutes les relectures terminées. Le κ de "
    "Cohen vaut 1 pour un accord entier, 0 pour celui du hasard ; son intervalle à 95 % est tiré par rééchantillonnage "
    "des réponses entières."
)
TABLE = "Notes des personnes et du juge"
HUMAN_HEAD = "Note des personnes"
HUMAN_HEADS = "personnes : {}"
MODEL_HEADS = "juge : {}"
DIFFERENCES = "Désaccords"
NO_DIFFERENCE = "Aucun : le juge et les personnes donnent partout la même note."
WHY = "Ce que dit le juge"
OPEN = "Ouvrir la réponse dans « Contrôle »"
DELETE = "Supprimer les avis de ce juge"
DELETE_HELP = "Les relectures restent. Les avis ne reviendront qu'en faisant juger de nouveau."
CONFIRM_DELETE = "Oui, supprimer"


def sent(model: str, address: str) -> str:
    """What is sent, and where."""
    where = f"à l'adresse {address}" if address else "à l'adresse de son fournisseur"
    return (
        f"À chaque réponse jugée, ceci part vers « {model} », {where} : ses phrases, ses citations et les passages "
        "du rapport où elles se trouvent. Ni la question, ni la conversation, ni les notes, ni les noms ne partent."
    )


def to_judge(count: int) -> str:
    """How many answers are left to judge."""
    return f"{_many(count, 'réponse')} à juger par ce modèle."


def progress(done: int, total: int) -> str:
    """How far the judge is."""
    return f"{done} réponses jugées sur {total}"


def ended(judged: Judged) -> str:
    """What came of a round."""
    said = f"Le juge a fini : {_many(judged.answers, 'réponse')}."
    if judged.unusable:
        said += f" {_many(judged.unusable, 'fois')}, il n'a pas répondu dans la forme demandée : rien n'en est gardé."
    return said


def judge(of: Judge) -> str:
    """A judge in the list."""
    return f"{of.model}, consignes {of.prompt}"


def agreement(of: JudgeAgreement) -> list[str]:
    """How far a judge agrees with humans, in sentences."""
    found = of.agreement
    share, kappa = _percent(found.observed or 0.0), "" if found.kappa is None else _number(found.kappa)
    if not found.few:
        share += _interval(found.observed_low, found.observed_high, _percent)
        kappa += _interval(found.kappa_low, found.kappa_high, _number)
    said = [f"{_many(found.units, 'phrase')} de {_many(found.answers, 'réponse')} : même note pour {share}."]
    if found.kappa is None:
        said.append("Le κ de Cohen ne se calcule pas : une seule et même note a été donnée partout.")
    else:
        said.append(f"κ de Cohen : {kappa}.")
    if found.few:
        said.append("C'est trop peu de réponses pour donner des intervalles.")
    if of.unsettled:
        said.append(f"{_many(of.unsettled, 'phrase')} sans arbitrage, où les relectures diffèrent : laissées de côté.")
    return said


def difference(position: int, human: int, model: int) -> str:
    """What differs at a sentence."""
    return f"phrase {position} : {human} pour les personnes, {model} pour le juge"


def _interval(low: float | None, high: float | None, said: Callable[[float], str]) -> str:
    if low is None or high is None:
        return ""
    return f" (intervalle à 95 % : de {said(low)} à {said(high)})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 and not word.endswith('s') else ''}"
