"""What the project promises about itself: its layout, its dependencies, its commands."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BELOW = {
    "ingest": set(),
    "vectorstore": {"ingest"},
    "assistant": {"ingest", "vectorstore"},
    "eval": {"ingest", "vectorstore", "assistant"},
    "ui": {"ingest", "vectorstore", "assistant", "eval"},
}
TOP_LEVEL = {
    *BELOW,
    *("tests", ".ci", ".streamlit"),
    *("pyproject.toml", "constraints.txt", "Makefile", "compose.yaml", ".gitignore"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
}
NEVER_IMPORTED = {
    "font-source-serif-pro": "the typeface of the PDF, read as files",
    "mypy": "a command",
    "ruff": "a command",
}


def name_of(requirement: str) -> str:
    """The normalised name of the distribution that a requirement or a pin asks for."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def declared(*extras: str) -> set[str]:
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    return {name_of(requirement) for group in groups for requirement in group}


def nodes(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                yield file.relative_to(ROOT).as_posix(), node


def imports(*folders: str) -> Iterator[tuple[str, str]]:
    """Each import, wherever in a file it stands: the file, and the top-level module that it names."""
    for file, node in nodes(*folders):
        if isinstance(node, ast.Import):
            yield from ((file, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield file, str(node.module).split(".")[0]


def distributions(*folders: str) -> dict[str, str]:
    """The distributions of others that the code imports, each with a file that does."""
    installed = packages_distributions()
    beside = {file.stem for file in (ROOT / "tests").glob("*.py")}
    ours = {*BELOW, "tests", *beside, *sys.stdlib_module_names}
    return {
        name_of(installed.get(module, [module])[0]): file for file, module in imports(*folders) if module not in ours
    }


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Run by `make test`, this would inherit the variables and jobs of that make.
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that an installation depends on, with nothing installed."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.fixture
def installed(clone: Path) -> Path:
    """The same, as after a successful `make test`."""
    (clone / ".venv/bin").mkdir(parents=True)
    for name in ("bin/python", "ready", "ready-for-tests"):
        (clone / ".venv" / name).touch()
    return clone


@pytest.mark.parametrize("package", BELOW)
def test_a_package_imports_only_those_below_it(package: str) -> None:
    above = BELOW.keys() - BELOW[package] - {package}
    assert [(file, module) for file, module in imports(package) if module in above] == []


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines())]
    found = {p.name for p in ROOT.iterdir() if not any(fnmatch(p.name, pattern) for pattern in ignored)}
    assert found - TOP_LEVEL == set()


def test_every_import_is_of_a_declared_dependency() -> None:
    undeclared = distributions(*BELOW).keys() - declared()
    assert {name: distributions(*BELOW)[name] for name in undeclared} == {}


def test_every_import_of_a_test_is_of_a_declared_dependency() -> None:
    assert distributions("tests").keys() - declared("test") == set()


def test_every_declared_dependency_is_imported_or_has_a_reason() -> None:
    assert declared("test") - distributions(*BELOW, "tests").keys() == NEVER_IMPORTED.keys()


def test_no_package_prints() -> None:
    calls = ((file, node.func) for file, node in nodes(*BELOW) if isinstance(node, ast.Call))
    assert [file for file, call in calls if isinstance(call, ast.Name) and call.id == "print"] == []


def test_every_declared_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert declared("test") - {name_of(pin) for pin in pins if not pin.startswith("#")} == set()


def test_a_pin_is_a_name_and_a_version_that_any_index_can_offer() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def test_the_version_is_the_newest_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## \[(\d[^]]*)]", changelog, re.MULTILINE)[0] == PROJECT["version"]


def test_the_readme_says_how_to_run_and_how_to_test() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {"run", "test"} <= set(re.findall(r"\bmake ([a-z]+)", readme))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_the_make_commands_that_a_page_names_exist(page: str) -> None:
    named = set(re.findall(r"(?:^\s*|`)make ([a-z]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert named
    assert named - targets == set()


def test_an_old_python_is_refused_with_its_remedy(clone: Path) -> None:
    refused = make(clone, "run", "PYTHON=false")
    assert refused.returncode != 0
    assert "Il faut Python 3.11 ou plus récent" in refused.stderr
    assert not (clone / ".venv").exists()


def test_the_first_run_installs_the_pinned_dependencies(clone: Path) -> None:
    assert "pip install --disable-pip-version-check -c constraints.txt -e ." in make(clone, "-n", "run").stdout


@pytest.mark.parametrize("target", ["run", "test", "check"])
def test_a_later_run_installs_nothing(installed: Path, target: str) -> None:
    later = make(installed, "-n", target)
    assert later.returncode == 0
    assert "pip" not in later.stdout


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_dependency_is_installed_at_the_next_run(installed: Path, name: str) -> None:
    soon = (installed / ".venv/ready").stat().st_mtime + 10
    os.utime(installed / name, (soon, soon))
    assert "pip install" in make(installed, "-n", "run").stdout


def test_continuous_integration_can_be_started() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
