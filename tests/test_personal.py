"""Personal data in a question: what is masked before anything is asked, and what is left alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.personal import PLACEHOLDERS, PersonalKind, find_personal

REPORT_NAMES = frozenset("michel boutanquoi helene van dijk flora gironde auger marie-pierre".split())
PIECES = st.sampled_from(
    """Mme |M. |mon fils |Durand|Kevin|BENALI |Élodie |12 rue |des Lilas |née le |12/03/1987|06 12 34 56 78|+33 6|
     75001 |Paris|a@b.fr|
    2 87 03 75 116 123 45|FR76|[nom]|[adresse]|, |. | et |’|-|\u0301|œ|ß|ﬁ|½|\u200b|\u202f|le |la famille |
    34 ans|s'appelle |n'diaye|É|𝒜|İ|selon | appt 12|dossier n° 1234567|AB-123-CD|\n|« | est |?""".split("|")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))


def kinds(text: str) -> list[tuple[str, str]]:
    found = find_personal(text)
    return [(s.kind.value, text[s.start : s.end]) for s in found.spans]


@pytest.mark.parametrize(
    ("question", "masked"),
    [
        ("Mme Durand peut-elle rester chez elle ?", "Mme [nom] peut-elle rester chez elle ?"),
        ("mme benali dort dans sa voiture", "mme [nom] dort dans sa voiture"),
        ("monsieur le goff ne sort plus", "monsieur [nom] ne sort plus"),
        ("M. N’Diaye et Mme Petit", "M. [nom] et Mme [nom]"),
        ("MADAME LEROY VIT SEULE", "MADAME [nom] VIT SEULE"),
        ("Le Dr Costa m'oriente", "Le Dr [nom] m'oriente"),
        ("Que proposer à ma bénéficiaire Fatima ?", "Que proposer à ma bénéficiaire [nom] ?"),
        ("mon usager karim belkacem boit", "mon usager [nom] boit"),
        ("le petit Kevin fugue", "le petit [nom] fugue"),
        ("ses enfants Lucas, Emma et Noah", "ses enfants [nom], [nom] et [nom]"),
        ("la famille DIOP est expulsée", "la famille [nom] est expulsée"),
        ("je suis Paul Martin, éducateur", "je suis [nom], éducateur"),
        ("elle s'appelle Djeneba", "elle s'appelle [nom]"),
        ("Samira Haddad, 34 ans, a trois enfants", "[nom], 34 ans, a trois enfants"),
        ("La situation de Zoubida Kaci", "La situation de [nom]"),
        ("Mme Roux née Garcia", "Mme [nom] née [nom]"),
        ("Mme Marchal est seule. Marchal ne sort plus.", "Mme [nom] est seule. [nom] ne sort plus."),
    ],
)
def test_the_name_of_a_person_in_a_case_is_masked(question: str, masked: str) -> None:
    assert find_personal(question).masked == masked


@pytest.mark.parametrize(
    "number",
    ["06 12 34 56 78", "06.12.34.56.78", "01-44-55-66-77", "0612345678", "+33 6 12 34 56 78", "0033612345678",
     "+33 (0)6 12 34 56 78", "0692 12 34 56", "+262 692 12 34 56", "+212 661 234 567"],
)  # fmt: skip
def test_a_telephone_number_is_masked(number: str) -> None:
    assert kinds(f"elle est au {number} le soir") == [("phone", number)]


@pytest.mark.parametrize(
    "question",
    ["Faut-il appeler le 115, le 119 ou le 3919 ?", "le 15, le 18, le 112 et le 3114", "numéro vert 0 800 130 000",
     "entre 2019-2021", "un budget de 1 250 000 euros", "1 250 000 000 €", "l'article L. 262-1", "D. 142-1-1",
     "le 93 et le 2A", "page 43, fiche 1c", "4 500 allocataires en 2019", "Chiffres CAF 41 2019"],
)  # fmt: skip
def test_emergency_numbers_figures_and_articles_are_left_alone(question: str) -> None:
    assert not find_personal(question).found


@pytest.mark.parametrize(
    "mail", ["jean.dupont@gmail.com", "k.haddad92 @ yahoo.fr", "sophie.martin arobase orange.fr", "lea[at]free.fr"]
)
def test_an_electronic_address_is_masked(mail: str) -> None:
    assert kinds(f"écrire à {mail} demain") == [("email", mail)]


def test_the_mailbox_of_a_service_is_left_alone() -> None:
    assert not find_personal("contact@ccas-pau.fr").found


@pytest.mark.parametrize(
    "address",
    ["12 bis rue des Lilas, 33000 Bordeaux", "4 av. Jean Jaurès bât B appt 12", "25 place de la République 69003 Lyon",
     "7 chemin de la croix 40100 dax", "résidence Les Tilleuls, bât C"],
)  # fmt: skip
def test_the_address_of_a_home_is_masked(address: str) -> None:
    assert kinds(f"elle habite {address}") == [("address", address)]


@pytest.mark.parametrize(
    "question",
    ["Le CCAS de la rue Pasteur", "3 cours de cuisine et 12 places", "les jeunes à la rue", "une place en crèche",
     "la mairie, 12 rue de la Paix"],
)  # fmt: skip
def test_places_that_are_nobodys_home_are_left_alone(question: str) -> None:
    assert not find_personal(question).found


@pytest.mark.parametrize(
    "number",
    ["2 87 03 75 116 123 45", "287037511612345", "2870375116123", "1 85 12 2A 004 123", "2.91.07.33.063.123.45"],
)
def test_a_social_security_number_is_masked_with_or_without_its_key(number: str) -> None:
    assert kinds(f"son numéro {number} est faux") == [("social-security", number)]


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("née le 12/03/1987 à Oran", "12/03/1987"),
        ("né en mars 1987 le 3", "mars 1987 le 3"),
        ("nee a Lyon le 2 mai 1990", "2 mai 1990"),
        ("date de naissance : 12.03.87", "12.03.87"),
        ("DDN 3/5/78", "3/5/78"),
    ],
)
def test_a_date_of_birth_is_masked(question: str, date: str) -> None:
    assert kinds(question) == [("birth-date", date)]


@pytest.mark.parametrize(
    "question",
    ["une personne née en 1987", "un homme de 34 ans", "la réunion du 12/03/2021", "le dispositif né en mars 2017",
     "l'association née le 12 mars 2015", "on ne le 12 mars"],
)  # fmt: skip
def test_years_ages_and_dates_of_events_are_left_alone(question: str) -> None:
    assert not find_personal(question).found


def test_accounts_records_and_plates_are_masked() -> None:
    question = "dossier CAF n° 1234567, IBAN FR76 3000 6000 0112 3456 7890 189, voiture AB-123-CD"
    masked = "dossier CAF n° [numéro de dossier], IBAN [compte bancaire], voiture [immatriculation]"
    assert find_personal(question).masked == masked


@pytest.mark.parametrize(
    "question",
    ["madame la présidente", "M. le préfet", "Madame Borne, Première ministre", "la ministre Mme Durand",
     "Mme est suivie par le CMP", "Mr travaille de nuit", "Mme B. est suivie", "Mme X refuse", "M. Untel",
     "mon usager habite Bordeaux", "ma bénéficiaire RSA", "la famille monoparentale", "une jeune MNA"],
)  # fmt: skip
def test_a_title_or_a_kinship_without_a_name_is_left_alone(question: str) -> None:
    assert not find_personal(question).found


@pytest.mark.parametrize(
    "question",
    ["Que dit Michel Foucault de la discipline ?", "selon Brené Brown", "la méthode de Marc", "la loi Taquet",
     "l'Institut Pasteur et le lycée Jean Moulin", "la Fondation Abbé Pierre", "la maladie d'Alzheimer",
     "la pédagogie de Paulo Freire avec ma bénéficiaire de 34 ans", "l'association s'appelle Aurore"],
)  # fmt: skip
def test_authors_laws_and_institutions_are_left_alone(question: str) -> None:
    assert not find_personal(question).found


def test_those_whom_the_report_names_are_left_alone() -> None:
    for question in ("Qui est Mme Van Dijk ?", "Michel Boutanquoi, que dit-il ?", "Qui finance FLORA ?"):
        assert not find_personal(question, REPORT_NAMES).found


def test_a_kinship_outweighs_a_name_of_the_report() -> None:
    assert find_personal("mon fils Michel me frappe", REPORT_NAMES).words == ("Michel",)


def test_the_first_name_of_somebody_in_the_report_does_not_hide_a_family_name() -> None:
    assert find_personal("Que proposer à Mme Michel ?", REPORT_NAMES).words == ("Michel",)


def test_a_name_typed_with_detached_accents_is_masked_whole() -> None:
    assert find_personal("Mme Ge\u0301rarde\u0301 dort").masked == "Mme [nom] dort"


def test_nothing_is_found_in_an_empty_question() -> None:
    assert find_personal("").masked == ""


def test_every_kind_has_its_placeholder() -> None:
    assert PLACEHOLDERS.keys() == set(PersonalKind)


def test_a_question_without_numbers_does_not_load_the_number_libraries() -> None:
    code = (
        "import sys; from assistant.personal import find_personal; find_personal('Qui aide Mme Durand ?');"
        "sys.exit(any(m.startswith(('phonenumbers', 'stdnum')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_spans_of_any_text_are_sorted_inside_it_and_apart(text: str) -> None:
    spans = find_personal(text).spans
    bounds = [b for s in spans for b in (s.start, s.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_masked_text_is_the_text_with_each_span_replaced(text: str) -> None:
    found = find_personal(text)
    rebuilt = text
    for span in reversed(found.spans):
        rebuilt = rebuilt[: span.start] + PLACEHOLDERS[span.kind] + rebuilt[span.end :]
    assert found.masked == rebuilt
    assert found.words == tuple(text[s.start : s.end] for s in found.spans)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    masked = find_personal(text).masked
    assert find_personal(masked).masked == masked
