"""The sentences of two runs side by side, in French."""

from __future__ import annotations

from eval.compare import FEW
from ui.evaluation.labels import many

BEFORE, AFTER = "Avant", "Après"
TOO_FEW_RUNS = "Il faut au moins deux mesures pour en comparer. Lancez-en une autre dans « Mesures »."
SAME_RUN = "Choisissez deux mesures différentes."
NOTHING_IN_COMMON = "Ces deux mesures n'ont aucune question en commun. Choisissez-en deux qui en partagent."
APART = "Ce qui diffère dans les réglages"
NOT_APART = "Rien ne diffère dans les réglages."
CONDITION = "Réglage"
CONDITIONS = {
    "questions": "Nom du fichier de questions",
    "questions_sha256": "Contenu du fichier de questions",
    "split": "Questions posées",
    "index": "Index",
    "embeddings": "Plongement",
    "weights": "Poids de la recherche",
    "version": "Version de Pratiques",
    "commit": "Commit",
    "answer_weights": "Poids de la réponse",
    "llm": "Modèle de langue",
    "llm_base_url": "Adresse du modèle de langue",
}
DIFFERENCES = "Écart de chaque chiffre"
DIFFERENCES_MEAN = (
    "L'intervalle est celui de l'écart, sur les questions communes (bootstrap apparié). « Net » : il ne contient pas "
    f"zéro, sur {FEW} questions au moins ; sinon, l'écart peut venir du choix des questions."
)
DIFFERENCE, SURE = "Écart", "Net ?"
YES, NO = "oui", "non"
BETTER, WORSE = "Questions améliorées", "Questions dégradées"
NO_CHANGE = "Aucune."
SCORES = "Chiffres"
STATUS_CHANGE = "Issue"
FACTS_GAINED, FACTS_LOST = "Faits clés gagnés", "Faits clés perdus"
ENTERED, LEFT = "Passages entrés dans les 20 premiers", "Passages sortis des 20 premiers"


def common(pairs: int, only_before: int, only_after: int) -> str:
    """How many questions two runs share."""
    return (
        f"{many(pairs, 'question')} en commun ; {only_before} seulement dans la première mesure, {only_after} "
        "seulement dans la seconde."
    )
