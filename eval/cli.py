"""`pratiques eval …`: the judged questions, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.chain import Assistant
from assistant.cli import run as run_command
from eval.compare import FEW, Difference, Pair, changed, differences, pair, score
from eval.questions import load_questions, own_questions
from eval.record import Conditions, Portion, Run, newest_runs, read_run, record, run_files, write_run
from eval.review.judged_set import judged_set
from eval.run import FIGURES, Figures, Outcome, ask, below, own_floors
from ingest.errors import PratiquesError
from ingest.settings import load_settings
from ingest.sources import sha256_of

_CONDITIONS = {
    "embeddings": "plongement",
    "index": "index",
    "weights": "poids de la recherche",
    "split": "moitié des questions",
    "questions": "nom du fichier de questions",
    "questions_sha256": "fichier de questions",
}

_WHAT = (
    "Rappel et MRR : passages trouvés, même où la réponse est refusée. Faits clés : réponse montrée, zéro si refusée."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Mesure le produit sur des questions jugées."""


@cli.command()
@click.option("--questions", type=click.Path(path_type=Path), help="Questions jugées (par défaut : celles du projet).")
@click.option("--reviewed", is_flag=True, help="Celles que les relectures ont données (jeu de test).")
@click.option("--split", type=click.Choice(["fit", "held", "all"]), default="all", show_default=True)
@click.option("--out", metavar="FICHIER|DOSSIER", help="Où écrire les mesures (par défaut : le dossier de données).")
@click.option("--floors", is_flag=True, help="Échoue (code 1) si une mesure passe sous son seuil.")
def run(questions: Path | None, reviewed: bool, split: Portion, out: str | None, floors: bool) -> None:
    """Pose les questions jugées, donne les mesures par type et par profil, et les écrit en JSON."""
    settings, date = load_settings(), datetime.now(UTC)
    source = _reviewed_questions(settings.home, questions) if reviewed else questions or own_questions()
    judged = [q for q in load_questions(source) if split in ("all", q.split)]
    if not judged:
        raise PratiquesError(f"« {source} » n'a aucune question de la moitié « {split} ». Choisissez --split all.")
    err, show = _console(stderr=True), _console()
    with err.status("Ouverture de l'index"):
        assistant = Assistant.open(settings)
    outcomes = [ask(q, assistant) for q in track(judged, "Questions jugées", console=err)]
    made = record(outcomes, assistant.index, source, split, date, settings)
    show.print(_figures(made))
    show.print(_citations(made))
    if failed := [o for o in outcomes if o.error]:
        show.print(f"{len(failed)} questions ont échoué et comptent zéro ; la première : {failed[0].error}")
    held = not floors or _floors_hold(outcomes, source, err)
    written = write_run(made, out, settings.home)
    err.print(f"Mesures écrites dans « {written} ».")
    if not held:
        sys.exit(1)


@cli.command()
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path), metavar="[MESURES_A MESURES_B]")
def compare(runs: tuple[Path, ...]) -> None:
    """Compare deux mesures : les fichiers nommés, ou les deux plus récents du dossier de données."""
    if len(runs) not in (0, 2):
        raise PratiquesError("Nommez deux fichiers de mesures à comparer, ou aucun pour les deux plus récents.")
    first, second = runs or newest_runs(load_settings().home)
    before, after = read_run(first), read_run(second)
    paired = pair(before.outcomes, after.outcomes)
    if not paired.pairs:
        raise PratiquesError("Ces deux mesures n'ont aucune question en commun. Nommez-en deux qui en partagent.")
    show = _console()
    show.print(f"Avant : {_title(first, before)}\nAprès : {_title(second, after)}")
    named = [_CONDITIONS[f.name] for f in fields(Conditions)]
    apart = [name for name, a, b in zip(named, _values(before), _values(after), strict=True) if a != b]
    show.print(f"Ce qui diffère dans les réglages : {', '.join(apart) or 'rien'}.")
    show.print(
        f"{len(paired.pairs)} questions communes ; {paired.only_before} seulement dans la première, "
        f"{paired.only_after} seulement dans la seconde."
    )
    show.print(_differences(paired.pairs))
    better, worse = changed(paired.pairs)
    for title, pairs in (("Questions améliorées", better), ("Questions dégradées", worse)):
        if pairs:
            show.print(_changes(f"{title} : {len(pairs)}", pairs))
        else:
            show.print(f"{title} : aucune.")


@cli.command()
@click.option("--mesures", "measures", type=click.Path(path_type=Path), help="Par défaut : les plus récentes.")
@click.option("--sans-mesures", "without_run", is_flag=True, help="Ne rapporte que les relectures.")
@click.option("--sans-relectures", "without_reviews", is_flag=True, help="Ne rapporte que les mesures.")
@click.option("--titre", "title", default="", help="Le titre du rapport.")
@click.option("--auteur", "author", default="", help="Qui le signe.")
@click.option("--noms", "named", is_flag=True, help="Nomme les personnes qui ont relu (sinon : A, B…).")
@click.option(
    "--out", type=click.Path(path_type=Path), default="rapport-evaluation.docx", show_default=True,
    help="Un fichier .docx, .html, .pdf ou .md.",
)  # fmt: skip
def report(
    measures: Path | None, without_run: bool, without_reviews: bool, title: str, author: str, named: bool, out: Path
) -> None:
    """Écrit un rapport d'évaluation : échantillon, méthode, chiffres avec intervalles, exemples, limites."""
    from assistant.database import Database
    from eval.report import evaluation_report, gather, write_report
    from eval.review.store import Reviews

    settings = load_settings()
    kept = run_files(settings.home)
    path = None if without_run else measures or (kept[-1] if kept else None)
    made = None if path is None else read_run(path)
    err = _console(stderr=True)
    with err.status("Ouverture de l'index"):
        assistant = Assistant.open(settings)
    with closing(Database.open(settings)) as database:
        reviews = None if without_reviews else Reviews(database)
        material = gather(assistant.index, made, reviews, title=title, author=author, named=named)
    write_report(evaluation_report(material, assistant.index, datetime.now().astimezone()), out)
    err.print(f"Rapport écrit dans « {out} ».")


