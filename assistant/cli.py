"""The command line: `pratiques …`. Every error of the user ends in one French message and exit code 2."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from importlib import metadata, util
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.errors import PratiquesError, RecordMissing
from ingest.saving import save_whole
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.database import Database
    from assistant.records import Record
    from assistant.scope import Scope
    from vectorstore.index import Index


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Assistant du rapport « Pratiques émergentes du travail social et du développement social ».

    Des réponses dont chaque phrase est prouvée par le rapport, hors ligne.
    """


_err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
_out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)

_question = click.argument("question", metavar="QUESTION")
_json_output = click.option("--json", "json_output", is_flag=True, help="Sortie en JSON.")
_source = click.option("--in", "source", default="-", help="Fichier à lire (« - » : entrée standard).")
_target = click.option("--out", "target", default="-", help="Fichier à écrire (« - » : sortie standard).")


def _scoped(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where to search; the command is given them as one `scope`."""

    @click.option("--fiche", "fiches", multiple=True, metavar="ID", help="Cherche dans cette fiche (« 1c »).")
    @click.option("--theme", "themes", multiple=True, metavar="N", help="Cherche dans ce thème (de 1 à 5).")
    @click.option("--partie", "parts", multiple=True, metavar="NOM", help="Cherche dans cette partie du rapport.")
    @click.option("--document", "documents", multiple=True, metavar="NOM", help="Cherche dans ce document.")
    @wraps(command)
    def with_scope(
        fiches: tuple[str, ...],
        themes: tuple[str, ...],
        parts: tuple[str, ...],
        documents: tuple[str, ...],
        **options: Any,
    ) -> None:
        from assistant.scope import Scope

        scope = Scope(themes, tuple(fiche.lower() for fiche in fiches), parts, documents)
        command(scope=scope, **options)

    return with_scope


@cli.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[DOCUMENT.md|DOCUMENT.pdf]...")
def ingest(sources: tuple[Path, ...]) -> None:
    """Construit l'index des documents (par défaut : le rapport fourni)."""
    from vectorstore.index import build_index

    with _progress() as report:
        index, written = build_index(sources, load_settings(), report)
    state = "Index construit" if written else "Index déjà à jour, rien n'a été écrit"
    _err.print(f"{state} : {len(index.passages)} passages.")
    for document in index.reports:
        _err.print(f"« {document.title} »", markup=False)
        for finding in document.findings:
            _err.print(f"  {finding}", markup=False)
    index.close()


@cli.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path), metavar="[DOCUMENT.md|DOCUMENT.pdf]...")
def enrich(documents: tuple[Path, ...]) -> None:
    """Fait écrire par un modèle de langue ce qu'on demande à d'autres documents, puis refait l'index."""
    from assistant.enrichment import enrich as write_questions
    from assistant.enrichment_prompt import PROMPT_VERSION

    settings = load_settings()
    try:
        with _progress() as report:
            enriched = write_questions(documents, settings, report)
    except KeyboardInterrupt:
        _err.print("Interrompu. Ce qui est écrit est gardé : la même commande reprendra où elle s'est arrêtée.")
        raise
    missing = 0
    for document in enriched:
        total, without = len(document.report.passages), len(document.failed)
        _err.print(
            f"« {document.report.title} » : questions de {total - without - document.nameless} passages sur {total}, "
            f"dont {document.written} écrites à l'instant ({document.file}).",
            markup=False,
        )
        if document.nameless:
            _err.print(f"  Passages qui ne disent rien que d'autres ne disent, sans questions : {document.nameless}.")
        for why, count in Counter(document.failed.values()).items():
            _err.print(f"  Passages sans questions : {count}. {why}", markup=False)
        missing += without
    _err.print(f"Index refait avec ces questions ({settings.llm}, consignes {PROMPT_VERSION}).", markup=False)
    if missing:
        raise PratiquesError(f"Passages encore sans questions : {missing}. La même commande ne demandera qu'eux.")


