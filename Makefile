# `make quiz` and `make test` do everything from a fresh clone: they make .venv and install what is pinned.
# TORCH_INDEX names a package index to take torch from, for instance one that has its CPU builds.
# OPTIONS go to pytest: make test OPTIONS='-k view'. SEED replays the random values of a `make test-all`.
PYTHON ?= python3
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := constraints.txt
PIP := $(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS)
TORCH_INDEX ?=
BRINGS_CUDA := $(if $(TORCH_INDEX),,$(filter Linux,$(shell uname)))
CHILD := tensordrill/sandbox/child
# Many tests wait, so five processes keep two cores busy. A file is one process's: its tests share what they started.
PYTEST := $(BIN)/pytest -n 5 --dist loadfile --no-loadscope-reorder
OPTIONS ?=
SEED ?= $(shell date +%s)
PROGRAM := $(VENV)/.program-$(VERSION)
TOOLS := $(VENV)/.tools-$(VERSION)
OF_LINUX := tensordrill/sandbox/(child/|process|engines/fork)

.PHONY: quiz test test-all test-lowest test-newest suite coverage lint types types-elsewhere contracts laws check generated bench wheel clean

# What another Python made, or nobody finished, is made anew.
$(PROGRAM): pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit("tensordrill needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -e $@ || rm -rf $(VENV)
	@echo 'making $(VENV) with Python $(VERSION) …'
	@$(PYTHON) -m venv $(VENV)
	@echo 'installing torch$(TORCH_INDEX:%= from %) …'
	@test -z '$(BRINGS_CUDA)' || echo '  the usual build for Linux brings CUDA, gigabytes; with TORCH_INDEX=https://download.pytorch.org/whl/cpu it is small'
	@$(PIP) $(TORCH_INDEX:%=--index-url %) torch
	@echo 'installing tensordrill and what it needs …'
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q tensordrill # a process that runs torch may not write what it compiled
	@touch $@
	@echo 'done: the program is $(BIN)/tensordrill; `make quiz` starts a quiz, `make test` tries all of it'

$(TOOLS): $(PROGRAM)
	@echo 'installing what the tests need …'
	@$(PIP) 'pip>=25.1' # the first that reads dependency groups
	@$(PIP) --no-build-isolation --editable '.[cluster]' --group test
	@touch $@

quiz: $(PROGRAM)
	@$(BIN)/tensordrill quiz
	@echo 'next: $(BIN)/tensordrill practice asks until you stop; $(BIN)/tensordrill alone shows what else there is'

# Types are checked in the time that waiting tests leave over.
test: lint contracts
	@$(MAKE) --no-print-directory --jobs=2 types suite

suite: $(TOOLS)
	$(PYTEST) $(OPTIONS)

test-all: lint types types-elsewhere contracts
	@echo 'these random values again: make test-all SEED=$(SEED)'
	CHAINS=20000 FUZZ_FRAMES=100000 $(PYTEST) --thorough --hypothesis-seed=$(SEED) $(OPTIONS)

coverage: $(TOOLS)
	$(PYTEST) --cov --cov-report=term:skip-covered $(OPTIONS)

# The oldest and the newest packages that pyproject.toml allows, in .venv-lowest and .venv-newest.
test-lowest: RESOLUTION := lowest-direct
test-newest: RESOLUTION := highest
test-lowest test-newest: test-%: $(TOOLS)
	$(BIN)/uv pip compile --quiet --all-extras --group test --resolution $(RESOLUTION) --python $(BIN)/python --output-file .venv-$*.txt pyproject.toml
	$(MAKE) VENV=.venv-$* CONSTRAINTS=.venv-$*.txt suite

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLS)
	$(BIN)/mypy
	cd $(CHILD) && MYPYPATH=. ../../../$(BIN)/mypy --strict --explicit-package-bases --config-file ../../../pyproject.toml *.py

types-elsewhere: $(TOOLS)
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin --exclude '$(OF_LINUX)' tensordrill
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 --exclude '$(OF_LINUX)' tensordrill

contracts: $(TOOLS)
	$(BIN)/lint-imports

laws: $(TOOLS)
	CHAINS=20000 $(BIN)/pytest tests/explanation/test_tracing.py

check: $(PROGRAM)
	$(BIN)/tensordrill bank check --strict --seeds 200

# What is made from the questions and the schema: after a change to them; read what changed before you commit it.
generated: $(PROGRAM)
	$(BIN)/tensordrill bank schema > questions/schema.json
	$(BIN)/tensordrill bank schema --ideas > questions/ideas.schema.json
	$(BIN)/tensordrill bank contents > questions/contents.json
	$(BIN)/tensordrill bank index --lang en > docs/misconceptions.md
	$(BIN)/tensordrill bank index --lang ko > docs/misconceptions.ko.md
	$(BIN)/tensordrill bank check --record tests/questions/keys.json
	$(BIN)/python examples/assignment/make.py

bench: $(TOOLS)
	$(BIN)/python -m bench

wheel: $(TOOLS)
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf .venv* dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
