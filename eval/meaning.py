"""What each figure that the product shows means: its exact formula, its source, and how to read it, in French."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eval.review.marks import ErrorKind


class Unit(StrEnum):
    """What a figure counts, and between which bounds."""

    SHARE = "part, de 0 à 1"
    CORRELATION = "de −1 à 1"
    MARK = "points, de 0 à 100"
    CITATION_MARK = "points, de 0 à 25"
    COUNT = "nombre"
    MS = "millisecondes"
    BOUNDS = "deux bornes, dans l'unité du chiffre"
    PLOT = "parts, de 0 à 1, par groupe"


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: `key` is that of the code, `name`, `formula` and `meaning` are French.

    `formula` is exact: it says what is counted, over what. `source` names where the definition comes from, or is
    empty where it is this project's own.
    """

    key: str
    name: str
    formula: str
    meaning: str
    unit: Unit
    source: str = ""

    @property
    def title(self) -> str:
        """The name, where it stands alone: with a capital."""
        return self.name[0].upper() + self.name[1:]


_ALCE = "Gao, Yen, Yu et Chen, « Enabling Large Language Models to Generate Text with Citations » (ALCE), EMNLP 2023"
_AI_ANSWERS = "barème du projet canadien ai-answers"

_ALL = (
    Metric(
        key="recall",
        name="rappel à 1\u202f000 mots",
        formula="Pour chaque question qui a une réponse : groupes de preuves retrouvés ÷ groupes de preuves attendus. "
        "Un groupe est retrouvé si 60 % d'une de ses citations, d'un seul tenant (casse, accents et ponctuation mis à "
        "part), est dans les 1\u202f000 premiers mots des passages trouvés. Moyenne de ces questions.",
        meaning="Dit si la recherche rapporte ce qu'il faut pour répondre, même quand la réponse est ensuite refusée.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="mrr",
        name="rang réciproque moyen (MRR)",
        formula="Pour chaque question qui a une réponse : 1 ÷ rang du premier passage trouvé qui contient une preuve, "
        "0 s'il n'y en a pas. Moyenne de ces questions.",
        meaning="1 si la preuve est toujours dans le premier passage, 0,5 si elle est toujours dans le deuxième.",
        unit=Unit.SHARE,
        source="Voorhees, TREC-8, 1999",
    ),
    Metric(
        key="key_facts",
        name="faits clés",
        formula="Pour chaque question qui a une réponse : faits clés que la réponse montrée énonce ÷ faits clés "
        "attendus ; 0 si elle est refusée. Moyenne de ces questions.",
        meaning="Dit si la réponse contient ce qu'une bonne réponse doit contenir. Un fait est reconnu à ses mots : "
        "une tournure que personne n'a prévue n'est pas comptée.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="right_status",
        name="statut juste",
        formula="(questions avec réponse qui en reçoivent une + questions sans réponse qui sont refusées) ÷ questions.",
        meaning="Dit si le produit répond quand il le peut et se tait quand il le doit, sans juger ce qu'il répond.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="false_refusals",
        name="refus à tort",
        formula="Questions qui ont une réponse dans le rapport et n'en reçoivent pas (refus ou échec) ÷ questions qui "
        "ont une réponse.",
        meaning="Plus bas est mieux. Un refus à tort prive d'une réponse que le rapport donne.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="false_answers",
        name="réponses à tort",
        formula="Questions qui n'ont pas de réponse dans le rapport et en reçoivent une ÷ questions qui n'en ont pas.",
        meaning="Plus bas est mieux. Les phrases montrées sont bien du rapport, mais elles ne répondent pas.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="citation_recall",
        name="rappel des citations",
        formula="Pour chaque phrase : 1 si elle a une citation et si ses citations, mises bout à bout, la soutiennent, "
        "sinon 0. Moyenne des phrases d'une réponse, puis des réponses ; refus et tableaux vides ne comptent pas. "
        "« Soutenir » est décidé par le contrôle des citations du produit, à la place d'un modèle d'inférence.",
        meaning="Dit si tout ce qui est affirmé est prouvé. Le produit ne montre rien que ce contrôle n'ait admis : un "
        "chiffre sous 1 signale un défaut. Il ne dit pas si la phrase répond à la question.",
        unit=Unit.SHARE,
        source=_ALCE,
    ),
    Metric(
        key="citation_precision",
        name="précision des citations",
        formula="Pour chaque citation d'une phrase : 1 si la phrase est soutenue par toutes ses citations, et si "
        "celle-ci la soutient seule ou si les autres ne suffisent plus sans elle ; sinon 0. Moyenne des citations "
        "d'une réponse, puis des réponses ; refus et tableaux vides ne comptent pas.",
        meaning="Dit si chaque citation sert à quelque chose. Une citation de trop la fait baisser.",
        unit=Unit.SHARE,
        source=_ALCE,
    ),
    Metric(
        key="unfound",
        name="citations introuvables",
        formula="Nombre de citations dont les mots ne sont pas, à la lettre, dans le texte du rapport.",
        meaning="Doit être 0 : toute autre valeur est un défaut du produit.",
        unit=Unit.COUNT,
    ),
    Metric(
        key="brier",
        name="score de Brier",
        formula="Moyenne, sur toutes les questions, de (chance annoncée − 1 si le rapport répond, 0 sinon)².",
        meaning="Plus bas est mieux : 0 est parfait, 0,25 est ce que donne « une chance sur deux » dit de tout.",
        unit=Unit.SHARE,
        source="Brier, 1950",
    ),
    Metric(
        key="reliability",
        name="diagramme de fiabilité",
        formula="Les questions, rangées par chance annoncée, sont partagées en 8 groupes de même taille ; pour chacun "
        ": chance moyenne annoncée, et part des questions qui ont vraiment une réponse.",
        meaning="Les deux parts sont proches si la chance annoncée peut être crue.",
        unit=Unit.PLOT,
    ),
    Metric(
        key="latency_median",
        name="temps de réponse médian",
        formula="Médiane du temps des questions qui n'ont pas échoué, de l'envoi à la réponse prouvée, sur la machine "
        "de la mesure.",
        meaning="Une question sur deux prend moins de temps. Ne se compare que sur une même machine.",
        unit=Unit.MS,
    ),
    Metric(
        key="latency_p95",
        name="temps de réponse, 95e centile",
        formula="Temps que 95 % des questions qui n'ont pas échoué ne dépassent pas, interpolé entre les deux plus "
        "proches.",
        meaning="Dit combien attendent ceux qui attendent le plus. Ne se compare que sur une même machine.",
        unit=Unit.MS,
    ),
    Metric(
        key="coverage",
        name="couverture du rapport",
        formula="Passages qui contiennent une preuve d'au moins une question de la mesure ÷ passages des documents.",
        meaning="Dit ce que les questions mettent à l'épreuve. Ce qu'aucune n'atteint n'est pas mesuré.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="total",
        name="note d'une réponse",
        formula="75 % de la moyenne des notes des phrases (sur 100) + moyenne des notes des citations (sur 25). Un "
        "refus n'a qu'une note, sur 100. Une relecture qui n'est pas finie n'a pas de note.",
        meaning="100 si rien n'est à reprendre. Deux réponses de même note peuvent avoir des défauts différents : lire "
        "aussi les erreurs relevées.",
        unit=Unit.MARK,
        source=_AI_ANSWERS,
    ),
    Metric(
        key="sentence_mark",
        name="note d'une phrase",
        formula="100 : bonne. 80 : moyenne, juste mais à améliorer. 0 : mauvaise, fausse ou à côté de la question.",
        meaning="Ce que vaut la phrase elle-même, quelle que soit sa citation.",
        unit=Unit.MARK,
        source=_AI_ANSWERS,
    ),
    Metric(
        key="citation_mark",
        name="note d'une citation",
        formula="25 : bonne, elle prouve la phrase. 20 : moyenne, elle ne la prouve qu'en partie. 0 : mauvaise, elle "
        "ne la prouve pas.",
        meaning="Ce que vaut la preuve, quelle que soit la phrase.",
        unit=Unit.CITATION_MARK,
        source=_AI_ANSWERS,
    ),
    Metric(
        key="agreement",
        name="accord",
        formula="Notes égales ÷ notes données par les deux personnes à la même phrase, citation ou réponse.",
        meaning="Facile à lire, mais flatteur quand presque toutes les notes sont bonnes : lire aussi le kappa.",
        unit=Unit.SHARE,
    ),
    Metric(
        key="kappa",
        name="kappa de Cohen",
        formula="κ = (accord observé − accord attendu du hasard) ÷ (1 − accord attendu du hasard) ; l'accord attendu "
        "est la somme, sur les notes possibles, du produit des parts que chacun en donne. Non défini si l'accord "
        "attendu est 1.",
        meaning="1 : accord parfait ; 0 : pas mieux que le hasard ; négatif : moins bien. Peut être bas malgré un "
        "grand accord si une seule note revient presque toujours.",
        unit=Unit.CORRELATION,
        source="Cohen, 1960",
    ),
    Metric(
        key="positive_agreement",
        name="accord sur une erreur",
        formula="2 × fois où les deux personnes relèvent cette erreur ÷ (fois où la première la relève + fois où la "
        "seconde la relève). Non défini si personne ne la relève.",
        meaning="Dit si l'une retrouve les erreurs que l'autre a vues, sans compter tout ce que ni l'une ni l'autre ne "
        "reprend.",
        unit=Unit.SHARE,
        source="Cicchetti et Feinstein, 1990",
    ),
    Metric(
        key="win_rate",
        name="part de préférences",
        formula="Paires de réponses où la première configuration est préférée ÷ paires où l'une des deux l'est. La "
        "préférence d'une paire est le côté que choisissent le plus de votes ; configurations cachées, côtés tirés au "
        "sort. Intervalle de Wilson.",
        meaning="0,5 : aucune n'est préférée. Dit ce que préfèrent ceux qui ont voté, non ce qui est juste.",
        unit=Unit.SHARE,
        source="Wilson, 1927",
    ),
    Metric(
        key="interval",
        name="intervalle à 95 %",
        formula="Moyenne : on tire de nouveau les questions, avec remise, 10\u202f000 fois (bootstrap) ; les bornes "
        "laissent 2,5 % des moyennes de chaque côté. Pour les notes et l'accord, on tire les réponses. Part de "
        "préférences : intervalle de Wilson.",
        meaning="Dit de combien le chiffre pourrait bouger avec d'autres questions du même genre. Il ne dit rien de "
        "questions d'un autre genre, et trop peu sur moins de 10 questions.",
        unit=Unit.BOUNDS,
        source="Efron, 1979 (bootstrap) ; Wilson, 1927",
    ),
)

