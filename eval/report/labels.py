"""What an evaluation report says, in French."""

from __future__ import annotations

from datetime import datetime

from eval.analysis.failures import Failure
from eval.report.numbers import listed, many, whole
from eval.review.item import Source
from eval.trials.trial import Search, Trial

TITLE = "Rapport d'évaluation de Pratiques"

# The parts

ESSENTIALS = "L'essentiel"
EVALUATED = "Ce qui est évalué"
SAMPLE = "Échantillon"
METHOD = "Méthode"
FIGURES = "Mesure automatique"
REVIEWS = "Relectures par des personnes"
TRIALS = "Essais à l'aveugle"
JUDGES = "Juge automatique, à part"
EXAMPLES = "Exemples"
LIMITS = "Limites"

# Names

SOURCES = {
    Source.CONVERSATION: "conversations partagées par leurs auteurs",
    Source.BATCH: "lots de questions",
    Source.JUDGED: "jeux de questions jugées",
}
FAILURES = {
    Failure.BROKEN: "en échec",
    Failure.FALSE_REFUSAL: "refus à tort",
    Failure.FALSE_ANSWER: "réponse à tort",
    Failure.UNFOUND: "citation introuvable",
    Failure.NOT_RETRIEVED: "preuve hors des 1\u202f000 premiers mots trouvés",
    Failure.FACTS_MISSING: "il manque un fait clé",
}
SPLITS = {
    "held": "la part mise à part, qui ne sert jamais au réglage",
    "fit": "la part qui sert au réglage",
    "all": "toutes les questions",
}

# What is evaluated

NO_AUTHOR = "Rapport établi sans auteur nommé."
OF_RUN, OF_ANSWERS = "La mesure automatique", "Les réponses relues"
THING, VALUE = "Élément", "Valeur"
VERSION, COMMIT, MEASURED_ON, INDEX, EMBEDDINGS, MODEL, WEIGHTS, SEARCH_WEIGHTS, QUESTIONS_FILE, SEAL = (
    "Version de Pratiques",
    "État du code (commit)",
    "Date de la mesure",
    "Empreinte de l'index",
    "Plongement",
    "Modèle de langue",
    "Poids des phrases et du jugement (SHA-256)",
    "Poids de la recherche (SHA-256)",
    "Questions jugées",
    "Empreinte de ce fichier (SHA-256)",
)
NO_MODEL = "aucun : les réponses sont faites des phrases du rapport"
NOT_KEPT = "non gardé"
CHANGED_CODE = "avec des changements non enregistrés"
CONFIGURATION_HEADS = ("Configuration", "Version", "Index et plongement", "Modèle de langue", "Réponses")
UNREADABLE = "illisible"

# Sample

QUESTIONS, ANSWERABLE = "Questions", "Avec réponse"
TYPE, PERSONA, SOURCE, CONFIGURATION = "Type de question", "Profil", "Provenance", "Configuration"
BY_TYPE, BY_PERSONA, BY_SOURCE, BY_CONFIGURATION = "Par type", "Par profil", "Par provenance", "Par configuration"
ANSWERS, OF_WHICH_REFUSALS, BY_TWO, SETTLED = "Réponses", "Dont refus", "Relues par deux ou plus", "Arbitrées"
ALL = "Ensemble"
NOT_DRAWN = (
    "Pratiques garde d'où viennent ces réponses, non pourquoi elles ont été choisies : elles ne forment un tirage au "
    "hasard que si la personne qui les a ajoutées en a fait un."
)

# Method

ROAD = (
    "Chaque question est posée à Pratiques comme une personne la poserait. Avant d'être montrée, chaque citation est "
    "comparée au rapport par un programme : elle y est à la lettre (vérifiée), elle est remise dans les mots du "
    "rapport si seule sa forme différait (rétablie), ou elle est écartée. Ce qui n'est pas prouvé n'est pas montré."
)
MEASURING = (
    "La mesure automatique compare ce qui revient à ce qu'une personne a jugé juste d'avance : les passages où est la "
    "preuve, les faits qu'une bonne réponse énonce, et si le rapport répond ou non. Une question qui échoue compte "
    "zéro ; aucune n'est laissée de côté."
)
REVIEWING = (
    "Des personnes notent chaque phrase et chaque citation, donnent une raison dès que tout n'est pas bon, et nomment "
    "les erreurs. Aucune ne voit les notes des autres avant la comparaison. Une réponse relue par plusieurs a la "
    "moyenne de leurs notes, ou celle de l'arbitrage s'il y en a un."
)
TRYING = (
    "Dans un essai à l'aveugle, deux configurations répondent aux mêmes questions ; qui vote voit les deux réponses "
    "côte à côte, sans savoir laquelle est à gauche. Les paires dont les deux réponses sont les mêmes ne sont pas "
    "montrées."
)
DEFINITIONS = "Définition des chiffres"

