# The project's door. A visitor needs only `make run`.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt

# Each stamp is written once its installation has succeeded: nothing is reinstalled until a pin or a
# declared dependency changes.
READY  := $(VENV)/ready
TESTED := $(VENV)/ready-for-tests
RIVALS := $(VENV)/ready-for-bench

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint check eval bench clean

help:
	@echo "make run     installe, construit l'index du rapport et ouvre http://127.0.0.1:8501"
	@echo "make test    tous les tests"
	@echo "make lint    style et types"
	@echo "make check   style, types et tests rapides"
	@echo "make eval    mesure les réponses sur les questions jugées"
	@echo "make bench   compare qualité, temps et mémoire à deux autres recherches ; mesure les pages"
	@echo "make clean   retire l'environnement et les caches (l'index et les conversations restent)"

run: $(READY)
	@$(BIN)/pratiques ingest
	@$(BIN)/pratiques ui

test: $(TESTED)
	$(BIN)/pytest

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint
	$(BIN)/pytest -m "not slow and not browser"

eval: $(READY)
	@$(BIN)/pratiques eval run --split held --floors

bench: $(RIVALS)
	@$(BIN)/python -m eval.benchmarks.rivals
	@$(BIN)/python -m eval.benchmarks.ablation
	@$(BIN)/python -m eval.benchmarks.pages

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A half-made environment would pass for a whole one at the next run, hence its removal.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Il faut Python 3.11 ou plus récent (« $(PYTHON) » ne convient pas). Installez-le, ou nommez-le : make run PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "L'environnement Python n'a pas pu être créé. Sur Debian ou Ubuntu : apt install python3-venv" >&2; \
	  exit 1; }

$(READY): $(BIN)/python pyproject.toml constraints.txt
	@echo "Installation des dépendances : quelques minutes la première fois."
	@$(PIP) -e .
	@touch $@

$(TESTED): $(READY)
	@echo "Installation des outils de test."
	@$(PIP) --quiet -e '.[test]'
	@touch $@

# What cannot be installed is left out of the comparison, which says so.
$(RIVALS): $(READY)
	@echo "Installation de ce à quoi « make bench » compare (90 Mo)."
	@if $(PIP) --quiet -e '.[bench]'; then touch $@; fi
