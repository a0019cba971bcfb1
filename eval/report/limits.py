"""The limits of a report, each read from what it is made of: one is said where it holds, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.answer import Status
from eval.analysis.measures import estimates
from eval.analysis.reach import Reach
from eval.compare import FEW
from eval.judging.agreement import JudgeAgreement
from eval.judging.judgement import Judge
from eval.meaning import METRICS, TYPES
from eval.questions import own_questions
from eval.record import Run
from eval.report import limit_labels as labels
from eval.report.labels import trial_name
from eval.report.material import Material
from eval.report.numbers import listed
from eval.review.agreement import pairs_of
from eval.review.scores import scored
from eval.trials.result import Result
from eval.trials.trial import Trial
from ingest.sources import sha256_of


def limits_of(material: Material) -> tuple[str, ...]:
    """What the report cannot say, or says less surely than it seems."""
    return (
        *(_of_run(material.run, material.reach) if material.run is not None else [labels.NO_RUN]),
        *(_of_reviews(material) if material.finished else [labels.NO_REVIEWS]),
        *(_of_both(material.run, material) if material.run is not None else ()),
        *(limit for trial, result in material.trials for limit in _of_trial(trial, result)),
        *(limit for judge, agreement in material.judges for limit in _of_judge(judge, agreement)),
    )


def _of_run(run: Run, reach: Reach | None) -> Iterator[str]:
    outcomes, made = run.outcomes, run.made_with
    if run.settings.questions_sha256 == sha256_of(own_questions()):
        yield labels.OWN_QUESTIONS
    if fit := sum(outcome.split == "fit" for outcome in outcomes):
        yield labels.fitted_on(fit, len(outcomes))
    if few := [name for name, count in sorted(Counter(o.type for o in outcomes).items()) if count < FEW]:
        yield labels.small_groups([TYPES.get(name, name) for name in few])
    if all(outcome.answerable for outcome in outcomes):
        yield labels.NONE_UNANSWERABLE
    if not any(outcome.answerable for outcome in outcomes):
        yield labels.NONE_ANSWERABLE
    if same := {key: found.count for key, found in estimates(outcomes).items() if found.low == found.high}:
        yield labels.no_spread([METRICS[key].name for key in same], min(same.values()))
    if broken := sum(bool(outcome.error) for outcome in outcomes):
        yield labels.broken(broken)
    if reach is not None and reach.untested:
        yield labels.out_of_reach(len(reach.untested), len(reach.places))
    if reach is not None and reach.gone:
        yield labels.OTHER_INDEX
    if all(outcome.chance is None for outcome in outcomes if not outcome.error):
        yield labels.OLD_RUN
    if run.commit is None or run.commit.dirty:
        yield labels.NOT_REPEATABLE
    if made is not None and made.llm:
        yield labels.MODEL_VARIES
    yield labels.ONE_MACHINE


def _of_reviews(material: Material) -> Iterator[str]:
    answers = scored(material.finished)
    if len(answers) < FEW:
        yield labels.few_answers(len(answers))
    pairs = pairs_of(material.finished)
    if len(material.raters) < 2:
        yield labels.ONE_RATER
    elif not pairs:
        yield labels.NONE_TOGETHER
    elif pairs[0][2] < FEW:
        yield labels.few_together(pairs[0][2])
    alone = sum(answer.raters < 2 and not answer.settled for answer in answers)
    if pairs and alone:
        yield labels.once(alone, len(answers))
    if unfinished := len(material.ratings) - len(material.finished):
        yield labels.unfinished(unfinished)
    if material.differing:
        yield labels.differing(material.differing)
    if (configurations := len({answer.configuration for answer in answers})) > 1:
        yield labels.mixed(configurations)
    refused = [answer.status is not Status.ANSWERED for answer in answers]
    if not any(refused):
        yield labels.NO_REFUSAL
    if all(refused):
        yield labels.ONLY_REFUSALS


def _of_both(run: Run, material: Material) -> Iterator[str]:
    """What parts the run from the answers that were reviewed."""
    if run.made_with is None:
        return
    measured = (run.made_with, run.settings.index)
    apart = [
        name for name, record in material.records.items() if (record.made_with, record.answer.trace.index) != measured
    ]
    if apart:
        yield labels.other_than_measured(listed(apart))


def _of_judge(judge: Judge, found: JudgeAgreement) -> Iterator[str]:
    yield labels.judge_is_no_proof(judge.model)
    if found.agreement.few:
        yield labels.judge_few(judge.model, found.agreement.answers)


def _of_trial(trial: Trial, result: Result) -> Iterator[str]:
    name, preference = trial_name(trial), result.preference
    if preference is None:
        yield labels.undecided(name)
    elif preference.low <= 0.5 <= preference.high:
        yield labels.even(name)
    if preference is not None and preference.decided < FEW:
        yield labels.few_pairs(name, preference.decided)
    if len(result.by_rater) == 1:
        yield labels.one_voter(name)
