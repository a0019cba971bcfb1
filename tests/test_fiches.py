"""The 21 fiches are those that the report prints: each cell below was read in the report, none in the program."""

from __future__ import annotations

import pytest

from ingest.records import Fiche, Report, UnitKind
from ingest.settings import Settings
from ingest.sources import find_sources, read_sources

FAMILIES, OUTREACH, PEERS = "Conférences familiales", "Aller-vers", "Pair aidance"
NETWORKS, POWER = "Réseaux et partenariats", "Développement du pouvoir d'agir"

# id: title, theme, printed page (table of the fiches, or list of the theme plus one)
HEADS = {
    "1a": ("Retour d'expérience du Conseil départemental de l'Ardèche", FAMILIES, "36"),
    "1b": ("Retour d'expérience du Conseil départemental du Nord", FAMILIES, "39"),
    "1c": ("Retour d'expérience du Conseil départemental de la Gironde", FAMILIES, "43"),
    "1d": ("Retour d'expérience du Conseil départemental de la Seine-Saint-Denis", FAMILIES, "47"),
    "1e": ("IRTS Pyrénées-Orientales : formations aux conférences familiales", FAMILIES, "50"),
    "2a": (
        "Intervention proactive - proposer une offre de service en lien avec un évènement de la vie",
        OUTREACH,
        "53",
    ),
    "2b": ("Médiation active vers l'emploi", OUTREACH, "57"),
    "2c": (
        "Plateforme de coopération de travailleurs sociaux indépendants et d'acteurs de l'éducation",
        OUTREACH,
        "61",
    ),
    "2d": ("Référent de parcours – retour d'expérience dans le Haut-Rhin", OUTREACH, "67"),
    "3a": ("Projet « ambassadeurs santé mentale »", PEERS, "72"),
    "3b": (
        "Retour d'expérience de ATD Quart Monde Normandie et Association Calvadosienne pour la Sauvegarde de l'Enfant "
        "à l'Adulte (ACSEA) - Co-formation par les savoirs et les pratiques avec des personnes en situation de "
        "pauvreté",
        PEERS,
        "77",
    ),
    "3c": (
        "Retour d'expérience de l'association Aurore: pair aidance et communauté thérapeutique",
        PEERS,
        "82",
    ),
    "4a": ("Dispositif FLORA (Yvelines)", NETWORKS, "86"),
    "4b": ("GIP Gers Solidaire", NETWORKS, "90"),
    "4c": ("Mission Interface du Samu social de Paris", NETWORKS, "94"),
    "5a": ("Retour d'expérience du Conseil départemental de l'Eure", POWER, "101"),
    "5b": ("Retour d'expérience du Conseil départemental de la Gironde", POWER, "105"),
    "5c": (
        "Retour d'expérience de l'Association d'assistance sociale et médicale interprofessionnelle",
        POWER,
        "110",
    ),
    "5d": ("Retour d'expérience d'une professionnelle du service social en faveur des élèves", POWER, "114"),
    "5e": (
        "Retour d'expérience d'un professionnel d'établissement public de santé : le cause lawyering (1) et "
        "l'entretien d'aide « sans suite » (2)",
        POWER,
        "117",
    ),
    "5f": ("Point Ecoute Parents Adolescents", POWER, "120"),
}

