# Two commands do all the set-up: make demo, make test. They need python3.11 with its venv module.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test lint dictionary clean

demo: $(INSTALLED)  ## start PostgreSQL, upgrade, ingest samples/ and show what can be asked of it
	$(BIN)/juesuan demo samples

test: $(INSTALLED)  ## run everything
	$(BIN)/ruff check .
	$(BIN)/python -m pytest

dictionary: $(INSTALLED)  ## write docs/data_dictionary.md from the comments in the database
	$(BIN)/python -m warehouse.dictionary docs/data_dictionary.md

lint: $(INSTALLED)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

$(INSTALLED): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV)
