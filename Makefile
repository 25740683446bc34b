# make demo    set up, build the bundled demo corpus and print its timeline
# make test    set up and run the tests
# make check   lint, format, types, language data, tests: what .ci/run runs
# make bench   speed and memory (minutes; not part of check)
# make clean   remove what make made
# Another interpreter: make PYTHON=python3.12 test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_VERSION := 26.3

# The stamp's name carries the version of Python: another PYTHON makes another environment, the same one is not redone.
PYTHON_VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)
READY := $(VENV)/.ready-$(PYTHON_VERSION)

.DEFAULT_GOAL := help
.PHONY: how help setup demo test check lint types data actors bench numbers lock clean

help:
	@sed -n 's/^# //p' Makefile | sed -n '1,6p'

setup: $(READY)

# The package is installed as a link to src/, so edits need no new set-up. pip comes first: the one that ships with
# some Python versions fails on newer metadata. PYTHONPATH is cleared lest another environment leak into this one.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "rozmova needs Python 3.11 or later; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "setting up $(VENV) (once; a minute or two, it downloads the pinned packages)"
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip==$(PIP_VERSION)'
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	$(BIN)/rozmova demo

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)
	$(BIN)/mypy

data: $(READY)
	$(BIN)/python -m rozmova.languages.lint
	$(BIN)/python tools/name_bench.py

# The table of actors out of ../shared/data and the hand-written rows; tests/names/test_built.py fails when it is stale.
actors: $(READY)
	PYTHONPATH=src:. $(BIN)/python -m tools.actors

# The import direction is held by tests/test_layers.py, which `test` runs.
check: lint types data test

bench: $(READY)
	$(BIN)/python -m rozmova.evaluation.bench

# docs/how-it-reads.md, from what the program does with one article.
how: $(READY)
	$(BIN)/python tools/how_it_reads.py --write

# The tables of README, measured in this checkout (minutes).
numbers: $(READY)
	$(BIN)/python tools/readme_numbers.py --write

# For maintainers: re-pin everything (needs uv: pip install uv). The lock names no index, so any mirror serves it.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --upgrade --quiet --output-file requirements.lock.new
	{ echo '# Every package that `make` installs, run time and development, pinned with hashes for all platforms. Made by `make lock`.'; \
	  cat requirements.lock.new; } > requirements.lock
	rm requirements.lock.new

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