# id: territoire, année, initiateurs, publics (one line for each line of thought)
CARDS = {
    "1a": (
        "Département de l'Ardèche",
        "2014",
        "Conseil départemental de l'Ardèche",
        "Tout public de l'action sociale",
    ),
    "1b": (
        "Département du Nord",
        "2016",
        "Association la Sauvegarde du Nord, AGSS de l'UDAF et Conseil départemental du Nord",
        "Les familles qui ont besoin d'un accompagnement dans un moment de vie difficile",
    ),
    "1c": (
        "Département de la Gironde",
        "2016",
        "Conseil départemental de la Gironde",
        "Tout public, dès lors qu'une personne est confrontée à un problème qu'elle souhaite résoudre en "
        "collaboration avec d'autres personnes.",
    ),
    "1d": (
        "Département de la Seine-Saint-Denis",
        "2019",
        "Conseil départemental de la Seine-Saint-Denis, association Devenir pour les AEMO",
        "Public ASE",
    ),
    "1e": (
        "Pyrénées-Orientales",
        "2018",
        "PRDS : Pôle Ressource en développement social des Pyrénées-Orientales\n"
        "Projet co-financé par l'IRTS Perpignan, la CAF 66, le CD66 et le CD 11",
        "Protection de l'enfance",
    ),
    "2a": (
        "Loir-et-Cher",
        "2012",
        "Caisse d'allocations familiales du Loir-et-Cher\n"
        "Partenaires: centre sociaux, PMI, l'association d'information pour l'allaitement, CIDFF, acteurs de lutte "
        "contre les violences, bailleurs sociaux, médiation familiale, etc.",
        "Les allocataires CAF avec enfant(s) à charge ou attendant un enfant, les familles qui connaissent un décès, "
        "une séparation, des impayés de loyer, les familles attendant un premier enfant, et les familles "
        "monoparentales.",
    ),
    "2b": (
        "Communauté de Communes Blavet Bellevue Océan",
        "2020",
        "Le service de transitions professionnelles de la Communauté de Communes Blavet Bellevue Océan, la FAS",
        "Personnes éloignées de l'emploi",
    ),
    "2c": (
        "Siège à Lyon\nPlusieurs territoires en France : Bourg en Bresse, Clermont, Marseille et Charleville",
        "2014",
        "« FenêtreS » est une plateforme de coopération de travailleurs sociaux indépendants et d'acteurs de "
        "l'Éducation, créée en 2014, qui propose des activités et prestations à l'acte pour les familles ou les "
        "structures sociales et médico-sociales.\n"
        "L'association utilise des outils numériques : Application mobile et site internet YTINEO de mise en lien "
        "entre professionnels et personnes accompagnées,",
        "Tout public, familles (soutien à la parentalité notamment) et jeunes (remobilisation, soutien à "
        "l'autonomie), professionnels du travail social et pairs experts",
    ),
    "2d": (
        "Haut-Rhin",
        "2020",
        "Département du Haut-Rhin, Praxis",
        "Personnes connaissant des situations complexes",
    ),
    "3a": (
        "Rhône et Isère",
        "2020-2021",
        "L'Institut régional Jean Bergeret\nL'association Unis-Cité Auvergne-Rhône-Alpes",
        "Jeunes de 15 à 25 ans en situation de fragilité, dans une stratégie complémentaire de prévention",
    ),
    "3b": (
        "National",
        "2017",
        "ATD Quart Monde : Le mouvement ATD Quart Monde a l'ambition d'éradiquer la pauvreté, et de garantir l'accès "
        "aux droits de tous ; on pense qu'on ne peut faire cela qu'avec la participation des personnes les plus "
        "pauvres.\nACSEA",
        "Les personnes en situation de pauvreté et les professionnels",
    ),
    "3c": (
        "Communauté thérapeutique de Brantôme (Dordogne)",
        "Ouverture en 2007 (circulaire du 24 octobre 2006)",
        "L'association Aurore : https://aurore.asso.fr/\n"
        "Créée en 1871, l'association Aurore héberge, soigne et accompagne plus de 41 300 personnes en situation de "
        "précarité ou d'exclusion vers une insertion sociale et professionnelle.\n"
        "Reconnue d'utilité publique depuis 1875, Aurore s'appuie sur son expérience pour proposer et expérimenter "
        "des formes innovantes de prises en charge, qui s'adaptent à l'évolution des phénomènes de précarité et "
        "d'exclusion.",
        "Les personnes qui ont des problèmes de dépendance à une ou plusieurs substances psychoactives",
    ),
    "4a": (
        "Achères, Conflans-Sainte-Honorine, Poissy, Andrésy, Maurecourt",
        "2013",
        "Les communes d'Achères, Conflans-Sainte-Honorine, Poissy, Andrésy, Maurecourt",
        "Les femmes victimes de violences conjugales.",
    ),
    "4b": (
        "Gers",
        "2015",
        "Le GIP Gers Solidaire https://www.gerssolidaire.org/gers-solidaire/\n"
        "Les acteurs de la solidarité (associations, UDCCAS, CCAS...)",
        "Publics en situation de précarité",
    ),
    "4c": (
        "Paris",
        "2017",
        "Samusocial de Paris, structures et dispositifs du secteur AHI et du secteur médico-social, Unis-Cité",
        "Personnes en situation de précarité de plus de 60 ans hébergées dans le secteur AHI, personnes de plus de "
        "20 ans en situation de handicap",
    ),
    "5a": (
        "Département de l'Eure",
        "Depuis 2016",
        "Conseil départemental de l'Eure\n"
        "Association ANDA-DPA (Association nationale de développement de l'approche centrée sur le développement du "
        "pouvoir d'agir) : https://www.andadpa.fr/",
        "Travailleurs sociaux",
    ),
    "5b": (
        "Département de la Gironde",
        "2012",
        "Conseil départemental de la Gironde\n"
        "Entre 2012 et 2016 : Association ANDA-DPA (Association nationale de développement de l'approche centrée sur "
        "le développement du pouvoir d'agir): https://www.andadpa.fr/\n"
        "Depuis 2016: Formations- Fabienne DEFERT (Association Internationale DPA)",
        "Professionnels du service médico-social départemental, cadres.",
    ),
    "5c": (
        "Bouches-du-Rhône",
        None,
        "Association d'assistance sociale et médicale interprofessionnelle (ASMI) http://www.asmi-social.fr/",
        "Les salariés en difficulté",
    ),
    "5d": (
        "Bassin de Thau",
        "2020-2021",
        "Service social en faveur des élèves D.S.D.E.N 34, Education Nationale Françoise Rousselet",
        "Les jeunes scolarisés et leurs parents,\nLe personnel Education Nationale en établissement scolaire\n"
        "Les futurs travailleurs sociaux,\nLes partenaires santé/social sur le territoire d'intervention",
    ),
    "5e": (
        "Seine-Saint-Denis",
        "2021",
        "Joran LE GALL, assistant social, Etablissement public de santé mentale de Ville-Evrard",
        "Personnes accompagnées dans le cadre de démarches de contestation d'une décision des administrations "
        "sociales\nPersonnes accompagnées dans le cadre de démarches administratives d'accès aux droits",
    ),
    "5f": (
        "Montpellier",
        "Depuis 2016",
        "L'association Groupe SOS Solidarités https://www.groupe-sos.org/solidarites/",
        "La santé des jeunes et des jeunes adultes de 12 à 25 ans",
    ),
}