@cli.command()
@_question
@_json_output
@click.option("--explain", is_flag=True, help="Dit aussi pourquoi : ce qui a été compris, trouvé, pesé et jugé.")
@click.option("--tel-quel", "as_typed", is_flag=True, help="Laisse dans la question les données personnelles.")
@_scoped
def ask(question: str, json_output: bool, explain: bool, as_typed: bool, scope: Scope) -> None:
    """Pose une question, donne une réponse prouvée et la garde (voir « replay »)."""
    from assistant.answer import Question
    from assistant.explanation import explain as explained
    from assistant.printed import printed
    from assistant.records import Record
    from assistant.serial import answer_json
    from assistant.wording import how_to_ask_as_typed

    assistant = _assistant()
    answer, judged = assistant.explain(Question(question, as_typed=as_typed, scope=scope))
    answer = replace(answer, suggestions=assistant.next_questions(judged))
    record = Record.of(answer, judged, assistant.settings)
    kept = _kept(record, assistant.settings.home)
    why = explained(assistant.index, answer, judged) if explain else ""
    if json_output:
        _out.print(answer_json(answer, why))
    else:
        _out.print(printed(assistant.index, answer) + (f"\n\n{why}" if why else ""))
    if record.question.masked:
        _err.print(how_to_ask_as_typed(), markup=False)
    if kept and not json_output:
        _err.print(kept, markup=False)


def _kept(record: Record, home: Path) -> str:
    """Keep the record of an answer; what to say of it, empty where it could not be kept (which is said at once)."""
    from assistant.records import keep_record
    from assistant.wording import kept

    try:
        keep_record(record, home)
    except PratiquesError as error:  # the answer is there and is shown
        _err.print(str(error), markup=False)
        return ""
    return kept(record.answer.id)


@cli.command()
@click.argument("identifier", metavar="ID")
@_json_output
def replay(identifier: str, json_output: bool) -> None:
    """Repose une question gardée et dit ce qui diffère aujourd'hui. Le début de l'ID suffit."""
    from assistant.replay import differences_lines, differences_record
    from assistant.replay import replay as asked_today
    from assistant.serial import as_json
    from assistant.wording import asked_again

    record = _found(identifier)
    differences = asked_today(_assistant(), record)
    if json_output:
        _out.print(as_json(differences_record(differences), indent=2))
        return
    _err.print(asked_again(record.date, record.question.text), markup=False)
    _out.print("\n".join(differences_lines(differences)))


def _found(identifier: str) -> Record:
    """The record of an answer of « ask », else of the conversations."""
    from assistant.database import Conversations
    from assistant.records import find_record

    settings = load_settings()
    try:
        return find_record(identifier, settings.home)
    except RecordMissing:
        with _database(settings) as database:
            if database is None:
                raise
            return Conversations(database).find_record(identifier)


@contextmanager
def _database(settings: Settings) -> Iterator[Database | None]:
    """The database of conversations and sessions, where there is one."""
    from assistant.database import Database

    if not Database.exists(settings):
        yield None
        return
    with closing(Database.open(settings)) as database:
        yield database


@cli.command()
@_source
@_target
def mask(source: str, target: str) -> None:
    """Masque les données personnelles de questions : {"id", "question"} en lignes JSON."""
    from assistant.personal import find_personal
    from assistant.serial import BadLine, mask_record, read_mask_line

    names = _assistant().index.names

    def masked(line: bytes) -> dict[str, Any]:
        try:
            identifier, question = read_mask_line(line)
        except BadLine as error:
            return {"id": error.identifier, "error": str(error)}
        return mask_record(identifier, find_personal(question, names))

    _each_line(source, target, masked)


@cli.command()
@_source
@_target
def batch(source: str, target: str) -> None:
    """Répond à des questions en lignes JSON, dans l'ordre ; une ligne fautive est signalée à sa place.

    Rien n'est gardé de ces réponses : « replay » ne les connaît pas.
    """
    from assistant.serial import BadLine, batch_record, read_batch_line

    assistant = _assistant()

    def answer(line: bytes) -> dict[str, Any]:
        identifier = None
        try:
            identifier, question = read_batch_line(line)
            return batch_record(identifier, assistant.ask(question), assistant.index)
        except BadLine as error:
            return {"id": error.identifier, "error": str(error)}
        except PratiquesError as error:
            return {"id": identifier, "error": str(error)}

    _each_line(source, target, answer)


