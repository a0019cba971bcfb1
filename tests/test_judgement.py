"""Whether the report answers: what it says nothing of is refused, and each sign is what its name says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from assistant.answer import Answer, Question, Status, Turn
from assistant.chain import Assistant
from assistant.composition import compose
from assistant.judgement import AGAINST, FOR, JUDGED, Judgement, judge, judge_weighed
from assistant.retrieval import Findings, retrieve
from assistant.understanding import understand
from assistant.weighing import Linear, Models, Weighed, fitted_models, weigh
from assistant.wording import no_advice, on_yes_or_no, unsaid_figures
from eval.questions import load_questions, own_questions
from vectorstore.index import Index

OUT_OF_DOMAIN = (
    "Quelle est la capitale de l'Australie ?",
    "Quelle est la recette de la tarte aux pommes ?",
    "Comment tailler un rosier grimpant ?",
    "Comment déclarer mes revenus fonciers aux impôts ?",
    "Qui a gagné la coupe du monde de football en 2018 ?",
    "Quelle heure est-il à Tokyo ?",
    "What is the best pizza in Naples?",
    "Écris-moi un poème sur la mer.",
    "Quels sont les horaires du TGV pour Lyon ?",
    "zzzz qqqq",
)
IN_DOMAIN = (
    "Qui finance FLORA ?",
    "Qu'est-ce que la pair aidance ?",
    "Depuis quand la communauté thérapeutique de Brantôme existe-t-elle ?",
    "Quelles sont les conditions de mise en œuvre de la fiche 3b ?",
    "Who pays for the FLORA scheme?",
)
CASE = "Ma bénéficiaire veut contester un indu de la CAF : a-t-elle droit à un recours ?"
EVEN = Models(Linear(0.0, {}), Linear(0.0, {}), 0.5)


def weighed(index: Index, text: str, *earlier: Turn) -> Weighed:
    return weigh(index, retrieve(index, understand(index, Question(text, earlier))))


def judged(index: Index, text: str) -> Judgement:
    return judge_weighed(index, weighed(index, text), fitted_models())


def signs(index: Index, text: str, *earlier: Turn) -> dict[str, float]:
    judgement = judge_weighed(index, weighed(index, text, *earlier), EVEN)
    return dict(zip(JUDGED, judgement.signs.tolist(), strict=True))


@pytest.fixture(scope="module")
def held(assistant: Assistant) -> tuple[np.ndarray, np.ndarray]:
    """The chance of each judged question of the held half to be answerable, and whether it is, shape (questions,)."""
    questions = [q for q in load_questions(own_questions()) if q.split == "held"]
    chances = [assistant.explain(q.asked())[1].judgement.chance for q in questions]
    return np.array(chances), np.array([q.answerable for q in questions], dtype=float)


@pytest.mark.parametrize("text", OUT_OF_DOMAIN)
def test_a_question_out_of_the_domain_is_refused(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text))
    assert answer.status is not Status.ANSWERED, answer.text
    assert (answer.sentences, answer.citations) == ((), ())


@pytest.mark.parametrize("text", IN_DOMAIN)
def test_a_question_on_the_report_is_answered(assistant: Assistant, text: str) -> None:
    assert assistant.ask(Question(text)).status is Status.ANSWERED


def test_a_question_without_a_hit_is_refused_whatever_the_models(index: Index) -> None:
    understood = understand(index, Question("qu'est-ce que c'est ?"))
    nothing = weigh(index, Findings(understood, (), index.retriever.sought(understood.query)))
    sure = Models(EVEN.sentence, Linear(50.0, {}), 0.0001)
    judgement = judge_weighed(index, nothing, sure)
    assert (judgement.chance, judgement.answerable, judgement.spoken_of) == (0.0, False, False)
    assert not judge(index, compose(index, nothing)).judgement.answerable


def test_the_chance_is_held_against_the_least(index: Index) -> None:
    of = weighed(index, "Qui finance FLORA ?")
    for least, answerable in ((0.4999, True), (0.5, True), (0.5001, False)):
        judgement = judge_weighed(index, of, replace(EVEN, least=least))
        assert (judgement.chance, judgement.answerable) == (0.5, answerable)


@pytest.mark.parametrize("text", [*OUT_OF_DOMAIN, *IN_DOMAIN, CASE])
def test_every_sign_is_finite_and_the_chance_a_share(index: Index, text: str) -> None:
    judgement = judged(index, text)
    assert judgement.signs.shape == (len(JUDGED),)
    assert np.isfinite(judgement.signs).all()
    assert 0 <= judgement.chance <= 1


@pytest.mark.parametrize(
    ("sign", "present", "absent"),
    [
        ("missing_figure", "Qui finance FLORA en 1998 ?", "Qui finance FLORA en 2020 ?"),
        ("missing_name", "Que fait Napoléon dans FLORA ?", "Qui finance le dispositif à Poissy ?"),
        ("named_fiche", "Qui finance FLORA ?", "Comment associer les familles ?"),
        ("in_named_fiche", "Qui finance FLORA ?", "Comment associer les familles ?"),
        ("wants", "Combien de femmes ?", "Quels effets sur les femmes ?"),
        ("wants_amount", "Quel budget pour FLORA ?", "Combien de femmes à FLORA ?"),
        ("wants_contact_or_law", "Quel est le numéro de téléphone de FLORA ?", "Quel budget pour FLORA ?"),
        ("told", "Combien de femmes FLORA a-t-il accompagnées en 2020 ?", "Qui finance FLORA ?"),
        ("advice", CASE, "Quels recours le rapport cite-t-il ?"),
        ("english", "Where does the FLORA scheme find its budget?", "Où FLORA trouve-t-il son budget ?"),
        ("stranger", "kayak blockchain wyoming", "Qui finance le dispositif FLORA ?"),
        ("remote", "kayak blockchain wyoming", "Qui finance le dispositif FLORA ?"),
        ("misspelt", "Qui finence le dispozitif FLORA ?", "Qui finance le dispositif FLORA ?"),
    ],
)
def test_a_sign_is_there_where_its_name_says_and_not_elsewhere(
    index: Index, sign: str, present: str, absent: str
) -> None:
    assert signs(index, present)[sign] > 0
    assert signs(index, absent)[sign] == 0


def test_a_question_that_follows_another_is_told_to(index: Index) -> None:
    earlier = (Turn("user", "C'est quoi le dispositif FLORA ?"), Turn("assistant", "Un dispositif."))
    assert signs(index, "et qui paie ?", *earlier)["follows"] == 1
    assert signs(index, "Qui finance le dispositif FLORA ?")["follows"] == 0


def test_words_that_no_passage_near_holds_are_not_covered(index: Index) -> None:
    known, stranger, mixed = (
        signs(index, f"{words} ?") for words in ("Le financement de FLORA", "kayak blockchain", "FLORA et le kayak")
    )
    assert (known["covered"], known["together"]) == pytest.approx((1, 1))
    assert (stranger["covered"], stranger["together"]) == (0, 0)
    assert 0 < mixed["covered"] < 1


def test_no_sign_that_can_only_speak_for_an_answer_speaks_against_it_nor_the_other_way_round() -> None:
    weights = fitted_models().answered.weights
    assert {name: weights[name] for name in FOR if weights[name] < 0} == {}
    assert {name: weights[name] for name in AGAINST if weights[name] > 0} == {}
    assert len(set(JUDGED)) == len(JUDGED)


def test_a_missing_name_or_figure_makes_an_answer_less_likely(index: Index) -> None:
    sound = judged(index, "Qui finance le dispositif FLORA en 2020 ?").chance
    assert judged(index, "Qui finance le dispositif FLORA en 1998 ?").chance < sound
    assert judged(index, "Qui finance le dispositif FLORA à Biarritz en 2020 ?").chance < sound


@pytest.mark.slow
def test_the_chances_that_ship_are_those_of_questions_never_fitted_on(held: tuple[np.ndarray, np.ndarray]) -> None:
    """The expected calibration error (Naeini et al., 2015) over fifths of the held questions is under 0.1."""
    chances, answerable = held
    order = np.argsort(chances)
    apart = [abs(chances[part].mean() - answerable[part].mean()) for part in np.array_split(order, 5)]
    assert np.mean(apart) < 0.1, apart
    assert abs(chances.mean() - answerable.mean()) < 0.07


@pytest.mark.slow
def test_the_answerable_are_surer_than_the_others(held: tuple[np.ndarray, np.ndarray]) -> None:
    """Of an answerable question of the held half and one that is not, the first is surer three times out of four."""
    chances, answerable = held
    pairs = chances[answerable == 1][:, None] > chances[answerable == 0]
    assert pairs.mean() > 0.75


def premises(assistant: Assistant) -> Iterator[tuple[str, Answer]]:
    for figure, text in (
        ("1998", "pourquoi le GIP a-t-il été créé en 1998 ?"),
        ("4500", "Comment FLORA a-t-il accompagné 4500 femmes ?"),
        ("1962", "Depuis 1962, comment la communauté de Brantôme a-t-elle changé ?"),
    ):
        yield figure, assistant.ask(Question(text))


def test_a_figure_that_the_question_alone_states_is_refused_or_told_not_to_be_the_report_s(
    assistant: Assistant,
) -> None:
    for figure, answer in premises(assistant):
        refused = answer.status is not Status.ANSWERED
        assert refused or unsaid_figures([figure]) in answer.notes, answer.text
        assert refused or unsaid_figures([figure]) in answer.text


def test_a_figure_that_the_report_states_is_not_called_into_question(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Combien de femmes FLORA a-t-il accompagnées en 2020 ?"))
    assert answer.status is Status.ANSWERED
    assert answer.notes == ()


def test_a_case_gets_no_advice_and_is_told_so(assistant: Assistant) -> None:
    assert no_advice() in assistant.ask(Question(CASE)).text
    assert no_advice() not in assistant.ask(Question("Qui finance FLORA ?")).text


def test_what_is_asked_by_yes_or_no_is_left_to_the_report_s_words(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Est-ce que les familles participent aux conférences familiales ?"))
    assert answer.opening == on_yes_or_no()
    assert answer.text.startswith(f"{on_yes_or_no()} {answer.sentences[0].text}")
    assert not answer.text.lower().startswith(("oui", "non"))
    assert assistant.ask(Question("Qui finance FLORA ?")).opening == ""
