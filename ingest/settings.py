"""The settings of the product: one object, read from the environment (`PRATIQUES_*`)."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import PratiquesError


class Settings(BaseSettings):
    """Where things are kept and which limits hold; each field is `PRATIQUES_<NAME>` in the environment.

    `home` holds the saved indexes. `embeddings` names a sentence-transformers model (hub name or
    folder); unset, the embedding that needs no model is used. `max_file_mb` (megabytes) and
    `max_pages` bound what `pratiques ingest` accepts.
    """

    model_config = SettingsConfigDict(env_prefix="PRATIQUES_", frozen=True)

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("pratiques", appauthor=False)))
    embeddings: str | None = None
    max_file_mb: float = Field(default=50, gt=0)
    max_pages: int = Field(default=1000, gt=0)


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
