# Two commands do all the set-up: make demo, make test. They need python3.11 with its venv module.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# The BI tool has an environment of its own: Superset needs older versions of libraries the project uses.
BI_VENV ?= .venv-bi
BI_HOME ?= $(BI_VENV)/superset
BI_INSTALLED := $(BI_VENV)/.installed

# Other readers of tables, for make bench only.
BENCH_VENV ?= .venv-bench
BENCH_INSTALLED := $(BENCH_VENV)/.installed

# Each worker of pytest starts a PostgreSQL of its own. WORKERS=0 runs the tests in one process, as a debugger needs it.
WORKERS ?= logical
PARALLEL := --numprocesses $(WORKERS)

.PHONY: demo test fast long lint dictionary bench bi bi-stop clean

demo: $(INSTALLED)  ## start PostgreSQL, upgrade, ingest samples/ and show what can be asked of it
	$(BIN)/juesuan demo samples

test: $(INSTALLED)  ## run everything
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(PARALLEL)

fast: $(INSTALLED)  ## style, types, and the tests that need no server, no other process and no corpus: under a minute
	$(BIN)/ruff check .
	$(BIN)/mypy
	JUESUAN_CORPUS= $(BIN)/python -m pytest $(PARALLEL) -q -m "not database and not slow"

long: $(INSTALLED)  ## what make test leaves out for its time: every variant
	JUESUAN_LONG=1 $(BIN)/python -m pytest $(PARALLEL) tests/variants

dictionary: $(INSTALLED)  ## write docs/data_dictionary.md and docs/checks.md from what is declared
	$(BIN)/python -m warehouse.schema.dictionary
	$(BIN)/python -m ingest.checks.documentation

lint: $(INSTALLED)  ## style and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(INSTALLED) $(BENCH_INSTALLED)  ## speed, on JUESUAN_CORPUS or samples/; BENCH='reading --rounds 5' for one part
	BENCH_PYTHON="$(abspath $(BENCH_VENV))/bin/python" $(BIN)/python -m benchmarks $(BENCH)

bi: $(INSTALLED) $(BI_INSTALLED)  ## Apache Superset with the dashboard 决算对比 on 127.0.0.1, and a picture of it
	$(BIN)/juesuan demo samples
	$(BIN)/juesuan ingest samples/forms/*
	JUESUAN_READER_URL="$$($(BIN)/juesuan db url --reader)" JUESUAN_BI_HOME="$(BI_HOME)" \
		$(BI_VENV)/bin/python docs/bi/superset/run.py up

bi-stop: $(BI_INSTALLED)
	JUESUAN_BI_HOME="$(BI_HOME)" $(BI_VENV)/bin/python docs/bi/superset/run.py stop

$(BI_INSTALLED): docs/bi/superset/requirements.txt
	$(PYTHON) -m venv $(BI_VENV)
	$(BI_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

$(BENCH_INSTALLED): benchmarks/requirements.txt
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

$(INSTALLED): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV)
