"""A table becomes lines that can be read and quoted, one row each; a torn figure is known as such."""

from __future__ import annotations

import pytest

from ingest.records import Report, UnitKind
from ingest.settings import Settings
from ingest.sources import find_sources, read_sources
from ingest.tables import lay_out_table

TORN = (
    "Soutien de la hiérarchie dans l'émergence de la pratique",
    "Information de l'équipe concernant l'émergence de la pratique",
    "Formation de l'équipe concernant la mise en œuvre de la nouvelle pratique",
    "Du temps a été dégagé pour l'équipe",
    "Aide des partenaires pour soutenir l'émergence de la pratique",
    "Aide financière",
    "Autre (veuillez préciser) Réponse",
)


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    (read,) = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    return read


def rows(report: Report, passage: str) -> list[tuple[str, bool]]:
    found = next(p for p in report.passages if p.id == passage)
    return [(found.words_of(u), u.damaged) for u in found.units if u.kind is UnitKind.ROW]


def test_a_row_of_figures_is_its_label_and_its_values() -> None:
    assert lay_out_table(["Financements de collectivités\t41,89 %\t31"]) == [
        ("Financements de collectivités : 41,89 % · 31", False)
    ]


def test_a_row_of_words_keeps_its_cells_apart() -> None:
    assert lay_out_table(["Nom\tRôle"]) == [("Nom · Rôle", False)]


def test_empty_rows_and_the_heads_of_the_form_are_left_out() -> None:
    assert lay_out_table(["\t\t", "CHOIX DE RÉPONSES\tRÉPONS\tSES", "Oui\t3"]) == [("Oui : 3", False)]


def test_a_figure_torn_in_two_cells_is_known() -> None:
    assert lay_out_table(["Aide financière\t25,1\t3 %\t49", "Oui\t25,13 %\t49"]) == [
        ("Aide financière : 25,1 · 3 % · 49", True),
        ("Oui : 25,13 % · 49", False),
    ]


def test_a_label_wrapped_beside_its_list_is_whole_again() -> None:
    wrapped = ["Soutien\tÉducateur", "Parents\tMédiation", "\tGroupes", "Jeunes\tSéjour"]
    assert lay_out_table(wrapped) == [
        ("Soutien Parents : Éducateur ; Médiation ; Groupes", False),
        ("Jeunes : Séjour", False),
    ]


def test_the_services_of_fiche_2c_stand_under_the_right_heads(report: Report) -> None:
    assert [text for text, _ in rows(report, "fiche-2c/financements/1")] == [
        "Conduites addictives : Dépendance aux écrans ; Produits stupéfiants ; Consommation d'alcool ; "
        "Troubles alimentaires",
        "Lutte contre le décrochage : Accompagnement social ; Remobilisation scolaire ; Projet d'insertion "
        "professionnel ; Citoyenneté active",
        "Soutien Jeune : Séjour de remobilisation : 2 à 7 jours ; Activités de médiation : sportive, culturelle, "
        "cuisine, jeux ; Coaching d'accompagnement",
        "Soutien Parents : Educateur libéral à domicile ; Médiation familiale ; Groupes de parole CODEV ; "
        "Conseil / accompagnement juridique",
        "Soutien Etablissement : Educateur libéral en établissement ; A.P.P / méthodologie CODEV ; "
        "Médiation animale ; Groupe de paroles de parents",
    ]


def test_the_survey_table_whose_figures_are_torn_is_never_quoted(report: Report) -> None:
    (passage,) = [p for p in report.passages if "62,5 · 66 %" in p.text]
    damaged = tuple(text.split(" : ")[0] for text, torn in rows(report, passage.id) if torn)
    intact = [text for text, torn in rows(report, passage.id) if not torn]
    assert (damaged, intact) == (TORN, ["Nombre total de participants : 195"])


@pytest.mark.parametrize(
    "row",
    [
        "Financements de collectivités : 41,89 % · 31",
        "Par vous-même, dans la relation avec les personnes concernées : 18,88 % · 44",
        "L'ensemble de l'équipe : 35,19 % · 57",
        "Nombre total de jeunes sensibilisés aux addictions : 886",
    ],
)
def test_an_intact_figure_of_the_survey_can_be_quoted(row: str, report: Report) -> None:
    found = [u for p in report.passages for u in p.units if p.words_of(u) == row]
    assert [unit.damaged for unit in found] == [False]