# id: the heads of the fiche under which the report says something, in its order
FIELDS = {
    "1a": "definition descriptif objectif genese financements repere deploiement conditions perspectives "
    "mise-en-oeuvre effets evaluation",
    "1b": "definition descriptif objectif genese gouvernance repere financements deploiement conditions perspectives "
    "mise-en-oeuvre effets",
    "1c": "definition descriptif objectif genese repere gouvernance financements participation deploiement conditions "
    "perspectives mise-en-oeuvre effets evaluation",
    "1d": "definition descriptif objectif genese repere gouvernance financements participation deploiement conditions "
    "perspectives effets evaluation",
    "1e": "definition descriptif objectif genese repere gouvernance financements deploiement conditions perspectives "
    "mise-en-oeuvre effets evaluation",
    "2a": "definition descriptif objectif financements participation deploiement conditions perspectives "
    "mise-en-oeuvre effets evaluation",
    "2b": "definition descriptif objectif genese financements deploiement conditions perspectives mise-en-oeuvre "
    "effets evaluation",
    "2c": "definition descriptif objectif genese financements participation deploiement mise-en-oeuvre effets "
    "evaluation",
    "2d": "definition descriptif objectif genese financements participation deploiement conditions perspectives "
    "mise-en-oeuvre effets evaluation",
    "3a": "definition descriptif objectif genese financements deploiement conditions perspectives mise-en-oeuvre "
    "effets evaluation",
    "3b": "descriptif objectif genese financements participation deploiement conditions mise-en-oeuvre effets "
    "evaluation",
    "3c": "descriptif objectif financements participation conditions perspectives mise-en-oeuvre effets evaluation",
    "4a": "descriptif objectif genese deploiement conditions financements participation perspectives mise-en-oeuvre "
    "effets",
    "4b": "descriptif objectif genese financements deploiement conditions perspectives mise-en-oeuvre effets "
    "evaluation",
    "4c": "descriptif objectif genese financements participation deploiement conditions perspectives mise-en-oeuvre "
    "effets evaluation",
    "5a": "definition descriptif objectif genese financements repere participation deploiement conditions "
    "perspectives mise-en-oeuvre effets",
    "5b": "definition descriptif objectif genese financements repere deploiement conditions perspectives "
    "mise-en-oeuvre effets evaluation",
    "5c": "descriptif objectif genese financements repere participation deploiement conditions mise-en-oeuvre effets "
    "evaluation",
    "5d": "descriptif objectif genese financements deploiement conditions perspectives mise-en-oeuvre effets "
    "evaluation",
    "5e": "definition descriptif objectif genese financements deploiement conditions effets evaluation",
    "5f": "descriptif objectif genese financements deploiement conditions perspectives effets evaluation",
}


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    (read,) = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    return read


