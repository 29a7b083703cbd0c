# Everything is made in .venv, from the exact versions in constraints.txt, with the newest Python
# that fits or with PYTHON=...; `make clean` before another one.
FITS := import ensurepip, sqlite3, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c '$(FITS)' >/dev/null 2>&1 && echo $$p && break; done)
UNFIT = Offhand needs Python 3.11, 3.12 or 3.13 with its venv and sqlite3 modules (on Debian and \
	Ubuntu: apt install python3-venv); $(if $(PYTHON),$(PYTHON) is not such a one,none was found).
BIN := .venv/bin
# Constraints hold for the tools that build Offhand too. -qq: what an index has to warn of is not
# what someone wants to read who waits for a program; errors are shown.
INSTALL := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
OR_STOP := || { echo "Not all packages could be installed; the reason is above. It needs a network, \
	this once; then try again." >&2; exit 1; }
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

# An environment works only where it was made, and with the Python that made it: .venv/app says
# where that was, and anything else there is made anew.
MADE_IN := $(shell test -x $(BIN)/python && cat .venv/app 2>/dev/null)
ifneq "$(MADE_IN)" "$(CURDIR)"
.PHONY: .venv/app
endif

.venv/app: pyproject.toml constraints.txt
ifneq "$(MADE_IN)" "$(CURDIR)"
	@"$(PYTHON)" -c '$(FITS)' >/dev/null 2>&1 || { echo "$(UNFIT)" >&2; exit 1; }
	@echo "Setting up .venv, once; half a minute on most machines."
	@"$(PYTHON)" -m venv --clear .venv
endif
	@$(INSTALL) -e . $(OR_STOP)
	@printf '%s\n' "$(CURDIR)" >$@

.venv/dev: .venv/app
	@echo "Adding what the tests need to .venv, once."
	@$(INSTALL) 'pip>=25.1' $(OR_STOP)
	@$(INSTALL) --group dev $(OR_STOP)
	@touch $@

clean:  ## Remove what was made
	rm -rf .venv .cache dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
