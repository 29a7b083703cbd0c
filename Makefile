# Everything is made in .venv, from the exact versions in constraints.txt.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help run test check format pictures bench clean

help:  ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/app  ## Open Offhand (ARGS="review --limit 5" for a command)
	@$(BIN)/offhand $(ARGS)

test: check  ## Run linters, types, layers and all tests
	$(BIN)/python -m pytest -q -n $(WORKERS) $(ARGS)

check: .venv/dev  ## Run linters, types and layers only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev  ## Format the code and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: .venv/dev  ## Draw the README's pictures anew
	$(BIN)/python docs/pictures.py

bench: .venv/dev  ## Run the benchmarks (a while)
	$(BIN)/python -m benchmarks

.venv/app: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Offhand needs Python 3.11, 3.12 or 3.13; found none."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev: .venv/app
	$(BIN)/python -m pip install -q --disable-pip-version-check 'pip>=25.1'
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt --group dev
	@touch $@

clean:  ## Remove what was made
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
