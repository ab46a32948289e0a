# Five words: run, test, check, install, lock. Each needs nothing but Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes

.PHONY: run test check install lock help

help: ## say what each word does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/installed ## install what is needed and start the product
	$(BIN)/python -m engagement serve

test: $(VENV)/installed-for-tests ## install what the tests need and run them all
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/installed-for-tests ## look the code over: ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

install: $(VENV)/installed ## install what is needed, start nothing

lock: $(VENV)/installed-for-tests ## write the requirements files anew from pyproject.toml
	$(BIN)/python docs/make_lock.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "Common Thread needs Python 3.11 to 3.13; $(PYTHON) is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.11 run")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what Common Thread needs into $(VENV) (once; some minutes) ..."
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.txt $(VENV)/installed
	$(PIP) -r requirements-dev.txt
	@touch $@
