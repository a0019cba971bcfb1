"""What the report is made of: its parts, its themes and the fields of a fiche.

The converters lose or misplace headings, so the order and the names of the parts are held here, as the
report's own table of contents gives them; pages and titles of fiches are read from the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.folding import fold


@dataclass(frozen=True, slots=True)
class Section:
    """A part (`parent` empty) or a section of the report; `slug` starts the ids of its passages."""

    slug: str
    title: str
    parent: str = ""


SECTIONS = (
    Section("a-propos", "À propos"),
    Section("introduction", "Introduction"),
    Section(
        "pratiques-emergentes",
        "Pratiques professionnelles émergentes : de quoi parle-t-on ?",
        "introduction",
    ),
    Section(
        "demarche",
        "La démarche de repérage et d'identification des pratiques émergentes",
        "introduction",
    ),
    Section("thematiques", "Les grandes thématiques des auditions"),
    Section("conferences-familiales", "Les conférences familiales en France", "thematiques"),
    Section("aller-vers", "Aller-vers : références théoriques et questions au travail", "thematiques"),
    Section("pair-aidance", "Pair aidance", "thematiques"),
    Section(
        "reseaux",
        "Réseaux, partenariat et interventions pluriprofessionnelles : fédérer une dynamique d'acteurs",
        "thematiques",
    ),
    Section("pouvoir-agir", "Le développement du pouvoir d'agir", "thematiques"),
    Section("lignes-de-forces", "Les lignes de forces"),
    Section(
        "conditions",
        "Les conditions de développement de ces pratiques : facteurs de réussite, leviers possibles, points de "
        "vigilance et écueils à éviter",
        "lignes-de-forces",
    ),
    Section(
        "evaluation",
        "L'évaluation : des pratiques hétérogènes qui interrogent l'objectif et la conception de l'évaluation",
        "lignes-de-forces",
    ),
    Section("preconisations", "Les préconisations"),
    Section("fiches", "Fiches pratiques"),
    Section("annexe", "Annexe – Analyse des réponses au questionnaire"),
    Section("annexe-methode", "Objet de l'évaluation, méthodologie et calendrier", "annexe"),
    Section("annexe-analyse", "Analyse du questionnaire", "annexe"),
)

THEMES = {
    "1": "Conférences familiales",
    "2": "Aller-vers",
    "3": "Pair aidance",
    "4": "Réseaux et partenariats",
    "5": "Développement du pouvoir d'agir",
}

FIELDS = {
    "carte": "Carte d'identité",
    "definition": "Définition",
    "descriptif": "Descriptif de l'action",
    "objectif": "Objectif visé",
    "genese": "Genèse et émergence de la pratique",
    "repere": "Repère méthodologique",
    "gouvernance": "Gouvernance",
    "financements": "Financements",
    "participation": "Participation des personnes",
    "deploiement": "État d'avancée et déploiement",
    "conditions": "Conditions de mise en œuvre",
    "perspectives": "Perspectives",
    "mise-en-oeuvre": "Bilan de la mise en œuvre",
    "effets": "Effets de la pratique",
    "evaluation": "Évaluation",
}

CARD = {
    "territoire": "Territoire",
    "annee": "Année",
    "initiateurs": "Initiateurs et acteurs concernés",
    "publics": "Public(s) cible(s)",
}

# How the fiches word the heads of their fields; the text is folded, and a label ends with a colon or the block.
_LABELS = {
    "definition": r"definition(?: de la demarche[^:]*)?\s*(?::|$)",
    "descriptif": r"descriptif de l'action",
    "objectif": r"objectifs?(?: vises?)?\s*(?::|$)",
    "genese": r"genese et emergence|historique du projet\s*(?::|$)",
    "repere": r"repere(?: methodologique)?\s*:",
    "gouvernance": r"quelle gouvernance",
    "financements": r"financements?(?: du dispositif)?\s*(?::|$)",
    "participation": r"quelle(?:\(s\)|s)? modalite",
    "deploiement": r"etat d'avancee|deploiement\s*(?::|$)",
    "conditions": r"conditions de mises? en oeuvre",
    "perspectives": r"perspectives(?: et suites[^:]*)?\s*(?::|$)",
    "mise-en-oeuvre": r"bilan de la mise en oeuvre|mise en oeuvre\s*(?::|$)",
    "effets": r"effets de la pratique",
    "evaluation": r"[ef]valuation\s*$",
}
_FIELD = re.compile("|".join(f"(?P<{name.replace('-', '_')}>{rx})" for name, rx in _LABELS.items()))

FICHE_HEADING = re.compile(r"FICHE\s+(?:N\s*°\s*)?(\d[A-Fa-f])\s*[:–-]\s*(.*)", re.DOTALL)


def field_of(text: str) -> str | None:
    """The field whose head this block is or starts with, by the report's wordings; `None` where it is none."""
    found = _FIELD.match(fold(text).lstrip("-> →").lstrip())
    return found.lastgroup.replace("_", "-") if found and found.lastgroup else None