# Figures

FIGURE, COUNT, INTERVAL = "Chiffre", "Sur", "Intervalle à 95 %"
MEASURES = "Les chiffres de la mesure"
DECISIONS = "Décision de répondre"
DECISION_HEADS = ("La question", "Répondue", "« N'en parle pas »", "« Rien de prouvable »", "En échec", "Total")
HAS_ANSWER, HAS_NONE = "a une réponse dans le rapport", "n'en a pas"
RELIABILITY = "La chance annoncée peut-elle être crue ?"
RELIABILITY_HEADS = ("Groupe de questions", "Questions", "Chance annoncée", "Part qui a une réponse")
TIMES = "Temps de réponse"
TIME_HEADS = ("Étape", "Médiane (ms)", "95e centile (ms)")
WHOLE_ROAD = "question entière"
REACH = "Ce que les questions mettent à l'épreuve"
TO_MEND = "Questions à reprendre"
TO_MEND_HEADS = ("Question", "Ce qui ne va pas")
FAILURE_COUNTS_HEADS = ("Ce qui ne va pas", "Questions")
NOTHING_TO_MEND = "Aucune question ne s'est mal passée."
FEW_MARK = "*"
FEW_SAID = "* : moins de 10 unités, l'intervalle ne dit rien."

# Reviews

SCORES = "Notes"
SCORE = "Note moyenne"
ERRORS = "Erreurs relevées"
ERROR_HEADS = ("Erreur", "Réponses", "Part des réponses")
AGREEMENT = "Accord entre les personnes qui relisent"
AGREEMENT_HEADS = ("", "Unités", "Accord", "Intervalle à 95 %", "Kappa", "Intervalle à 95 %")
KIND_HEADS = ("Erreur", "Les deux", "Une seule", "Aucune", "Accord sur cette erreur", "Kappa")
OF_SENTENCES, OF_CITATIONS = "notes des phrases et des refus", "notes des citations"

# Trials

TRIED_HEADS = ("Configuration", "Recherche", "Modèle de langue", "Plongement")
SEARCHES = {
    Search.ALL: "recherche complète",
    Search.WORDS: "mots seuls",
    Search.MEANING: "sens seul",
    Search.NO_QUESTIONS: "sans l'index de questions",
    Search.TEXT: "mots du texte seul (BM25)",
}
USUAL_EMBEDDINGS = "celui des réglages"
TRIAL_HEADS = ("Paires", "Nombre")
BOTH, NEITHER, NO_OPINION, ALIKE = "les deux se valent", "aucune ne convient", "sans avis", "réponses identiques"

# Judge

APART = (
    "Un modèle de langue a dit, phrase par phrase, si les citations soutiennent la réponse. Son avis n'entre dans "
    "aucun des chiffres qui précèdent : cette partie dit seulement jusqu'où il voit comme les personnes qui ont relu."
)
JUDGE_HEADS = ("Note des personnes", "Juge : 100", "Juge : 80", "Juge : 0")
NO_COMMON = "Aucune phrase n'a à la fois une note de personne et un avis de ce juge."

# Examples

GOOD, BAD = "Réponses bien notées", "Réponses moins bien notées"
MARK_HEADS = ("Phrase", "Note", "Citation", "Erreurs", "Raison")
WHOLE_ANSWER, REFUSAL = "ensemble", "refus"
SETTLING = "Arbitrage"


def author(name: str) -> str:
    """Said under the title."""
    return f"Établi par {name}."


def moment(date: datetime) -> str:
    """A moment, in universal time."""
    return f"{date:%d/%m/%Y à %H:%M} UTC"


def questions(count: int, answerable: int, file: str, split: str) -> str:
    """Of what questions a run is made."""
    return (
        f"La mesure pose {many(count, 'question')}, dont {answerable} auxquelles le rapport répond et "
        f"{count - answerable} auxquelles il ne répond pas. Elles viennent du fichier « {file} » ({SPLITS[split]}), "
        "sans tirage."
    )


def reviewed(answers: int, sentences: int, raters: int, twice: int) -> str:
    """How many answers were reviewed, and by how many people."""
    by = "une personne" if raters == 1 else f"{raters} personnes"
    over = f" ; {many(twice, 'réponse')} par deux personnes ou plus" if twice else ""
    return f"{many(answers, 'réponse', 'relue')}, de {many(sentences, 'phrase')} en tout, par {by}{over}."


