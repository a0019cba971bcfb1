"""The part that gives what came of blind trials."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.exports.document import Block, Heading, cleaned
from eval.report import labels
from eval.report.blocks import grid, paragraph
from eval.report.numbers import between, decimal, many, whole
from eval.trials.result import Preference, Result
from eval.trials.trial import Configuration, Trial


def tried(trial: Trial, result: Result) -> Iterator[Block]:
    """One trial: its two configurations, the preferences of its pairs, and how sure they are."""
    first, second, sample = trial.first.name, trial.second.name, trial.sample
    yield Heading(cleaned(labels.trial_name(trial)), 2)
    raters = len(result.by_rater)
    yield paragraph(labels.tried(first, second, len(trial.pairs), sample.available, sample.seed, raters))
    yield grid(labels.TRIED_HEADS, map(_configuration, (trial.first, trial.second)), (3, 4, 4, 4))
    pairs = result.pairs
    rows = [
        (f"« {first} » préférée", pairs.first),
        (f"« {second} » préférée", pairs.second),
        (labels.BOTH, pairs.both),
        (labels.NEITHER, pairs.neither),
        (labels.NO_OPINION, pairs.none),
        (labels.ALIKE, result.alike),
    ]
    yield grid(labels.TRIAL_HEADS, [(name, whole(count)) for name, count in rows], (3, 1))
    if result.preference is not None:
        yield paragraph(_preference(result.preference, first))
    for configuration, count in zip((trial.first, trial.second), result.unwritten, strict=True):
        if count:
            yield paragraph(_unwritten(configuration, count))


def _configuration(configuration: Configuration) -> tuple[str, ...]:
    model, embeddings = configuration.llm or labels.NO_MODEL, configuration.embeddings or labels.USUAL_EMBEDDINGS
    return configuration.name, labels.SEARCHES[configuration.search], model, embeddings


def _preference(preference: Preference, first: str) -> str:
    return (
        f"« {first} » est préférée dans {whole(preference.first)} des {many(preference.decided, 'paire')} où un côté "
        f"l'emporte : {decimal(preference.share)} ({between(preference.low, preference.high)}). Le hasard seul "
        f"donnerait un écart au moins aussi grand avec une chance de {decimal(preference.chance)} (test des signes)."
    )


def _unwritten(configuration: Configuration, count: int) -> str:
    return (
        f"Le modèle de langue de « {configuration.name} » n'a pas écrit {many(count, 'réponse')} : elles sont faites "
        "des phrases du rapport."
    )
