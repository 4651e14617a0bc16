SHELL := /bin/bash
.SHELLFLAGS := -e -o pipefail -c
PYTHON ?= python3
PORT ?= 8080
MINUTES ?= 30
ENGINE ?= both
SEED ?= 1
SIZE ?= small
VENV := .venv
BIN := $(VENV)/bin
ON_SERVER := tests/services tests/bot/delivery/test_courier.py tests/bot/delivery/test_lost_database.py \
  tests/bot/channels/test_mail_story.py tests/e2e/test_main_job.py tests/e2e/test_crashes.py

.PHONY: setup demo test postgres bench files scale histories faults house format check audit guides pictures docs learn release lock clean

setup: $(VENV)/.ready  ## everything the program and its tests need, in .venv

$(VENV)/.ready: requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Nhắc Việc needs Python 3.11, 3.12 or 3.13: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "1/3 an environment of its own in $(VENV)"
	$(PYTHON) -m venv $(VENV)
	@echo "2/3 some hundred pinned libraries: one to five minutes, by the network"
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.txt \
	  | awk '/^Collecting/ { print "    " $$2; fflush() }'
	@echo "3/3 the program itself"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
	@echo "ready: make demo, or $(BIN)/nhacviec --help"

demo: setup  ## the sandbox with a sample plan, on http://localhost:$(PORT)
	$(BIN)/nhacviec demo --port $(PORT)

test: setup check  ## every check: format, lint, types, tests; what drives whole programs, and the site, come last
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore tests/e2e --ignore tests/browser
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile tests/e2e tests/browser
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --engine postgresql $(ON_SERVER)
	$(BIN)/python -m tests.audit_pins
	$(MAKE) --no-print-directory docs

postgres: setup  ## what runs on PostgreSQL too: deeds, nudging, the whole program under kills
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --engine postgresql $(ON_SERVER)

audit: setup  ## whether a pinned library has a known vulnerability; says so where nothing can be looked up
	$(BIN)/python -m tests.audit_pins

bench: setup $(if $(filter scale,$(MAKECMDGOALS)),build/bench/.ready)  ## what things cost; `make bench files` or `scale` that alone
	SIZE=$(SIZE) $(BIN)/python -m tests.bench $(filter-out bench,$(MAKECMDGOALS))

files scale:  # scale: a province on both engines, SIZE=full a whole one
	@:

build/bench/.ready: tests/bench/peers.txt
	$(PYTHON) -m venv build/bench
	build/bench/bin/python -m pip install --quiet --disable-pip-version-check -r tests/bench/peers.txt
	touch $@

histories: setup  ## all figures compared over 10,000 random histories in memory and 1,000 by the deeds: minutes
	NHACVIEC_HISTORIES=10000 NHACVIEC_DEED_HISTORIES=1000 $(BIN)/python -m pytest -q --numprocesses 2 \
	  tests/handlers/reporting/test_pure_figures.py tests/services/reporting/test_figures_agree.py

faults: setup  ## faults at random on both engines for MINUTES, then hostile updates; ENGINE=sqlite, SEED=1
	$(BIN)/python -m tests.faults --minutes $(MINUTES) --engine $(ENGINE) --seed $(SEED)
	$(BIN)/python -m tests.faults.fuzz

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

pictures: setup  ## every picture in docs/pictures, taken anew from the running program
	$(BIN)/python -m tests.pictures

guides: setup  ## the two guides as printable PDF in build/guides
	$(BIN)/python -m tests.guides

learn: setup  ## domain/updates/learned_weights.py anew from the labelled lines: a minute
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-learn.txt
	$(BIN)/python -m tests.learning

docs: build/docs/tools/.ready  ## the documentation as a site in build/docs/site, built strictly
	build/docs/tools/bin/python -m tests.site

build/docs/tools/.ready: requirements-docs.txt
	$(PYTHON) -m venv build/docs/tools
	build/docs/tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.txt
	touch $@

release: setup  ## after make test: version, changelog, wheel and sdist, a commit (VERSION=0.2.0 DATE=2026-12-01)
	$(BIN)/python -m tests.release "$(VERSION)" "$(DATE)"

house: setup  ## draw the house anew in docs/architecture.md
	$(BIN)/python -m tests.house_map

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## pin what pyproject.toml asks for, with hashes and without naming a host (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group docs -o requirements-docs.txt
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group learn -o requirements-learn.txt

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
