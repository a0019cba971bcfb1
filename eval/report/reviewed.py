"""The part that gives what people said of the answers: marks, errors, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Status
from assistant.exports.document import Block, Heading
from eval.meaning import KINDS
from eval.report import labels
from eval.report.blocks import grid, paragraph, remark
from eval.report.material import Material
from eval.report.numbers import MARK_DIGITS, NOTHING, between, decimal, many, whole
from eval.review.agreement import Agreement, Compared, KindAgreement, compare_raters, pairs_of
from eval.review.scores import Mean, Scored, kinds_of, mean_of, means_by, scored


def reviewed(material: Material) -> Iterator[Block]:
    """The marks of the finished reviews, the errors found, and the agreement of each two raters."""
    answers = scored(material.finished)
    yield Heading(labels.SCORES, 2)
    yield from _scores(answers)
    yield Heading(labels.ERRORS, 2)
    yield from _errors(answers)
    pairs = pairs_of(material.finished)
    if pairs:
        yield Heading(labels.AGREEMENT, 2)
    for first, second, _ in pairs:
        yield from _agreement(compare_raters(material.finished, first, second), material)


def _scores(answers: Sequence[Scored]) -> Iterator[Block]:
    refusals = {True: "refus", False: "réponses"}
    by_status = means_by(lambda a: refusals[a.status is not Status.ANSWERED], answers)
    by_source = means_by(lambda a: labels.SOURCES[a.source], answers)
    by_configuration = means_by(lambda a: f"{labels.CONFIGURATION.lower()} {a.configuration}", answers)
    groups = [group for group in (by_status, by_source, by_configuration) if len(group) > 1]
    whole_mean = mean_of(answers)
    means = {labels.ALL: whole_mean, **{name: mean for group in groups for name, mean in group.items()}}
    rows = [_mean_row(name, mean) for name, mean in means.items() if mean is not None]
    yield grid(("", labels.ANSWERS, labels.SCORE, labels.INTERVAL), rows, (6, 3, 3, 5))
    if any(mean is not None and mean.few for mean in means.values()):
        yield remark(labels.FEW_SAID)


def _mean_row(name: str, mean: Mean) -> tuple[str, ...]:
    spread = between(mean.low, mean.high, MARK_DIGITS) + labels.FEW_MARK * mean.few
    return name, whole(mean.count), decimal(mean.mean, MARK_DIGITS), spread


def _errors(answers: Sequence[Scored]) -> Iterator[Block]:
    counted = {kind: count for kind, count in kinds_of(answers).items() if count}
    if not counted:
        yield paragraph("Aucune erreur n'a été relevée.")
        return
    rows = [(KINDS[kind], whole(n), decimal(n / len(answers))) for kind, n in counted.items()]
    yield grid(labels.ERROR_HEADS, rows, (3, 1, 2))


def _agreement(compared: Compared, material: Material) -> Iterator[Block]:
    names = f"{material.called(compared.first)} et {material.called(compared.second)}"
    caption = f"{names} : {many(compared.answers, 'réponse')}, dont {whole(compared.refusals)} refus"
    rows = [_row(labels.OF_SENTENCES, compared.sentences), _row(labels.OF_CITATIONS, compared.citations)]
    yield grid(labels.AGREEMENT_HEADS, rows, (5, 3, 3, 4, 3, 4), caption)
    if compared.sentences.few:
        yield remark(labels.FEW_SAID)
    named = [kind for kind in compared.kinds if kind.both or kind.first or kind.second]
    if named:
        yield grid(labels.KIND_HEADS, map(_kind_row, named), (6, 3, 3, 3, 5, 3), f"{names} : erreurs relevées")


def _row(name: str, agreement: Agreement) -> tuple[str, ...]:
    star = labels.FEW_MARK * agreement.few
    return (
        name,
        whole(agreement.units),
        decimal(agreement.observed),
        between(agreement.observed_low, agreement.observed_high) + star,
        decimal(agreement.kappa),
        _spread(agreement) + star,
    )


def _spread(agreement: Agreement) -> str:
    return between(agreement.kappa_low, agreement.kappa_high) if agreement.kappa is not None else NOTHING


def _kind_row(kind: KindAgreement) -> tuple[str, ...]:
    apart = kind.first + kind.second
    numbers = map(whole, (kind.both, apart, kind.neither))
    return KINDS[kind.kind], *numbers, decimal(kind.positive), decimal(kind.agreement.kappa)