@cli.command()
@_question
@click.option("-k", type=click.IntRange(min=1), default=20, show_default=True, help="Nombre de passages.")
@_json_output
@_scoped
def search(question: str, k: int, json_output: bool, scope: Scope) -> None:
    """Cherche des passages, sans répondre."""
    from assistant.answer import Question
    from assistant.serial import as_json, hit_record

    hits = _assistant().search(Question(question, scope=scope), k)
    if json_output:
        _out.print(as_json([hit_record(h) for h in hits], indent=2))
        return
    for rank, hit in enumerate(hits, 1):
        page = f" · p. {hit.passage.page}" if hit.passage.page else ""
        _out.print(f"{rank}. {hit.passage.id}{page}\n   {' '.join(hit.passage.text.split())[:240]}")
    if not hits:
        _out.print("Aucun passage ne correspond.")


@cli.command()
@_json_output
def fiches(json_output: bool) -> None:
    """Donne les fiches, leurs métadonnées et leurs champs."""
    from assistant.serial import as_json, fiche_record
    from ingest.outline import CARD, FIELDS

    index = _assistant().index
    if json_output:
        records = [fiche_record(f, index.passages) for f in index.fiches]
        _out.print(as_json(records, indent=2))
        return
    for fiche in index.fiches:
        _out.print(f"Fiche {fiche.id} · {fiche.title} · {fiche.theme} · p. {fiche.page or 'non précisée'}")
        for name, label in CARD.items():
            value = getattr(fiche, name)
            _out.print(f"  {label} : {' / '.join(value.split(chr(10))) if value else 'non précisé'}")
        _out.print(f"  Champs : {', '.join(FIELDS[f] for f in fiche.fields)}\n")
    if not index.fiches:
        _out.print("Les documents de l'index ne contiennent pas de fiches.")


@cli.command()
@click.option("--theme", "themes", multiple=True, metavar="THEME", help="Un thème, par son nom ou son numéro (1 à 5).")
@click.option("--fiche", "fiches", multiple=True, metavar="ID", help="Une fiche (« 1c »).")
@click.option("--duree", "duration", default="3h", show_default=True, help="De 30 minutes à 2 jours (« 1h30 »).")
@click.option(
    "--public",
    "audience",
    default="professionnels",
    show_default=True,
    help="Étudiants, professionnels, cadres ou mixte.",
)
@click.option("--participants", type=int, default=12, show_default=True, help="Combien de personnes.")
@click.option("--objectif", "aims", multiple=True, metavar="VERBE", help="« comparer », « analyser »…, ou vos mots.")
@click.option("--debut", "start", default="9h", show_default=True, help="L'heure à laquelle une journée commence.")
@click.option("--depuis", "kept", metavar="FICHIER", help="Reprend une séance gardée dans un fichier .json.")
@click.option(
    "--contenu",
    "content",
    type=click.Choice(["guide", "support", "quiz", "corrige"]),
    default="guide",
    help="Ce que le document contient (par défaut : guide, tout).",
)
@click.option(
    "--out", "target", default="-", help="Fichier à écrire, son format à son nom (« - » : Markdown, à l'écran)."
)
def session(kept: str | None, content: str, target: str, participants: int, **asked: Any) -> None:
    """Prépare une séance de formation : déroulé, cas, discussions, quiz, documents, chaque citation prouvée.

    Formats : .docx, .pdf, .md, .txt, .pptx (diapositives), .json (à partager), et le quiz en .gift ou .xml (Moodle).
    """
    from assistant.exports.kit_files import Content
    from assistant.kits.request import read_request
    from assistant.kits.timetable import length
    from assistant.wording import kit_written

    assistant = _assistant()
    if kept is None:
        kit = assistant.workshop.make(read_request(participants=participants, **asked))
    else:
        with _opened(kept, "rb") as stream:
            checked = assistant.workshop.open(stream.read())
        kit = checked.kit
        for fault in checked.faults:
            _err.print(fault, markup=False)
    extension = "md" if target == "-" else Path(target).suffix.removeprefix(".")
    written = assistant.kit_file(kit, extension.lower(), Content(content), datetime.now().astimezone())
    _save(target, written)
    if kit.note:
        _err.print(kit.note, markup=False)
    if target != "-":
        counts = len(kit.sequences), len(kit.items), kit.attributed
        _err.print(kit_written(target, length(kit.minutes), *counts), markup=False)


