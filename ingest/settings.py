"""The settings of the product: one object, read from the environment (`PRATIQUES_*`)."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import PratiquesError


class Settings(BaseSettings):
    """Where things are kept and which limits hold; each field is `PRATIQUES_<NAME>` in the environment.

    `home` holds the saved indexes, the answers of `pratiques ask` and, unless `database` is the address
    of another (`sqlite:///…`, `postgresql://…`), the database of conversations. `embeddings` names a
    sentence-transformers model (hub name or folder); unset, the one that ships with the project is used.
    `max_file_mb` (megabytes) and `max_pages` bound what `pratiques ingest` accepts.

    `llm` names a language model as LangChain does (`ollama:…`, `mistralai:…`, `openai:…`); unset, none
    is used. `llm_base_url` is the address of its service where it is not the provider's own;
    `llm_timeout_s` (seconds) bounds one call, `llm_concurrency` how many run at once.
    """

    model_config = SettingsConfigDict(env_prefix="PRATIQUES_", frozen=True)

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("pratiques", appauthor=False)))
    database: str | None = Field(default=None, repr=False)
    embeddings: str | None = None
    max_file_mb: float = Field(default=50, gt=0)
    max_pages: int = Field(default=1000, gt=0)
    llm: str | None = None
    llm_base_url: str | None = None
    llm_timeout_s: float = Field(default=60, gt=0)
    llm_concurrency: int = Field(default=2, gt=0, le=64)


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        PratiquesError: a variable has a value that its field does not take.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(f"PRATIQUES_{str(e['loc'][0]).upper()}" for e in error.errors())
        raise PratiquesError(f"Réglage invalide : {names}. Corrigez la variable ou retirez-la.") from error
