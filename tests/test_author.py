"""With a language model: it answers by what code proves, nothing personal is sent, its failure costs a note."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Timer
from typing import Any

import pytest
from llm_server import Play, Service, claims, running

from assistant.answer import Answer, Question, Status, Turn
from assistant.author import Author
from assistant.chain import Assistant
from assistant.language_model import open_model
from assistant.understanding import understand
from assistant.writing_prompt import PROMPT_VERSION, WRITING
from ingest.errors import PratiquesError, Stopped
from vectorstore.index import Index

ASKED = "Qui finance le dispositif FLORA ?"
REFUSED = "Quelle météo annonce-t-on à Biarritz, du soleil ou des orages ?"
PASSAGE = "fiche-4a/financements/1"
QUOTE = "les communes ont payé 0,99 par habitant pour disposer du dispositif"
SAID = "Les communes ont payé 0,99 par habitant pour disposer du dispositif."
PERSONAL = "Qui finance le dispositif FLORA, pour Mme Zoubida Kaci, 06 12 34 56 78 ?"
HISTORY = (Turn("user", "Je suis Mme Zoubida Kaci, lina.k@gmail.com"), Turn("assistant", "Bonjour Mme Zoubida Kaci."))
PRIVATE = ("Zoubida", "Kaci", "06 12", "lina.k")
Asking = Callable[..., Assistant]


class Scripted(Service):
    """Rewords every question as told, and writes from the passages that it was sent."""

    def __init__(self, reworded: str, *said: tuple[str, str]) -> None:
        super().__init__(Play())
        self.reworded, self.said = reworded, said

    def play(self, request: dict[str, Any]) -> Play:
        if not is_writing(request):
            return Play(text=json.dumps({"question": self.reworded}, ensure_ascii=False))
        shown = json.loads(request["messages"][1]["content"])["passages"]
        numbers = [p["numero"] for p in shown if QUOTE in p["texte"]] or [1]
        return Play(text=claims(*((numbers[0], quote, sentence) for quote, sentence in self.said)))


def is_writing(request: dict[str, Any]) -> bool:
    return bool(request["messages"][0]["content"] == WRITING)


def sent(service: Service) -> str:
    """Everything that the service was ever sent."""
    return json.dumps(service.requests, ensure_ascii=False)


@pytest.fixture
def service() -> Iterator[Scripted]:
    with running(Scripted(ASKED, (QUOTE, SAID))) as server:
        yield server


@pytest.fixture
def asking(index: Index, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """The assistant with the language model of a service."""
    return lambda service, **values: Assistant(index, service.settings(monkeypatch, llm_timeout_s=5, **values))


@pytest.fixture(scope="module")
def extractive(assistant: Assistant) -> Answer:
    return assistant.ask(Question(ASKED))


def test_the_answer_is_what_the_model_wrote_and_the_report_proves(asking: Asking, service: Scripted) -> None:
    answer = asking(service).ask(Question(ASKED))
    assert [(s.text, s.citations) for s in answer.sentences] == [(SAID, (1,))]
    assert [(c.quote, c.passage) for c in answer.citations] == [(QUOTE, PASSAGE)]
    assert (answer.trace.model, answer.trace.prompt, answer.trace.dropped) == ("openai:m", PROMPT_VERSION, 0)


def test_what_the_report_does_not_prove_is_left_out_and_counted(asking: Asking, service: Scripted) -> None:
    service.said = ((QUOTE, SAID), ("les communes ont payé 9,99 par habitant", "Les communes ont payé 9,99."))
    answer = asking(service).ask(Question(ASKED))
    assert [s.text for s in answer.sentences] == [SAID]
    assert answer.trace.dropped == 1


def test_each_sentence_is_told_as_soon_as_it_is_proved(asking: Asking, service: Scripted) -> None:
    told: list[str] = []
    asking(service).ask(Question(ASKED), tell=lambda claim: told.append(claim.text))
    assert told == [SAID]


def test_where_the_model_mostly_invents_the_report_s_own_sentences_answer(
    asking: Asking, service: Scripted, extractive: Answer
) -> None:
    service.said = (("un mécène américain a payé tout le dispositif", "Un mécène américain a tout payé."),) * 2
    answer = asking(service).ask(Question(ASKED))
    assert [c.quote for c in answer.citations] == [c.quote for c in extractive.citations]
    assert "mécène" not in answer.text
    assert answer.notes[-1].endswith("la réponse est faite des phrases du rapport.")


@pytest.mark.parametrize(
    "play",
    [Play(500), Play(401), Play(429), Play(text="Bonjour !"), Play(text=""), Play(text='{"claims": [{"pass', sent=1)],
    ids=["500", "401", "429", "prose", "empty", "cut"],
)
def test_a_service_that_fails_costs_one_note_and_no_sentence(asking: Asking, play: Play, extractive: Answer) -> None:
    with running(Service(play)) as service:
        answer = asking(service).ask(Question(ASKED))
    assert answer.status is Status.ANSWERED
    assert (answer.sentences, answer.citations) == (extractive.sentences, extractive.citations)
    assert len(answer.notes) == len(extractive.notes) + 1
    assert answer.notes[-1].endswith(": la réponse est faite des phrases du rapport.")


def test_a_service_that_is_not_there_costs_one_note(asking: Asking, extractive: Answer) -> None:
    with running(Service(Play())) as service:
        assistant = asking(service)
    answer = assistant.ask(Question(ASKED))
    assert answer.sentences == extractive.sentences
    assert len(answer.notes) == len(extractive.notes) + 1


def test_nothing_personal_of_the_question_or_its_conversation_is_ever_sent(asking: Asking, service: Scripted) -> None:
    answer = asking(service).ask(Question(PERSONAL, HISTORY))
    assert answer.status is Status.ANSWERED
    assert [is_writing(r) for r in service.requests] == [False, True]
    assert [word for word in PRIVATE if word in sent(service)] == []
    assert "[nom]" in sent(service)


def test_personal_data_are_sent_only_where_the_user_said_yes(asking: Asking, service: Scripted) -> None:
    asking(service).ask(Question(PERSONAL, HISTORY, as_typed=True))
    reworded = json.dumps(service.requests[0], ensure_ascii=False)
    assert [word for word in PRIVATE if word not in reworded] == []


def test_for_a_question_that_is_refused_nothing_is_sent_but_its_rewording(asking: Asking, service: Scripted) -> None:
    service.reworded = REFUSED
    answer = asking(service).ask(Question(REFUSED))
    assert answer.status is not Status.ANSWERED
    assert [is_writing(r) for r in service.requests] == [False]
    assert "passages" not in json.loads(service.requests[0]["messages"][1]["content"])


@pytest.mark.parametrize("text", ["", "???", "a" * 4001])
def test_for_what_is_no_question_nothing_is_sent_at_all(asking: Asking, service: Scripted, text: str) -> None:
    with pytest.raises(PratiquesError):
        asking(service).ask(Question(text))
    assert service.requests == []


def test_a_rewording_is_searched_beside_the_question_s_own_words_and_answers_nothing(
    asking: Asking, service: Scripted
) -> None:
    service.reworded = "Quels sont les financements du dispositif FLORA, payé par un mécène ?"
    service.said = ()
    answer, judged = asking(service).explain(Question("Qui donne des sous à Poissy ?"))
    query = judged.draft.weighed.findings.understood.query
    assert "sous" in query.text
    assert "mecene" in query.gloss
    assert "4a" in query.fiches
    assert answer.question == "Qui donne des sous à Poissy ?"
    assert "mécène" not in " ".join(s.text for s in answer.sentences)


def test_a_question_that_names_its_fiche_keeps_it_whatever_the_rewording(asking: Asking, service: Scripted) -> None:
    service.reworded = "Quels sont les financements de la fiche 1b ?"
    _, judged = asking(service).explain(Question("Qui finance la fiche 4a ?"))
    assert judged.draft.weighed.findings.understood.query.fiches == {"4a"}


def test_where_the_rewording_fails_the_question_is_searched_as_it_is(
    asking: Asking, service: Scripted, index: Index
) -> None:
    service.reworded = "**"
    _, judged = asking(service).explain(Question(ASKED))
    assert judged.draft.weighed.findings.understood.query == understand(index, Question(ASKED)).query


def test_the_model_writes_from_the_surest_passages_first_and_few(asking: Asking, service: Scripted) -> None:
    _, judged = asking(service).explain(Question(ASKED))
    shown = json.loads(service.requests[-1]["messages"][1]["content"])["passages"]
    surest = max(judged.draft.weighed.choices, key=lambda c: c.chance)
    assert surest.quote.split()[0] in shown[0]["texte"]
    assert shown[0]["titres"] == list(surest.passage.path)
    assert 1 < len(shown) <= 12


def test_a_judgement_to_refuse_is_left_as_it_is_and_nothing_is_asked(
    asking: Asking, service: Scripted, assistant: Assistant
) -> None:
    settings = asking(service).settings
    judged = assistant.explain(Question(ASKED))[1]
    refused = replace(judged, judgement=replace(judged.judgement, chance=0.0))
    assert Author(open_model(settings), settings).write(refused) is refused
    assert service.requests == []


def test_without_a_model_in_the_settings_there_is_no_author(assistant: Assistant) -> None:
    assert assistant.author is None
    assert assistant.ask(Question(ASKED)).trace.model == ""


@pytest.mark.parametrize("silent_at", ["rewording", "writing"])
def test_a_question_can_be_stopped_while_the_model_says_nothing(
    asking: Asking, service: Scripted, monkeypatch: pytest.MonkeyPatch, silent_at: str
) -> None:
    stop, never, answers = Event(), Event(), service.play

    def play(request: dict[str, Any]) -> Play:
        if is_writing(request) == (silent_at == "writing"):
            Timer(0.2, stop.set).start()
            return Play(wait=never)
        return answers(request)

    monkeypatch.setattr(service, "play", play)
    start = time.monotonic()
    with pytest.raises(Stopped):
        asking(service).ask(Question(ASKED), stop=stop)
    assert time.monotonic() - start < 3
    never.set()


def test_a_question_that_is_stopped_already_is_not_begun(assistant: Assistant) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        assistant.ask(Question(ASKED), stop=stop)
