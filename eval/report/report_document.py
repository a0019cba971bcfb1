"""The report as a document that every format can write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.exports.document import Block, Document, Heading, Layout, cleaned
from assistant.proof_count import proof_count
from eval.report import labels
from eval.report.blocks import paragraph, points, remark
from eval.report.essentials import essentials
from eval.report.evaluated import evaluated
from eval.report.examples import examples
from eval.report.figures import figures
from eval.report.judged import judged
from eval.report.limits import limits_of
from eval.report.material import Material
from eval.report.method import method
from eval.report.reviewed import reviewed
from eval.report.sample import sample
from eval.report.tried import tried
from ingest.errors import ReviewError
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report; `blocks` makes what stands under its title."""

    title: str
    blocks: Callable[[Material, Layout], Iterator[Block]]


def evaluation_report(material: Material, index: Index, date: datetime) -> Document:
    """Lay out a report.

    Args:
        material: What it is made of.
        index: The open index, by which the places of citations are named.
        date: When the report is made.

    Raises:
        ReviewError: there is nothing to report on.
    """
    titles = {report.document: report.title for report in index.reports}
    layout = Layout(index.fiches, titles, index.by_id)
    blocks: list[Block] = [remark(labels.author(material.author))] if cleaned(material.author) else []
    for part in parts_of(material):
        blocks += [Heading(part.title, 1), *part.blocks(material, layout)]
    shown = [example.item.record.answer for example in (*material.good, *material.bad)]
    return Document(
        title=cleaned(material.title) or labels.TITLE,
        date=date,
        blocks=tuple(blocks),
        references=tuple(layout.references.values()),
        foot=labels.foot(proof_count(shown)),
    )


def parts_of(material: Material) -> list[Part]:
    """The parts of a report, in order.

    Raises:
        ReviewError: there is nothing to report on.
    """
    parts = [Part(labels.ESSENTIALS, lambda m, _: essentials(m))]
    if material.run is not None or material.finished:
        parts.append(Part(labels.EVALUATED, lambda m, _: evaluated(m)))
        parts.append(Part(labels.SAMPLE, lambda m, _: sample(m)))
    elif not material.trials:
        raise ReviewError("Il n'y a rien à rapporter : choisissez une mesure, des relectures finies ou un essai.")
    parts.append(Part(labels.METHOD, lambda m, _: method(m)))
    if (run := material.run) is not None:
        parts.append(Part(labels.FIGURES, lambda m, _: figures(run, m.reach)))
    if material.finished:
        parts.append(Part(labels.REVIEWS, lambda m, _: reviewed(m)))
    if material.trials:
        parts.append(Part(labels.TRIALS, _trials))
    if material.judges:
        parts.append(Part(labels.JUDGES, _judges))
    if material.good or material.bad:
        parts.append(Part(labels.EXAMPLES, examples))
    parts.append(Part(labels.LIMITS, lambda m, _: iter([points(limits_of(m))])))
    return parts


def _judges(material: Material, _: Layout) -> Iterator[Block]:
    yield paragraph(labels.APART)
    for judge, agreement in material.judges:
        yield from judged(judge, agreement)


def _trials(material: Material, _: Layout) -> Iterator[Block]:
    for trial, result in material.trials:
        yield from tried(trial, result)
