"""`pratiques ask --explain`: why an answer, in words that its reader knows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from assistant.answer import Question, Turn
from assistant.chain import Assistant
from assistant.cues import Kind
from assistant.explanation import (
    JUDGED_LABELS,
    KINDS,
    MOST_SENTENCES,
    SIGN_LABELS,
    WANTED,
    WITHOUT,
    contributions,
    explain,
)
from assistant.judgement import JUDGED
from assistant.wanted import Wanted
from assistant.weighing import SIGNS, fitted_models

Ran = tuple[int, str, str]
PARTS = ["compris", "passages trouvés", "questions de l'index", "phrases pesées", "jugement", "modèle", "temps"]


def explained(assistant: Assistant, text: str, history: tuple[Turn, ...] = (), as_typed: bool = False) -> list[str]:
    """The parts of the explanation of a question."""
    answer, judged = assistant.explain(Question(text, history, as_typed))
    return explain(assistant.index, answer, judged).split("\n\n")


def test_everything_that_can_be_said_has_french_words() -> None:
    assert SIGN_LABELS.keys() == set(SIGNS)
    assert JUDGED_LABELS.keys() == set(JUDGED)
    assert KINDS.keys() == set(Kind)
    assert WANTED.keys() == set(Wanted)
    assert WITHOUT.keys() <= set(SIGNS)


@pytest.mark.parametrize(
    "text", ["Qui finance FLORA ?", "La recette de la tarte aux pommes ?", "zzzz qqqq", "et lui ?"]
)
def test_each_step_of_the_road_is_told_whatever_the_answer(assistant: Assistant, text: str) -> None:
    parts = explained(assistant, text)
    assert [name for name, part in zip(PARTS, parts, strict=True) if name not in part.split("\n")[0]] == []
    assert not re.search(r"\b(?:None|nan|True|False|[a-z]+_[a-z_]+)\b", "\n".join(parts))


def test_what_was_understood_is_told(assistant: Assistant) -> None:
    part = explained(assistant, "Combien coute FLORA, quels financemants pour la zumba ?")[0]
    assert "Mots corrigés : « financemants » lu « financements »" in part
    assert "Fiches : 4a (" in part
    assert "Champs demandés : Financements" in part
    assert "Ce qui est voulu : un montant" in part
    assert "Genre de réponse : un chiffre" in part
    assert "Mots que le rapport n'emploie jamais : « zumba »" in part


def test_a_follow_up_is_told_with_what_it_follows(assistant: Assistant) -> None:
    history = (Turn("user", "C'est quoi FLORA ?"), Turn("assistant", "Un dispositif."))
    assert "Suite de : « C'est quoi FLORA ? Un dispositif. »" in explained(assistant, "qui le finance ?", history)[0]


def test_personal_data_are_told_to_be_masked_and_are_not_told_themselves(assistant: Assistant) -> None:
    typed = "Mme Zoubida Kaci, 06 12 34 56 78, peut-elle avoir une conférence familiale ?"
    told = "\n\n".join(explained(assistant, typed))
    assert "un nom, un numéro de téléphone" in told
    assert not re.search("Kaci|06 12", told)
    assert "Kaci" in explained(assistant, typed, as_typed=True)[0]
    assert "telle quelle" in explained(assistant, typed, as_typed=True)[0]


def test_the_surest_sentences_come_first_and_those_of_the_answer_are_told_apart(assistant: Assistant) -> None:
    answer, judged = assistant.explain(Question("Qui finance le dispositif FLORA ?"))
    told = re.findall(
        r"^  ((?:moins de )?\d+) %, (retenue|non retenue)", explain(assistant.index, answer, judged), re.M
    )
    chances = [0 if "moins" in chance else int(chance) for chance, _ in told]
    assert len(told) == MOST_SENTENCES
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(state == "retenue" for _, state in told) <= len(judged.draft.choices)


def test_what_the_signs_count_for_tells_a_sentence_from_the_others(assistant: Assistant) -> None:
    """The differences between the log-odds of two sentences are those of what their signs count for."""
    weighed = assistant.explain(Question("Qui finance le dispositif FLORA ?"))[1].draft.weighed
    counted = contributions(weighed)
    logits = fitted_models().sentence.logit(weighed.signs, SIGNS)
    assert np.allclose(counted.sum(axis=1), logits - logits.mean())
    assert np.allclose(counted.mean(axis=0), 0)


def test_a_sign_that_speaks_for_a_sentence_is_said_to(assistant: Assistant) -> None:
    answer, judged = assistant.explain(Question("Qui finance le dispositif FLORA ?"))
    weighed = judged.draft.weighed
    signs = np.zeros_like(weighed.signs)
    best = int(np.argmax([c.chance for c in weighed.choices]))
    signs[best, SIGNS.index("passage_score")] = 1
    alone = replace(judged, draft=replace(judged.draft, weighed=replace(weighed, signs=signs)))
    lines = explain(assistant.index, answer, alone).split("\n")
    first = next(n for n, line in enumerate(lines) if "%, retenue" in line or "%, non retenue" in line)
    assert re.fullmatch(r"      pour : le score de son passage \(\+\d,\d\)", lines[first + 1])


def test_the_judgement_gives_the_chance_its_threshold_and_why(assistant: Assistant) -> None:
    answer, judged = assistant.explain(Question("Qui finance le dispositif FLORA ?"))
    least = round(100 * judged.judgement.least)
    told = explain(assistant.index, answer, judged)
    assert f"assez pour répondre (seuil {least} %)" in told
    assert re.search(r"Le jugement\n.+\n  pour : .+ \(\+\d.+ ; contre : .+ \(−\d", told)
    unsure = replace(judged, judgement=replace(judged.judgement, chance=0.004))
    assert f": moins de 1 %, trop peu pour répondre (seuil {least} %)" in explain(assistant.index, answer, unsure)


def test_the_explanation_comes_after_the_answer(pratiques: Callable[..., Ran]) -> None:
    answer = pratiques("ask", "Qui finance FLORA ?")[1].rstrip()
    code, out, _ = pratiques("ask", "Qui finance FLORA ?", "--explain")
    assert code == 0
    assert out.startswith(f"{answer}\n\nCe qui a été compris\n")


def test_json_stays_json_with_its_explanation(pratiques: Callable[..., Ran]) -> None:
    record = json.loads(pratiques("ask", "Qui finance FLORA ?", "--explain", "--json")[1])
    assert record["explanation"][0] == "Ce qui a été compris"
    assert record["sentences"]


def test_what_a_terminal_would_obey_is_not_repeated_to_it(assistant: Assistant) -> None:
    assert "\x1b" not in "".join(explained(assistant, "Qui finance FLORA \x1b[31m ?"))
