# `make quiz` and `make test` do everything from a fresh clone: they make .venv and install what is pinned.
# TORCH_INDEX names a package index to take torch from, for instance one that has its CPU builds.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt
TORCH_INDEX ?=
CHILD := tensordrill/lab/child

.PHONY: quiz test lint types contracts laws check bench wheel clean

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("tensordrill needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) $(TORCH_INDEX:%=--index-url %) torch
	$(PIP) hatchling editables
	$(PIP) --no-build-isolation --editable '.[cluster,test]'
	$(BIN)/python -m compileall -q tensordrill # a process that runs torch may not write what it compiled
	touch $@

quiz: $(VENV)/.installed
	$(BIN)/tensordrill quiz

test: lint types contracts
	$(BIN)/pytest

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy
	cd $(CHILD) && MYPYPATH=. ../../../$(BIN)/mypy --strict --explicit-package-bases --config-file ../../../pyproject.toml *.py

contracts: $(VENV)/.installed
	$(BIN)/lint-imports

laws: $(VENV)/.installed
	CHAINS=20000 $(BIN)/pytest tests/trace/test_tracing.py

check: $(VENV)/.installed
	$(BIN)/tensordrill bank check --strict --seeds 200

bench: $(VENV)/.installed
	$(BIN)/python -m bench

wheel: $(VENV)/.installed
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