def _save(target: str, content: bytes) -> None:
    """Write a whole file, or to the output; what was there stays as it was where that fails."""
    if target == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        save_whole(Path(target), content)
    except OSError as error:
        raise _unusable(target, "écrit", error) from error


@cli.command()
@_source
@_target
def verify(source: str, target: str) -> None:
    """Le contrôle des citations seul : {"id", "passage", "quote"} en lignes JSON."""
    from assistant.proof import prove
    from assistant.serial import BadLine, read_verify_line

    def check(line: bytes) -> dict[str, Any]:
        try:
            identifier, passage, quote = read_verify_line(line)
        except BadLine as error:
            return {"id": error.identifier, "error": str(error)}
        proof = prove(quote, passage)
        return {"id": identifier, "state": proof.state.value, "quote": proof.quote, "why": proof.why}

    _each_line(source, target, check)


@cli.command()
def check() -> None:
    """Vérifie que l'index est sain."""
    from vectorstore.index import check_questions, open_index, verify_index

    settings = load_settings()
    index = open_index(settings)
    faults = verify_index(index)
    for fault in faults:
        _err.print(fault, markup=False)
    if faults:
        raise PratiquesError("L'index n'est pas sain. Lancez « pratiques ingest » pour le reconstruire.")
    documents = ", ".join(r.title for r in index.reports)
    _out.print(
        f"Index sain : {len(index.passages)} passages, {len(index.fiches)} fiches, plongement "
        f"{index.manifest.embeddings}, empreinte {index.manifest.fingerprint}.\nDocuments : {documents}."
    )
    asked, missing = check_questions(index, settings)
    _out.print(f"Index des questions : {asked} passages sur {len(index.passages)} ont les leurs.")
    for line in missing:
        _err.print(line, markup=False)
    _check_teaching(index)
    _check_kept(index, settings)


def _check_teaching(index: Index) -> None:
    from assistant.kits.points import read_teaching

    teaching = read_teaching(index)
    for fault in teaching.faults:
        _err.print(fault, markup=False)
    if points := len(teaching.points):
        _out.print(f"Atelier : {points} points et {len(teaching.tensions)} tensions, prouvés par le rapport.")


def _check_kept(index: Index, settings: Settings) -> None:
    from assistant.database import Conversations, Kits

    with _database(settings) as database:
        if database is None:
            return
        faults = [*Conversations(database).faults(index), *Kits(database).faults(index)]
    for fault in faults:
        _err.print(fault, markup=False)
    if faults:
        raise PratiquesError(
            "L'index est sain, mais des réponses ou des séances gardées ne s'y vérifient plus : les documents ont "
            "changé depuis. « pratiques replay ID » dit ce qui diffère d'une réponse."
        )
    _out.print("Conversations et séances : toutes les citations gardées sont à leur place.")


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port de cette machine.")
def ui(port: int) -> None:
    """Ouvre l'interface dans le navigateur."""
    import subprocess

    package = util.find_spec("ui")
    if package is None or package.origin is None:
        raise PratiquesError("L'interface n'est pas installée. Relancez « pip install -e . ».")
    page = Path(package.origin).with_name("app.py")
    options = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    _err.print(f"Interface : http://127.0.0.1:{port} (Ctrl+C pour arrêter)")
    # From the project's folder, where Streamlit finds its settings and theme.
    code = subprocess.call([sys.executable, "-m", "streamlit", "run", str(page), *options], cwd=page.parent.parent)
    sys.exit(code)


