"""The language model of the settings: opened and asked here alone, its failures said in French."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

import vectorstore  # noqa: F401  switches telemetry off before LangChain is imported
from ingest.errors import LanguageModelError, ModelUnavailable, ReplyError
from ingest.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Reply = TypeVar("Reply", bound=BaseModel)
_Given = TypeVar("_Given")

MOST_TOKENS = 4_000
"""Tokens of one reply, the thoughts of a model that reasons included."""

_EXTRAS = {"langchain-mistralai": "mistral", "langchain-ollama": "ollama", "langchain-openai": "openai"}
"""The extra of `pyproject.toml` that brings each provider's package."""


def open_model(settings: Settings) -> BaseChatModel:
    """Open the model that the settings name; nothing is sent yet. Its key comes from the environment.

    Raises:
        LanguageModelError: none is named, its name is unknown, its package or its key is missing.
    """
    if not settings.llm:
        raise LanguageModelError(
            "Aucun modèle de langue n'est choisi. Donnez son nom dans PRATIQUES_LLM, par exemple "
            "« ollama:mistral-small », « mistralai:mistral-small-latest » ou « openai:gpt-5-mini »."
        )
    from langchain.chat_models import init_chat_model

    # Whoever calls decides what is asked again, hence no retries.
    options: dict[str, Any] = {"timeout": settings.llm_timeout_s, "max_retries": 0, "max_tokens": MOST_TOKENS}
    if settings.llm.startswith("ollama:"):
        options = {"client_kwargs": {"timeout": settings.llm_timeout_s}, "num_predict": MOST_TOKENS}
    elif settings.llm.startswith(("mistral", "mixtral")):
        options["timeout"] = math.ceil(settings.llm_timeout_s)
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    try:
        model: BaseChatModel = init_chat_model(settings.llm, **options)
    except Exception as error:  # each provider's package has errors of its own
        raise LanguageModelError(_why_not_opened(error, settings.llm)) from error
    return model


def ask_model(model: BaseChatModel, messages: Sequence[tuple[str, str]], form: type[Reply]) -> Reply:
    """Ask the model once for a reply of a given form; messages are (role, text), taken as they stand.

    Raises:
        ReplyError: the reply is not of that form.
        ModelUnavailable: the model cannot be reached or fails for now.
        LanguageModelError: it refuses.
    """
    try:
        reply = model.with_structured_output(form).invoke(list(messages))
    except Exception as error:  # each provider's package has errors of its own
        raise in_french(error) from error
    if not isinstance(reply, form):
        raise ReplyError(OTHER_FORM)
    return reply


def ask_twice(
    ask: Callable[[], _Given],
    pause: Callable[[], None],
    again: Callable[[LanguageModelError], bool] = lambda error: True,
) -> _Given:
    """Ask; after a failure for which `again` holds, pause and ask for a second and last time.

    Raises:
        LanguageModelError: the last failure.
    """
    try:
        return ask()
    except LanguageModelError as error:
        if not again(error):
            raise
    pause()
    return ask()


def in_french(error: Exception) -> LanguageModelError:
    """What a client of a language model raised, as the error of the product that says it."""
    from langchain_core.exceptions import OutputParserException

    if isinstance(error, LanguageModelError):
        return error
    if isinstance(error, (ValidationError, OutputParserException)):
        return ReplyError(_bad_form(error))
    name = type(error).__name__
    if re.search("FinishReason|Refusal", name):
        return ReplyError("Le modèle de langue n'a pas fini sa réponse, ou l'a refusée.")
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(status, int) and status >= 400:
        said = _BY_STATUS.get(status, f"Le service du modèle de langue a échoué (code {status}). Relancez plus tard.")
        return ModelUnavailable(said) if status in (408, 425, 429) or status >= 500 else LanguageModelError(said)
    if "Timeout" in name:
        return ModelUnavailable(TOO_LATE)
    if "Connect" in name or isinstance(error, OSError):
        return ModelUnavailable(
            "Le modèle de langue est injoignable. Vérifiez que son service tourne, et PRATIQUES_LLM_BASE_URL."
        )
    if re.search("Protocol|ReadError", name):
        return ModelUnavailable(CUT)
    return ModelUnavailable(
        f"Le modèle de langue a échoué ({name}). Relancez, ou choisissez un autre modèle avec PRATIQUES_LLM."
    )


def _why_not_opened(error: Exception, name: str) -> str:
    if isinstance(error, ImportError) and (found := re.search(r"langchain-[\w-]+", str(error))):
        package = found[0]
        wanted = f"-e '.[{_EXTRAS[package]}]'" if package in _EXTRAS else package
        return f"Le modèle « {name} » demande le paquet {package}. Lancez « pip install {wanted} »."
    if re.search(r"api_key|credential", str(error), re.IGNORECASE):
        key = re.search(r"[A-Z]+_API_KEY", str(error))
        where = f"Donnez-la dans {key[0]}" if key else "Donnez-la dans la variable d'environnement de ce fournisseur"
        return f"La clé du modèle « {name} » manque. {where} (toute valeur convient à un service sans clé)."
    if isinstance(error, ValueError) and not isinstance(error, ValidationError):
        return (
            f"« {name} » n'est pas le nom d'un modèle de langue connu. Écrivez « fournisseur:modèle » dans "
            "PRATIQUES_LLM, par exemple « ollama:mistral-small »."
        )
    return (
        f"Le modèle « {name} » ne peut pas être ouvert ({type(error).__name__}). Vérifiez PRATIQUES_LLM et "
        "PRATIQUES_LLM_BASE_URL."
    )


TOO_LATE = "Le modèle de langue n'a pas répondu à temps. Augmentez PRATIQUES_LLM_TIMEOUT_S."
CUT = "La réponse du modèle de langue s'est interrompue. Relancez plus tard."
OTHER_FORM = "Le modèle de langue n'a pas répondu dans la forme demandée."
_BY_STATUS = {
    401: "La clé du modèle de langue est refusée. Vérifiez la variable d'environnement qui la porte.",
    403: "La clé du modèle de langue n'ouvre pas ce modèle. Vérifiez vos droits chez le fournisseur.",
    404: "Le service ne connaît pas ce modèle. Vérifiez PRATIQUES_LLM et PRATIQUES_LLM_BASE_URL.",
    429: "Le service du modèle de langue n'accepte plus de demandes. Attendez, ou baissez PRATIQUES_LLM_CONCURRENCY.",
}


def _bad_form(error: Exception) -> str:
    """What is wrong with a reply: the French words of a form's own check where one speaks."""
    if isinstance(error, ValidationError):
        said = [e["msg"].removeprefix("Value error, ") for e in error.errors() if e["type"] == "value_error"]
        if said:
            return f"La réponse du modèle de langue ne convient pas : {' ; '.join(said)}."
    return OTHER_FORM
