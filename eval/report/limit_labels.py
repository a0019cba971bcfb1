"""What a report says of its limits, in French."""

from __future__ import annotations

from eval.report.numbers import decimal, listed, many

NO_RUN = "Ce rapport n'a pas de mesure automatique : rien n'y est comparé à des réponses jugées d'avance."
NO_REVIEWS = (
    "Ce rapport n'a pas de relecture finie : aucune personne n'y dit si les réponses conviennent. La mesure ne "
    "reconnaît que des mots."
)
OWN_QUESTIONS = (
    "Les questions sont celles du projet, écrites avec l'outil et non recueillies auprès de personnes qui l'utilisent "
    ": de vraies questions peuvent être plus difficiles."
)
NONE_UNANSWERABLE = "Aucune question n'est sans réponse dans le rapport : rien n'est dit des réponses à tort."
NONE_ANSWERABLE = "Aucune question n'a de réponse dans le rapport : rien n'est dit de la recherche ni des réponses."
OTHER_INDEX = (
    "L'index ouvert aujourd'hui n'a plus tous les passages de la mesure : ce qui est dit de la couverture vaut pour "
    "l'index d'aujourd'hui."
)
OLD_RUN = (
    "La mesure est d'une version plus ancienne : elle n'a pas gardé la chance annoncée, ni les chiffres des citations."
)
NOT_REPEATABLE = (
    "L'état exact du code de la mesure n'est pas connu, ou avait des changements non enregistrés : elle ne peut pas "
    "être refaite à l'identique à coup sûr."
)
MODEL_VARIES = "Un modèle de langue écrit une partie des réponses : d'une fois à l'autre, elles peuvent changer."
ONE_MACHINE = "Les temps de réponse sont ceux d'une seule machine, questions posées l'une après l'autre."
ONE_RATER = "Une seule personne a relu : l'accord entre personnes ne peut pas être mesuré, la note est la sienne."
NONE_TOGETHER = "Aucune réponse n'a été relue par deux personnes : l'accord entre elles ne peut pas être mesuré."
NO_REFUSAL = "Aucun refus n'a été relu : les notes ne disent rien des refus."
ONLY_REFUSALS = "Seuls des refus ont été relus : les notes ne disent rien des réponses."


def fitted_on(fit: int, count: int) -> str:
    """Some questions of the run served to fit the weights."""
    return f"Parmi les {count} questions, {fit} ont servi à régler l'outil : leurs chiffres sont flatteurs."


def small_groups(names: list[str]) -> str:
    """Some types have too few questions."""
    return f"Moins de 10 questions dans ces types : {listed(names)}. Leurs chiffres ne disent presque rien."


def no_spread(names: list[str], count: int) -> str:
    """Some figures are the same for all their units: the bootstrap cannot say how sure they are.

    None of `count` differs; 3 ÷ `count` of all may still do, at 95 % (Hanley and Lippman-Hand, 1983).
    """
    return (
        f"Même valeur pour toutes les questions comptées : {listed(names)}. L'intervalle, réduit à un point, ne dit "
        f"pas que c'est certain : jusqu'à {decimal(min(100.0, 300 / count), 1)} % des questions pourraient encore "
        "donner autre chose (règle de trois)."
    )


def broken(count: int) -> str:
    """Some questions failed."""
    return f"{many(count, 'question')} en échec : compter zéro pour elles ne dit pas ce qu'elles auraient donné."


def out_of_reach(untested: int, places: int) -> str:
    """Some of the documents is not put to the test."""
    return f"Aucune question n'a sa preuve dans {many(untested, 'endroit')} du rapport sur {places}."


def few_answers(count: int) -> str:
    """Too few answers were reviewed."""
    return f"{many(count, 'réponse', 'relue')} seulement : la note moyenne ne dit presque rien des autres."


def few_together(count: int) -> str:
    """Too few answers were reviewed by two people."""
    return f"Les deux mêmes personnes n'ont relu que {many(count, 'réponse')} au plus : l'accord est à peine mesuré."


def once(alone: int, count: int) -> str:
    """Some answers have one review only."""
    return f"Une seule relecture pour {many(alone, 'réponse')} sur {count} : c'est la note d'une seule personne."


def unfinished(count: int) -> str:
    """Some reviews are under way."""
    return f"{many(count, 'relecture')} en cours, sans effet sur les chiffres de ce rapport."


def differing(count: int) -> str:
    """Some disagreements are not settled."""
    return f"Désaccord sans arbitrage sur {many(count, 'réponse')} : la note y est la moyenne des avis."


def mixed(count: int) -> str:
    """The answers reviewed were not made alike."""
    return f"Les réponses relues viennent de {count} configurations : leur moyenne les mêle."


def other_than_measured(names: str) -> str:
    """The answers reviewed were not made as those of the run."""
    return (
        f"Les réponses relues de la configuration {names} n'ont pas été faites comme celles de la mesure : les notes "
        "et les chiffres ne parlent pas du même outil."
    )


def judge_is_no_proof(model: str) -> str:
    """A judge is a language model."""
    return (
        f"Le juge « {model} » est un modèle de langue : ses avis ne prouvent rien, et peuvent changer d'une fois à "
        "l'autre."
    )


def judge_few(model: str, answers: int) -> str:
    """A judge was compared over few answers."""
    return f"Le juge « {model} » n'est comparé aux personnes que sur {many(answers, 'réponse')}."


def undecided(trial: str) -> str:
    """A trial has no preference."""
    return f"L'essai « {trial} » n'a départagé aucune paire."


def even(trial: str) -> str:
    """A trial does not tell."""
    return f"L'essai « {trial} » ne permet pas de dire laquelle est préférée : l'intervalle contient 0,5."


def few_pairs(trial: str, count: int) -> str:
    """A trial has too few pairs."""
    return f"L'essai « {trial} » n'a que {many(count, 'paire', 'départagée')} : son résultat ne dit presque rien."


def one_voter(trial: str) -> str:
    """A trial has one voter."""
    return f"Une seule personne a voté à l'essai « {trial} » : c'est sa préférence."
