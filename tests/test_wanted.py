"""What a question wants to be told, and whether words can be that; yes or no, and the case of somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cues import asks_for_advice, cues_of, is_yes_or_no
from assistant.wanted import Wanted, told_by, wanted_of
from ingest.folding import fold

ASKED = {
    Wanted.AMOUNT: ("Combien ça coûte ?", "combien on est payé ?", "ça coûte combien", "Quel budget ?",
                    "le montant de la prime", "How much does it cost?", "quels salaires"),
    Wanted.SHARE: ("Quel pourcentage de répondants ?", "quelle part des familles", "le taux de retour", "what percent"),
    Wanted.LENGTH: ("Combien de temps ça dure ?", "quelle durée", "en combien de jours", "How long is it?"),
    Wanted.AGE: ("À quel âge ?", "quelle tranche d'âge", "how old are they"),
    Wanted.DATE: ("Quand a commencé FLORA ?", "En quelle année ?", "depuis quand", "since when"),
    Wanted.COUNT: ("Combien de familles ?", "cb de familles", "le nombre de femmes", "How many women?"),
    Wanted.CONTACT: ("Quel numéro de téléphone ?", "leurs coordonnées", "leur e-mail", "où télécharger le guide",
                     "le site internet", "where do I download it"),
    Wanted.LAW: ("Quel article de loi ?", "la base légale", "which law applies"),
}  # fmt: skip
TOLD = {
    Wanted.AMOUNT: ("12 000 €", "0,99 euro par habitant", "3 k€"),
    Wanted.SHARE: ("71 % des personnes", "la moitié des familles", "huit sur dix", "la majorité d'entre eux"),
    Wanted.LENGTH: ("pendant trois mois", "2 ans", "48 h", "six demi journées"),
    Wanted.AGE: ("les 15 à 25 ans", "des gens âgés"),
    Wanted.DATE: ("en 2019", "le 12 mars", "depuis août"),
    Wanted.COUNT: ("112 femmes", "une dizaine, soit douze"),
    Wanted.CONTACT: ("contact@guide.fr", "06 12 34 56 78", "www.guide.org"),
    Wanted.LAW: ("la loi de 2005", "l'article L. 262", "le décret"),
}
NOTHING = (
    "Qu'est-ce que la pair aidance ?",
    "Les pairs-aidants sont-ils utiles ?",
    "Quels effets sur les familles ?",
    "Qui finance FLORA ?",
    "Comment travailler avec une personne âgée ?",
    "Un partage d'expérience",
    "",
)


def spellings(text: str) -> tuple[str, ...]:
    """A text as it is typed with care, without accents, and in capitals."""
    return text, fold(text), text.upper()


@pytest.mark.parametrize(("wanted", "text"), [(w, text) for w, texts in ASKED.items() for text in texts])
def test_what_is_wanted_is_understood_however_it_is_typed(wanted: Wanted, text: str) -> None:
    assert [wanted_of(t) for t in spellings(text)] == [{wanted}] * 3


@pytest.mark.parametrize(("wanted", "text"), [(w, text) for w, texts in TOLD.items() for text in texts])
def test_words_that_can_be_it_are_known_however_they_are_typed(wanted: Wanted, text: str) -> None:
    assert all(wanted in told_by(t) for t in spellings(text))


@pytest.mark.parametrize("text", NOTHING)
def test_most_questions_want_nothing_in_particular(text: str) -> None:
    assert [wanted_of(t) for t in spellings(text)] == [frozenset()] * 3


@pytest.mark.parametrize("text", ["Combien de pays ?", "Combien de familles touchées ?", "Combien de règles ?"])
def test_counting_things_is_no_question_of_money(text: str) -> None:
    assert wanted_of(text) == {Wanted.COUNT}


@pytest.mark.parametrize("text", ["cb ça coute", "cb on est payé"])
def test_money_is_asked_for_in_hurried_words_too(text: str) -> None:
    assert wanted_of(text) == {Wanted.AMOUNT}


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (Wanted.AMOUNT, "Le budget est porté par les communes."),
        (Wanted.SHARE, "Les personnes accompagnées participent."),
        (Wanted.LENGTH, "Ils se voient par moments."),
        (Wanted.AGE, "Les agents de l'agence régionale agissent."),
        (Wanted.DATE, "Le projet a commencé il y a longtemps."),
        (Wanted.COUNT, "Les familles participent."),
        (Wanted.CONTACT, "Le département a signé."),
        (Wanted.LAW, "Le décor de la salle."),
    ],
)
def test_words_that_speak_of_it_without_saying_it_are_not_it(wanted: Wanted, text: str) -> None:
    assert wanted not in told_by(text)


@given(st.integers(2, 999_999), st.sampled_from(["€", " €", " euros", " k€"]))
def test_any_sum_of_money_tells_an_amount(value: int, unit: str) -> None:
    assert Wanted.AMOUNT in told_by(f"soit {value}{unit} en tout")


def test_pair_aidance_is_not_about_paying() -> None:
    assert not any("financements" in cue.fields for cue in cues_of("qu'est-ce que la pair aidance, et les pairs ?"))
    assert any("financements" in cue.fields for cue in cues_of("qui paie la pair aidance ?"))


@pytest.mark.parametrize(
    "text",
    ["Est-ce que les familles participent ?", "Faut-il un accord ?", "Les familles participent-elles ?", "Is it free?",
     "C'est possible de refuser ?", "Y a-t-il des freins ?", "Le GIP est-il seul ?", "on peut refuser ou pas"],
)  # fmt: skip
def test_a_question_of_yes_or_no_is_known(text: str) -> None:
    assert [is_yes_or_no(fold(t)) for t in spellings(text)] == [True] * 3


@pytest.mark.parametrize(
    "text",
    ["Comment faut-il faire ?", "Combien de familles participent-elles ?", "Quand le GIP est-il né ?",
     "Qui participe ?", "Pourquoi les familles participent-elles ?", "Les freins", "Where does it come from?"],
)  # fmt: skip
def test_a_question_that_yes_does_not_answer_is_not_one(text: str) -> None:
    assert not is_yes_or_no(fold(text))


@pytest.mark.parametrize(
    "text",
    ["Mme Durand a-t-elle droit au RSA ?", "Mon employeur refuse mon congé, puis-je contester ?",
     "Un monsieur a un indu : quel recours ?", "La CAF me réclame un trop-perçu, que dois-je faire ?"],
)  # fmt: skip
def test_a_case_and_what_is_right_in_it_is_asking_for_advice(text: str) -> None:
    assert [asks_for_advice(fold(t)) for t in spellings(text)] == [True] * 3


@pytest.mark.parametrize(
    "text",
    ["Quels recours le rapport cite-t-il ?", "Qui finance FLORA ?", "Comment les bénéficiaires participent-ils ?",
     "Quels droits ont les femmes accompagnées ?", "Une dame a raconté son parcours : où est-ce dit ?"],
)  # fmt: skip
def test_a_question_on_the_report_is_not(text: str) -> None:
    assert not asks_for_advice(fold(text))