def _built_on_this(name: str, purpose: str) -> None:
    """Add a command of a package that builds on this one: reached by its entry point, never imported here."""

    @cli.command(
        name,
        help=f"{purpose} (voir « pratiques {name} --help »).",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )
    @click.pass_context
    def command(context: click.Context) -> None:
        (entry,) = metadata.entry_points(group="pratiques.commands", name=name)
        entry.load()(context.args)


_built_on_this("eval", "Mesure les réponses sur les questions jugées, compare deux mesures, écrit un rapport")
_built_on_this("review", "Exporte et importe les relectures de réponses")


def _assistant() -> Any:
    from assistant.chain import Assistant

    with _progress("Premier lancement : construction de l'index du rapport.") as report:
        return Assistant.open(load_settings(), report)


@contextmanager
def _progress(opening: str = "") -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on the error output, drawn at the first step that is reported."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=_err)
    tasks: dict[str, Any] = {}

    def report(label: str, done: int, total: int) -> None:
        if not tasks:
            if opening:
                _err.print(opening)
            bar.start()
        if label not in tasks:
            tasks[label] = bar.add_task(label, total=total)
        bar.update(tasks[label], completed=done, total=total)

    try:
        yield report
    finally:
        if tasks:
            bar.stop()


def _each_line(source: str, target: str, answer: Callable[[bytes], dict[str, Any]]) -> None:
    """Answer each line of the input by one line of the output, in order, as soon as it is ready."""
    from assistant.serial import as_json

    if "-" not in (source, target) and Path(target).exists() and Path(target).resolve() == Path(source).resolve():
        raise PratiquesError(f"« {target} » serait effacé avant d'être lu. Nommez un autre fichier de sortie.")
    with _opened(source, "rb") as lines, _opened(target, "wb") as output:
        for line in lines:
            if line.strip():
                output.write(as_json(answer(line)).encode() + b"\n")
                output.flush()


_WHY_NOT = {
    FileNotFoundError: "il n'existe pas, ou son dossier n'existe pas",
    PermissionError: "vos droits ne le permettent pas",
    IsADirectoryError: "c'est un dossier",
    NotADirectoryError: "son chemin passe par un fichier",
}


@contextmanager
def _opened(name: str, mode: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer if mode == "rb" else sys.stdout.buffer
        return
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(name).open(mode))
        except OSError as error:
            raise _unusable(name, "lu" if mode == "rb" else "écrit", error) from error
        yield stream


def _unusable(name: str, doing: str, error: OSError) -> PratiquesError:
    why = _WHY_NOT.get(type(error), error.strerror)
    return PratiquesError(f"« {name} » ne peut pas être {doing} : {why}. Vérifiez le chemin.")


def main() -> None:
    """Run the command line; exit codes: 0 done, 2 something that the user can mend, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # French, and JSON, are UTF-8 whatever the locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    run(cli)


def run(command: click.Command, arguments: list[str] | None = None) -> None:
    """Run a command and leave; whatever the user did wrong is said in one French message."""
    code = 0
    try:
        command.main(arguments, standalone_mode=False)
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except click.exceptions.NoArgsIsHelpError as error:
        _out.print(error.format_message())
        code = 2
    except click.ClickException as error:
        _err.print(f"Commande mal écrite : {_in_french(error)} Voyez « pratiques --help ».", markup=False)
        code = 2
    except PratiquesError as error:
        _err.print(str(error), markup=False)
        code = 2
    sys.exit(code)


def _in_french(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    name = "un argument"
    if parameter is not None:
        name = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
    if isinstance(error, click.NoSuchOption):
        return f"l'option {error.option_name} n'existe pas."
    if isinstance(error, click.MissingParameter):
        return f"il manque {name}."
    if isinstance(error, click.BadParameter):
        return f"la valeur donnée à {name} ne convient pas."
    return "la commande ou l'un de ses arguments n'est pas reconnu."