def trial_name(trial: Trial) -> str:
    """What a trial is called: by its name, else by its moment."""
    return trial.name or f"Essai du {trial.made:%d/%m/%Y à %H:%M} UTC"


def tried(first: str, second: str, pairs: int, available: int, seed: int | None, raters: int) -> str:
    """Of what a blind trial is made."""
    drawn = f"tirées au hasard parmi {available} (tirage {seed})" if seed is not None else "sans tirage"
    people = "une personne a voté" if raters == 1 else f"{raters} personnes ont voté"
    return f"« {first} » et « {second} » répondent à {many(pairs, 'question')}, {drawn} ; {people}."


def unfound(cited: int, unfound: int) -> str:
    """How many citations are not in the report."""
    if not unfound:
        return f"{many(cited, 'citation')}, aucune introuvable dans le rapport."
    return (
        f"{many(cited, 'citation')}, dont {many(unfound, 'introuvable')} dans le rapport : c'est un défaut du produit."
    )


def coverage(judged: int, passages: int, share: str) -> str:
    """How much of the documents holds evidence of the questions."""
    hold = "contient" if judged == 1 else "contiennent"
    return f"{many(judged, 'passage')} sur {whole(passages)} {hold} une preuve d'une question : couverture {share}."


def judge(model: str, prompt: str) -> str:
    """Who judged."""
    return f"{model} (consignes {prompt})"


def judge_agreement(units: int, answers: int, observed: str, kappa: str) -> str:
    """How far a judge agrees with humans."""
    said = f"{many(units, 'phrase')} de {many(answers, 'réponse')}"
    return f"{said} : même note que les personnes, {observed} ; kappa {kappa}."


def group(number: int, of: int) -> str:
    """A group of questions of like chances."""
    return f"{number} sur {of}, la moins sûre d'abord" if number == 1 else f"{number} sur {of}"


def untested(names: list[str]) -> str:
    """Which places of the documents no question is about."""
    shown, more = names[:8], len(names) - 8
    rest = f" et {more} autres" if more > 1 else " et une autre" if more == 1 else ""
    said = f"{', '.join(shown)}{rest}" if rest else listed(shown)
    return f"Aucune question n'a sa preuve dans : {said}."


def shown_of(shown: int, all_of: int) -> str:
    """How many questions are shown of those that went wrong."""
    if shown == all_of:
        return f"{many(all_of, 'question')} à reprendre, les plus graves d'abord."
    return f"{many(all_of, 'question')} à reprendre ; en voici {shown}, les premières de chaque sorte."


def drawn_examples(good: bool, count: int) -> str:
    """How the examples were chosen."""
    if good:
        return (
            f"{many(count, 'réponse')} parmi les mieux notées et sans erreur relevée ; à égalité, les premières de la "
            "file."
        )
    return f"{many(count, 'réponse')} parmi les moins bien notées ; à égalité, les premières de la file."


PRIVATE = (
    "Les réponses qui viennent de conversations comptent dans les chiffres et ne sont pas montrées : leurs auteurs les "
    "ont partagées avec qui relit, non avec qui lira ce rapport."
)


def marks_of(rater: str, adjudication: bool) -> str:
    """Heads the marks of one review."""
    return SETTLING if adjudication else f"Notes de {rater}"


def all_good(marks: str, refused: bool) -> str:
    """Said in the place of marks that are all the best ones."""
    return f"{marks} : 100." if refused else f"{marks} : 100 pour chaque phrase, 25 pour chaque citation."


def scored(score: float) -> str:
    """Said beside an example."""
    return f"note {score:.0f}"


def foot(proofs: str) -> str:
    """Ends the report."""
    shown = f" Les phrases montrées en exemple ont été comparées avec le rapport : {proofs}." if proofs else ""
    return f"Tous les chiffres de ce rapport ont été calculés par un programme.{shown}"


# The essentials


def right_status(count: int, value: str) -> str:
    """What a run says first."""
    return f"Répondre quand le rapport répond, refuser sinon : {value} des cas, sur {many(count, 'question')}."


def key_facts(count: int, value: str) -> str:
    """How much of what should be said is said."""
    return f"Faits clés que la réponse énonce : {value}, sur {many(count, 'question')} avec réponse dans le rapport."


def mean_score(count: int, mean: str, spread: str) -> str:
    """What people said, in one number."""
    return f"Note moyenne donnée par des personnes : {mean} sur 100 ({spread}), sur {many(count, 'réponse')}."


def to_limits(count: int) -> str:
    """Leads to the end of the report."""
    return f"{many(count, 'limite')} à lire avant de conclure, à la fin de ce rapport."
