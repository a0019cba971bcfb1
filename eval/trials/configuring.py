"""From a configuration to an assistant that answers by it: its search, its language model, its embedding.

The signals that a search leaves out are blind to every question, and the weights of the others stay those that ship.
Only the search for passages changes: what is made of the passages found is made as always.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from assistant.chain import Assistant
from eval.partial_retriever import PartialRetriever
from eval.trials.trial import Configuration, Search
from ingest.settings import Settings
from ingest.sources import Progress
from vectorstore.fusion import SIGNALS
from vectorstore.index import Index, build_index

_BY_MEANING = frozenset({"vector", "asked"})
_COUNTED: dict[Search, frozenset[str]] = {
    Search.ALL: frozenset(SIGNALS),
    Search.WORDS: frozenset(SIGNALS) - _BY_MEANING,
    Search.MEANING: _BY_MEANING,
    Search.NO_QUESTIONS: frozenset(SIGNALS) - {"questions", "words", "asked"},
    Search.TEXT: frozenset({"text"}),
}
"""The signals that each search counts."""


def configured(configuration: Configuration, assistant: Assistant, progress: Progress) -> Assistant:
    """An assistant that answers by a configuration, over the documents of another one.

    Another embedding takes an index of its own, built once and kept in the data folder.

    Raises:
        LanguageModelError: its language model cannot be opened.
        EmbeddingError: its embedding cannot be loaded.
        PratiquesError: its index cannot be built.
    """
    used = assistant.settings
    changed = {"llm": configuration.llm or None, "embeddings": configuration.embeddings or used.embeddings}
    settings = used.model_copy(update=changed)
    index = _index(configuration, assistant, progress)
    made = Assistant(_searched(index, configuration.search), settings)
    made.author  # noqa: B018  opened here, so that nothing is asked in vain
    return made


def _searched(index: Index, search: Search) -> Index:
    if search is Search.ALL:
        return index
    whole = index.retriever
    blind = PartialRetriever(
        passages=whole.passages,
        lexical=whole.lexical,
        dense=whole.dense,
        sentences=whole.sentences,
        weights=whole.weights,
        kept=_COUNTED[search],
    )
    return replace(index, retriever=blind)


def _index(configuration: Configuration, assistant: Assistant, progress: Progress) -> Index:
    used = assistant.settings
    if configuration.embeddings in ("", used.embeddings):
        return assistant.index
    paths = [Path(source.path) for source in assistant.index.manifest.sources if source.path]
    folder = hashlib.sha256(configuration.embeddings.encode()).hexdigest()[:12]
    own = Settings(
        home=used.home / "trials" / folder,
        embeddings=configuration.embeddings,
        max_file_mb=used.max_file_mb,
        max_pages=used.max_pages,
    )
    return build_index(paths, own, progress)[0]
