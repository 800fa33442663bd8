# Everything runs inside .venv, made from the lock files; nothing else on the machine is touched.
PYTHON ?= python3
BIN := .venv/bin
BOLT_PORT ?= 7687
HTTP_PORT ?= 7474
# Workers of the tests: one per core. What shares a server, a browser or the fixtures of its file stays on one of them,
# and what takes longest begins first (tests/conftest.py).
WORKERS ?= auto
PYTEST = $(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

.PHONY: help setup build run test test-core golden lint bench docs coverage neo4j gallery lock clean

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## make the environment

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "hrkb needs Python 3.11 or newer: make PYTHON=python3.12 setup")'
	@$(PYTHON) -m venv .venv || { echo "Could not make .venv: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	@echo "Installing packages into .venv (a minute or two the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

build: setup ## build the graph from the shipped snapshot
	@$(BIN)/hrkb build

run: build ## build the graph and open the app on it
	@$(BIN)/hrkb serve

lint: .venv/.ready-dev ## style, types, floors and circles between rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo

test: .venv/.ready-dev lint ## pass all tests (WORKERS=auto)
	@$(PYTEST)

test-core: .venv/.ready-dev ## pass those that take no minutes, no server and no browser
	@$(PYTEST) -m "not (long or server or browser)"

golden: .venv/.ready-dev build ## write the golden answers of the queries anew, and print what changed
	@PYTHONPATH=.:tests/support $(BIN)/python -m golden

neo4j: build ## a Neo4j server with the graph in it, and Neo4j Browser (Java, Maven; BOLT_PORT=, HTTP_PORT=)
	@$(BIN)/hrkb neo4j --bolt-port $(BOLT_PORT) --http-port $(HTTP_PORT)

bench: .venv/.ready-dev ## measure loading, scores, queries and their growth
	@$(BIN)/python benchmarks/spine.py

docs: .venv/.ready-dev ## make the generated pages of docs/ again
	@$(BIN)/python -m tools.docs

coverage: .venv/.ready-dev ## take the current graph for a good one: write the floors in data/coverage again
	@$(BIN)/python -m tools.coverage

gallery: .venv/.ready-dev build ## draw every page of the app into docs/gallery (Chromium)
	@$(BIN)/python -m tools.gallery

lock: .venv/.ready-dev ## resolve the lock files again
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev --extra py2neo -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and caches; built graphs stay in HRKB_HOME
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