def _reviewed_questions(home: Path, questions: Path | None) -> Path:
    """The file of the questions that reviews gave.

    Raises:
        PratiquesError: there is none yet, or another file is named too.
    """
    if questions is not None:
        raise PratiquesError("Choisissez entre --questions et --reviewed.")
    if not judged_set(home).exists():
        raise PratiquesError(
            "Le jeu de test n'a pas encore de question. Ajoutez-en depuis une relecture, page Contrôle."
        )
    return judged_set(home)


def _console(stderr: bool = False) -> Console:
    return Console(
        stderr=stderr, width=None if stderr else 110, soft_wrap=stderr, markup=False, emoji=False, highlight=False
    )


def _figures(made: Run) -> Table:
    count = made.figures.overall.count
    title = f"{count} questions jugées" if count > 1 else f"{count} question jugée"
    table = Table(title=title, caption=_WHAT)
    for head in ("", "questions", "rappel 1 000 mots", "MRR", "faits clés", "statut juste", "mots", "ms"):
        table.add_column(head, justify="left" if not head else "right")

    def add(name: str, f: Figures, end: bool) -> None:
        found = [_number(share) if f.answerable else "–" for share in (f.recall, f.mrr, f.key_facts)]
        row = (name, str(f.count), *found, _number(f.right_status), f"{f.median_words:.0f}", f"{f.median_ms:.0f}")
        table.add_row(*row, end_section=end)

    add("ensemble", made.figures.overall, True)
    for groups in (made.figures.by_type, made.figures.by_persona, made.figures.by_split):
        for name, figures in groups.items():
            add(name, figures, name == list(groups)[-1])
    return table


def _citations(made: Run) -> str:
    cited, unfound = sum(o.citations for o in made.outcomes), sum(o.unfound for o in made.outcomes)
    said = f"{cited} citations, {unfound} introuvables dans le rapport"
    precision, recall = made.figures.overall.citation_precision, made.figures.overall.citation_recall
    if precision is None or recall is None:
        return f"{said}."
    return f"{said} ; précision des citations {_number(precision)}, rappel des citations {_number(recall)} (ALCE)."


def _floors_hold(outcomes: Sequence[Outcome], source: Path, err: Console) -> bool:
    """Say which figures are below their floors, which are those of the project's own questions alone."""
    floors = own_floors() if sha256_of(source) == sha256_of(own_questions()) else {}
    asked = {split: group for split in floors if (group := [o for o in outcomes if o.split == split])}
    missed = [(split, *found) for split, group in asked.items() for found in below(group, floors[split])]
    for split, name, value, floor in missed:
        err.print(f"Sous le seuil (moitié « {split} ») : {name} {_number(value, 3)}, il faut {_number(floor, 3)}.")
    if not missed:
        err.print("Les seuils sont tenus." if asked else "Aucun seuil ne vaut pour ces questions.")
    return not missed


def _title(path: Path, made: Run) -> str:
    state = "" if made.commit is None else f", commit {made.commit.hash}{' modifié' if made.commit.dirty else ''}"
    return f"{path.name}, {made.date:%d/%m/%Y %H:%M} UTC{state}, {len(made.outcomes)} questions"


def _values(made: Run) -> Iterator[object]:
    return (getattr(made.settings, f.name) for f in fields(Conditions))


def _differences(pairs: Sequence[Pair]) -> Table:
    table = Table(caption=f"* : l'intervalle, sur {FEW} questions au moins, ne contient pas zéro.")
    for head in ("", "mesure", "questions", "avant", "après", "écart", "intervalle à 95 %"):
        table.add_column(head, justify="left" if head in ("", "mesure") else "right")
    kinds = sorted({p.after.type for p in pairs})
    for name, group in (("ensemble", pairs), *((k, [p for p in pairs if p.after.type == k]) for k in kinds)):
        found = list(differences(group))
        for d in found:
            table.add_row(name if d is found[0] else "", *_cells(d), end_section=d is found[-1])
    return table


def _cells(d: Difference) -> tuple[str, ...]:
    between = f"de {_signed(d.low)} à {_signed(d.high)} {'*' if d.sure else ' '}"
    return FIGURES[d.figure], str(d.count), _number(d.before), _number(d.after), _signed(d.difference), between


def _changes(title: str, pairs: Sequence[Pair]) -> Table:
    table = Table(title=title, show_lines=True)
    for head in ("", "question", "rangs des preuves", "mesures"):
        table.add_column(head, overflow="fold")
    for p in pairs:
        ranks = f"{_ranks(p.before)} → {_ranks(p.after)}" if p.after.answerable else "–"
        moved = (
            f"{french} {_number(score(p.before, name))} → {_number(score(p.after, name))}"
            for name, french in FIGURES.items()
            if p.gain(name)
        )
        table.add_row(f"{p.after.id}\n{p.after.type}", p.after.question, ranks, "\n".join(moved))
    return table


def _ranks(outcome: Outcome) -> str:
    return ", ".join(str(rank) if rank else "absente" for rank in outcome.ranks)


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _signed(value: float) -> str:
    """A number with its sign, as French prints it; what rounds to zero has none."""
    rounded = round(value, 3)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return sign + _number(abs(rounded), 3)


def main(arguments: list[str]) -> None:
    """Run `pratiques eval` with these arguments."""
    run_command(cli, arguments)
