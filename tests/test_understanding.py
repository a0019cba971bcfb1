"""What the assistant understands of a question before it searches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Question, Turn
from assistant.chain import Assistant
from assistant.cues import Kind
from assistant.understanding import MOST_CHARACTERS, Understood, understand
from ingest.errors import QuestionError
from vectorstore.index import Index


def asked(index: Index, text: str, *earlier: str) -> Understood:
    """What is understood of a text after earlier messages (user, assistant, user…)."""
    roles = ("user", "assistant")
    history = tuple(Turn(roles[i % 2], content) for i, content in enumerate(earlier))
    return understand(index, Question(text, history))


@pytest.mark.parametrize(
    ("text", "fiches"),
    [
        ("Que dit la fiche 1c ?", "1c"),
        ("FICHE 1C : les freins", "1c"),
        ("fiche n° 4a, le budget", "4a"),
        ("fiche n°4a, le budget", "4a"),
        ("résume la 5f", "5f"),
        ("1 c ou fiche 3 b ?", "3b"),
        ("Compare les fiches 1a et 1b", "1a 1b"),
        ("Compare les fiches 1a, 1b et 3c", "1a 1b 3c"),
        ("fiches 2a/2b", "2a 2b"),
        ("Que dit la fiche 9z ?", ""),
        ("Il y a 2 associations et 3 départements", ""),
    ],
)
def test_a_fiche_is_named_by_its_number(index: Index, text: str, fiches: str) -> None:
    assert asked(index, text).query.fiches == set(fiches.split())


@pytest.mark.parametrize(
    ("text", "fiches"),
    [
        ("Quels freins en Ardèche ?", {"1a"}),
        ("les conférences familiales en Seine-Saint-Denis", {"1d"}),
        ("ce qui se fait dans le haut-rhin", {"2d"}),
        ("et à Montpellier ?", {"5f"}),
        ("le bassin de Thau", {"5d"}),
        ("l'intervention proactive du Loir-et-Cher", {"2a"}),
        ("le dispositif FLORA à Poissy", {"4a"}),
        ("que fait FenêtreS ?", {"2c"}),
        ("la communauté de Brantôme", {"3c"}),
        ("c'est quoi l'ASMI", {"5c"}),
        ("Unis-Cité et les ambassadeurs", {"3a"}),
        ("la médiation active à Blavet Bellevue Océan", {"2b"}),
    ],
)
def test_a_fiche_is_named_by_its_territory_organisation_or_project(index: Index, text: str, fiches: set[str]) -> None:
    assert fiches <= asked(index, text).query.fiches


def test_a_question_that_names_nothing_points_to_no_fiche(index: Index) -> None:
    assert asked(index, "Comment les familles sont-elles associées aux décisions ?").query.fiches == set()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("qui paie la mission interface", "financements"),
        ("combien coûte FLORA, avec quel budget ?", "financements"),
        ("Quels freins et quels leviers ?", "conditions"),
        ("Quels obstacles ont été rencontrés ?", "mise-en-oeuvre"),
        ("comment a-t-on évalué la démarche", "evaluation"),
        ("quels indicateurs", "evaluation"),
        ("Quels sont les effets sur les familles ?", "effets"),
        ("C'est quoi la pair aidance ?", "definition"),
        ("quel est l'objectif visé ?", "objectif"),
        ("Qui pilote le projet ?", "gouvernance"),
        ("et après, quelles perspectives ?", "perspectives"),
        ("comment est née cette pratique", "genese"),
    ],
)
def test_the_field_asked_about_is_understood(index: Index, text: str, field: str) -> None:
    assert field in asked(index, text).query.fields


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("FLORA, c'est où ?", "territoire"),
        ("sur quel territoire ?", "territoire"),
        ("Depuis quand existe la communauté de Brantôme ?", "annee"),
        ("en quelle année a démarré le projet", "annee"),
        ("qui est à l'initiative de l'entretien sans suite", "initiateurs"),
        ("c'est pour qui, la mission interface ?", "publics"),
        ("mission interface : à partir de quel âge ?", "publics"),
    ],
)
def test_the_value_of_the_card_asked_about_is_understood(index: Index, text: str, value: str) -> None:
    assert value in asked(index, text).card_values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Qu'est-ce que l'aller-vers ?", Kind.DEFINITION),
        ("c koi ? que veut dire DPA", Kind.DEFINITION),
        ("Combien de familles accompagnées ?", Kind.FIGURE),
        ("quel pourcentage de répondants", Kind.FIGURE),
        ("Quelles sont les préconisations ?", Kind.LIST),
        ("Donne la liste des partenaires", Kind.LIST),
        ("Comment se déroule une conférence familiale ?", Kind.PROCEDURE),
        ("quelles étapes pour monter un projet", Kind.PROCEDURE),
        ("Quelle différence entre la Gironde et le Nord ?", Kind.COMPARISON),
        ("Comparer FLORA et le GIP Gers Solidaire", Kind.COMPARISON),
        ("Pourquoi les familles refusent-elles ?", Kind.FACT),
    ],
)
def test_the_kind_of_answer_wanted_is_understood(index: Index, text: str, kind: Kind) -> None:
    assert asked(index, text).kind is kind


FINANCED = ("Qui finance les conférences familiales en Gironde ?", "Le département paie les salaires.")


def test_a_follow_up_on_another_place_takes_over_what_was_asked(index: Index) -> None:
    followed = asked(index, "et dans le Nord ?", *FINANCED)
    assert followed.query.fiches == {"1b"}
    assert "financements" in followed.query.fields
    assert followed.text != followed.question.text
    assert FINANCED[0] in followed.text


def test_a_follow_up_is_answered_from_the_fiche_and_the_field_that_it_leads_to(assistant: Assistant) -> None:
    history = tuple(Turn(r, c) for r, c in zip(("user", "assistant"), FINANCED, strict=True))
    answer = assistant.ask(Question("et dans le Nord ?", history))
    assert answer.citations[0].passage == "fiche-1b/financements/1"


def test_a_follow_up_on_another_matter_stays_in_the_fiche(index: Index) -> None:
    followed = asked(index, "et quels freins ?", "Depuis quand le dispositif FLORA existe-t-il ?", "Depuis 2013.")
    assert followed.query.fiches == {"4a"}
    assert "conditions" in followed.query.fields
    assert "annee" not in followed.card_values


def test_a_pronoun_leans_on_what_was_said_before(index: Index) -> None:
    followed = asked(index, "qui le finance ?", "C'est quoi le dispositif FLORA ?", "Un dispositif…")
    assert followed.query.fiches == {"4a"}


@pytest.mark.parametrize(
    "text",
    [
        "Quelles préconisations le rapport fait-il pour la formation initiale des travailleurs sociaux ?",
        "Combien de réponses le questionnaire diffusé durant l'été 2020 a-t-il recueillies au total ?",
        "Quels sont les effets de la co-formation sur les professionnels de la Sauvegarde du Calvados ?",
        "Comment les parents disent leur avis sur le projet scolaire pendant une réunion ?",
        "Comment FLORA choisit les femmes qu'elle héberge ?",
        "Quels freins en Ardèche, et quels leviers ?",
    ],
)
def test_a_question_that_stands_on_its_own_takes_nothing_over(index: Index, text: str) -> None:
    alone, after = asked(index, text), asked(index, text, *FINANCED)
    assert (after.text, after.query, after.terms, after.context) == (alone.text, alone.query, alone.terms, frozenset())


def test_a_first_question_that_leans_on_nothing_is_still_understood(index: Index) -> None:
    assert asked(index, "et dans le Nord ?").query.fiches == {"1b"}


def test_a_history_of_empty_messages_changes_nothing(index: Index) -> None:
    assert asked(index, "et dans le Nord ?", "", "").query.fiches == {"1b"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("les préconnisations du rapport", "preconisations"),
        ("une conférrence familiale", "conference"),
        ("le finencement du dispositif", "financement"),
        ("l'évaluattion des pratiques", "evaluation"),
        ("le dévelopement social", "developpement"),
    ],
)
def test_a_misspelt_word_is_read_as_the_report_spells_it(index: Index, typed: str, meant: str) -> None:
    understood = asked(index, typed)
    assert meant in understood.text
    assert understood.unknown == ()


@pytest.mark.parametrize("text", ["Quels freins en Gironde ?", "l'aller-vers aujourd'hui", "la co-formation"])
def test_a_well_spelt_question_is_left_as_typed(index: Index, text: str) -> None:
    assert asked(index, text).text == text


def test_words_that_the_report_never_uses_are_named_as_typed_and_once(index: Index) -> None:
    assert asked(index, "Un Hippopotame, quel hippopotame… Hippopotame ?").unknown == ("Hippopotame", "hippopotame")


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u00a0", "\u200b\u200e", "\x00\x07"])
def test_an_empty_question_is_refused_in_french(index: Index, text: str) -> None:
    with pytest.raises(QuestionError, match=r"^La question est vide\. Écrivez "):
        asked(index, text)


@pytest.mark.parametrize("text", ["?", "?!… — « »", "🙂🙂", "...", "---", "'"])
def test_a_question_without_a_word_is_refused_in_french(index: Index, text: str) -> None:
    with pytest.raises(QuestionError, match=r"^La question ne contient aucun mot\. Écrivez "):
        asked(index, text)


def test_a_question_of_4001_characters_is_refused_in_french_with_its_length(index: Index) -> None:
    with pytest.raises(QuestionError, match=r"compte 4001 caractères, la limite est de 4000\. Raccourcissez-la\.$"):
        asked(index, "a" * (MOST_CHARACTERS + 1))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('FLORA')</script><b>Qui finance FLORA ?</b>",
        "Qui finance 🙂 FLORA 👩‍👩‍👧 ?",
        "\u202eQui finance FLORA ?\u202c \u200f\u200e",
        "Qui\x00 finance\x07 FLORA\x1b[31m ?",
        "Qui\r\n\r\nfinance\tFLORA\u2028?",
        "Qui finance FLORA ? ' OR 1=1; --",
        "Qui finance FLORA ? %s {0} \\1 (?P<x>",
        "Qui finance FLORA ? " + "\ud800".encode("utf-8", "replace").decode(),
    ],
)
def test_markup_emoji_and_control_characters_do_no_harm(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text))
    assert answer.question == text
    assert all(c.isprintable() for c in answer.understood)
    assert {c.fiche for c in answer.citations} == {"4a"}


@pytest.mark.parametrize("text", ["financement " * 333, "(" * 3990 + " FLORA", "a" * 4000, "-a" * 2000, "1a " * 1333])
def test_a_question_of_4000_characters_is_answered(assistant: Assistant, text: str) -> None:
    assert assistant.ask(Question(text)).trace.timing_ms["total"] < 5000


def test_a_question_of_nothing_but_personal_data_is_refused_once_they_are_masked(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="ne contient aucun mot"):
        assistant.ask(Question("06 12 34 56 78"))


@given(text=st.text(max_size=120), before=st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_understood_or_refused(index: Index, text: str, before: str) -> None:
    question = Question(text, (Turn("user", before), Turn("assistant", before)))
    try:
        understood = understand(index, question)
    except QuestionError:
        return
    assert understood.question is question
    assert understood.query.text.strip()