TYPES = {
    "fact": "fait",
    "figure": "chiffre",
    "list": "liste",
    "definition": "définition",
    "procedure": "démarche",
    "comparison": "comparaison",
    "multi": "plusieurs endroits du rapport",
    "metadata": "carte d'une fiche",
    "paraphrase": "dite en d'autres mots",
    "typo": "avec des fautes de frappe",
    "english": "en anglais",
    "followup": "suite d'une conversation",
    "unanswerable": "sans réponse dans le rapport",
}
"""The types of the judged questions; a file may have others of its own."""
PERSONAS = {"practitioner": "personne de terrain", "trainer": "formation", "evaluator": "évaluation"}
"""Who asks the judged questions; likewise."""
KINDS = {
    ErrorKind.WRONG_PLACE: "mauvais endroit du rapport",
    ErrorKind.PARTIAL_SUPPORT: "appui partiel",
    ErrorKind.OVER_INTERPRETATION: "surinterprétation",
    ErrorKind.WRONG_FIGURE: "chiffre faux",
    ErrorKind.MISSING_FACT: "il manque un fait important",
    ErrorKind.SHOULD_HAVE_REFUSED: "aurait dû refuser de répondre",
    ErrorKind.SHOULD_HAVE_ANSWERED: "aurait dû répondre",
}
"""The kinds of error that a rater may name."""
METRICS: dict[str, Metric] = {metric.key: metric for metric in _ALL}
"""Every figure, by the name that the code has for it."""