@pytest.fixture(scope="module")
def fiches(report: Report) -> dict[str, Fiche]:
    return {fiche.id: fiche for fiche in report.fiches}


def test_the_report_has_its_21_fiches_in_their_order(report: Report) -> None:
    assert [fiche.id for fiche in report.fiches] == list(HEADS)


@pytest.mark.parametrize("fiche", HEADS)
def test_a_fiche_has_the_title_theme_and_page_that_the_report_prints(fiche: str, fiches: dict[str, Fiche]) -> None:
    assert (fiches[fiche].title, fiches[fiche].theme, fiches[fiche].page) == HEADS[fiche]


@pytest.mark.parametrize("fiche", CARDS)
def test_a_card_says_what_the_report_prints(fiche: str, fiches: dict[str, Fiche]) -> None:
    read = fiches[fiche]
    assert (read.territoire, read.annee, read.initiateurs, read.publics) == CARDS[fiche]


@pytest.mark.parametrize("fiche", FIELDS)
def test_a_fiche_has_the_fields_that_the_report_fills(fiche: str, fiches: dict[str, Fiche]) -> None:
    assert fiches[fiche].fields == tuple(FIELDS[fiche].split())


def test_a_year_that_the_report_leaves_out_is_said_and_never_guessed(report: Report) -> None:
    assert "année non précisée par le document : fiche 5c" in report.findings


@pytest.mark.parametrize("fiche", ["5d", "5e"])
def test_a_value_printed_in_the_heading_of_its_field_can_be_quoted_with_it(fiche: str, report: Report) -> None:
    passage = next(p for p in report.passages if p.id == f"fiche-{fiche}/financements/1")
    units = [(unit.kind, passage.words_of(unit)) for unit in passage.units]
    assert units == [(UnitKind.SENTENCE, "Financements: aucun.")]


def test_the_two_practices_of_fiche_5e_share_their_fields(report: Report) -> None:
    told = [p.text for p in report.passages if p.fiche == "5e" and p.field == "descriptif"]
    assert [("lawyering" in text, "sans suite" in text) for text in told] == [(True, False), (False, True)]


def test_an_item_that_starts_like_a_field_stays_in_its_list(report: Report) -> None:
    (passage,) = [p for p in report.passages if "Objectif : que le salarié puisse" in p.text]
    assert (passage.fiche, passage.field) == ("5c", "deploiement")


def test_the_misread_heading_fvaluation_is_the_evaluation_of_fiche_3c(report: Report) -> None:
    (passage,) = [p for p in report.passages if "Fvaluation" in p.text]
    assert (passage.id, passage.path[-1]) == ("fiche-3c/evaluation/1", "Évaluation")
