# `make run` serves the demonstration register, `make test` proves that all works.
PYTHON ?= python3
BIN := .venv/bin

# The Python of .venv, else the one that makes it.
ANY_PYTHON = $(or $(wildcard $(BIN)/python),$(PYTHON))
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r
PIP := $(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r
NOT_INSTALLED = { echo "Packages could not be installed: see above. They come over the network from the" \
	"Python Package Index, or from the mirror that pip or uv is set up for."; exit 1; }

.PHONY: run dev production test check scoping mutants api-fuzz hostile bench costs throughput screenshots messages migrations \
	requirements sbom licences clean python port

run: port .venv/installed-local
	@$(BIN)/python -m registry_site.local run

dev: port .venv/installed-local
	@$(BIN)/python -m registry_site.local dev

# As an operator runs it, on one's own machine: behind its proxy. Needs nginx.
production: port .venv/installed-local
	@$(BIN)/python -m registry_site.local production

# So many processes share the tests, each whole modules; 0 shows what a single one does.
PROCESSES ?= 2
test: .venv/installed-development
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/installed-development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/hadolint Dockerfile
	$(BIN)/python -m registry_site.local.checks

# Removes the rules that keep the bodies apart, one after another: the tests must notice each.
# ONLY="part of a name" removes fewer.
scoping: .venv/installed-development
	$(BIN)/python -m tests.scoping $(if $(ONLY),"$(ONLY)")

# Puts small faults into the code, one after another, and lists those that no test notices; takes an
# hour or so. ONLY=a/module.py (or a pattern) tries fewer, TESTS=tests/test_some.py fewer tests,
# AGAIN=1 only those that survived last time.
# var/mutants.txt tells which test noticed what, tests/mutants/survivors.txt which may survive, and why.
EVERY ?= 1
mutants: .venv/installed-development
	$(BIN)/python -m tests.mutants $(ONLY) --tests "$(TESTS)" --every $(EVERY) $(if $(AGAIN),--again)

# Asks the API of a running site whatever its description allows, and much that it does not: 5,000
# requests and more. EXAMPLES=20 asks for fewer at each address, ARGS=--seed=1 for the same again.
EXAMPLES ?= 200
api-fuzz: .venv/installed-development
	$(BIN)/python -m tests.api_fuzz --examples $(EXAMPLES) $(ARGS)

# Asks every address, as each role, 10,000 times what nobody honest asks. A few minutes.
REQUESTS ?= 10000
hostile: .venv/installed-development
	HOSTILE_REQUESTS=$(REQUESTS) $(BIN)/python -m pytest tests/hostile --show-capture=no --tb=short $(ARGS)

# What pages cost with much data. ENTRIES=1000000 asks for more; DATASETTE= leaves the comparison out.
# Vectors of 100,000 entries take half an hour to make, the first time: MEANING= searches by words.
# ARGS=--only=search measures some pages only.
ENTRIES ?= 15000 100000
MEANING ?= --meaning
DATASETTE ?= --datasette
bench: .venv/installed-local
	@for entries in $(ENTRIES); do \
		$(BIN)/python -m registry_site.local.bench $$entries $(MEANING) $(DATASETTE) $(ARGS) || exit 1; \
	done

# Which requests cost most, and what the public waits meanwhile; takes ten minutes or so.
costs: .venv/installed-local
	@$(BIN)/python -m registry_site.local.costs

# How many pages a second the proxy gives, beside a file by a bare nginx, and how long those take that
# are made anew, beside Datasette (DATASETTE= leaves it out); needs nginx and wrk.
throughput: port .venv/installed-local
	@$(BIN)/python -m registry_site.local.throughput $(DATASETTE)

# Pictures of the key pages in docs/screenshots/; needs Chromium.
screenshots: .venv/installed-development
	$(BIN)/python -m tests.look.screenshots

# Collect the texts of the code into the catalogues; needs GNU gettext.
messages: .venv/installed-development
	$(BIN)/python -m registry_site.local.catalogues

# Write the migrations that changed models need; asks no database.
migrations: .venv/installed-local
	DATABASE_URL=postgres://none@localhost:1/none SECRET_KEY=none ALLOWED_HOSTS=none \
		$(BIN)/python -W ignore manage.py makemigrations $(ARGS)

# Pin the newest versions that requirements/*.in allow.
requirements: .venv/installed-local
	for name in installer production local development api-fuzz supply; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
			--python-version 3.11 requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

# The bill of materials of what the image installs (CycloneDX), in var/.
sbom: var/supply/installed
	@var/supply/bin/cyclonedx-py requirements requirements/production.txt --pyproject pyproject.toml \
		--output-reproducible --output-file var/sbom.cdx.json
	@echo "Written to var/sbom.cdx.json"

# Whether REUSE.toml tells the licence of every file.
licences: var/supply/installed
	@var/supply/bin/reuse lint --quiet || { var/supply/bin/reuse lint; exit 1; }

# Apart: nothing else needs these packages.
var/supply/installed: requirements/supply.txt .venv/bin/uv
	@$(BIN)/uv venv --quiet --clear var/supply
	@$(BIN)/uv pip install --quiet --python var/supply/bin/python --require-hashes -r $< || $(NOT_INSTALLED)
	@touch $@

clean:
	@[ ! -f var/postgres.location ] || rm -rf "$$(cat var/postgres.location)"
	rm -rf .venv var

# Said before anything is installed.
port: python
	@$(ANY_PYTHON) -m registry_site.local.port

python:
	@$(ANY_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed: make PYTHON=python3.12 …"; exit 1; }

.venv/bin/uv: | python
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python lacks venv. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@echo "Installing requirements/installer.txt"
	@$(PIP) requirements/installer.txt || $(NOT_INSTALLED)

# pip may do what uv cannot: it has its own settings for a mirror, and needs no home directory.
.venv/installed-%: requirements/%.txt .venv/bin/uv
	@echo "Installing $<"
	@$(UV) $< || $(PIP) $< || $(NOT_INSTALLED)
	@touch $@
