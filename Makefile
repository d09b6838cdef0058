# Every command of the project. `make` alone lists them, in the groups that `##@` begins.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := .tools/bin/uv
# What runs commands on a server, where nothing is installed for them.
SITE_PYTHON ?= $(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON))
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
export HOST PORT
export DJANGO_SETTINGS_MODULE ?= config.settings.dev

##@ Run the site

help: ## List the commands
	@awk '/^##@ / { printf "%s%s\n", (n++ ? "\n" : ""), substr($$0, 5) } \
	  /^[a-z-]+:.*## / { split($$0, part, /:.*## /); printf "  %-20s%s\n", part[1], part[2] }' $(MAKEFILE_LIST)

run: setup ## Set up, load the content on first run, serve at http://127.0.0.1:8000
	@$(BIN)/python -m deploy.run

dev: setup ## The same with error pages that show details, and reloading on every change
	@DEBUG=1 $(BIN)/python -m deploy.run --reload

setup: $(VENV)/.installed $(CATALOGUES) ## Install the locked requirements into .venv

##@ Install on a server

# The values reach the installer in its environment; it keeps them for the next time.
stack: ## Install the whole site on this Debian machine, or upgrade it: make stack DOMAIN=<name> EMAIL_URL=<server> CERTIFICATE=<file> CERTIFICATE_KEY=<file>
	@python3 -m deploy.stack install $(if $(SUPERVISE),--supervise)

stack-restart: ## Restart it so that no reader waits, as after a change of its environment
	@python3 -m deploy.stack restart $(if $(SUPERVISE),--supervise)

containers-secrets: ## Write what the containers are told, with new secrets: make containers-secrets DOMAIN=<name> EMAIL_URL=<server>
	@python3 -m deploy.containers.secrets

##@ Back up and restore

# The values reach the shell in its environment: nothing in the name of a folder is read as a command.
backup: ## Write database and uploaded files into a new folder: make backup TO=<folder>, KEEP=14 keeps the latest
	@$(SITE_PYTHON) -m deploy.backup backup --to="$$TO" --keep="$$KEEP"

backup-keys: ## Write the keys that a backup needs, which never holds them: make backup-keys TO=<another folder>
	@$(SITE_PYTHON) -m deploy.backup backup-keys --to="$$TO"

restore: ## Restore a backup into an empty database and folder: make restore FROM=<folder of one backup>
	@$(SITE_PYTHON) -m deploy.backup restore --from="$$FROM" --without-keys="$$WITHOUT_KEYS"

##@ Check

lint: setup ## Check style, types, templates, style sheets, imports, migrations and translations
	@command -v npm >/dev/null && $(MAKE) --no-print-directory css || true
	@$(BIN)/python -m deploy.lint

test: setup ## Lint, then test on SQLite, PostgreSQL and in a browser
	@$(MAKE) --no-print-directory lint
	@command -v npm >/dev/null && $(MAKE) --no-print-directory typescript axe audits || true
	@$(MAKE) --no-print-directory wapiti || true
	@$(BIN)/python -m deploy.test

coverage: setup ## Run all tests and report which lines and branches none of them runs; as slow again
	@COVERAGE=1 $(BIN)/python -m deploy.test

test-fast: setup ## Test what needs neither engine nor browser nor patience, on SQLite, one case of each test
	@env -u DATABASE_URL -u ELASTICSEARCH_URL -u PYTHONDONTWRITEBYTECODE DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m pytest -q -n 2 --dist loadscope \
	  --one-case -m "not (slow or browser or java or elasticsearch or cluster or containers or nginx or postgresql or stack or typescript or stylelint or wapiti)"

# The names of single requests that failed before, which a run prints, are given as ONLY.
fuzz: setup ## Ask every route what nobody would, as all roles: make fuzz REQUESTS=100000 SEED=1
	@env REQUESTS="$${REQUESTS:-100000}" SEED="$${SEED:-$$(date +%s)}" DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m pytest -q -s -n 0 --tb=short --show-capture=no tests/integration/test_fuzz.py

# Each of its modules attacks for SECONDS; the tests give it 5.
scan: setup wapiti ## Attack the installed site for longer with the scanner Wapiti: make scan SECONDS=60
	@env SCAN_SECONDS="$${SECONDS:-60}" DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m pytest -q -s -n 0 tests/integration/test_stack.py -m wapiti

typescript: clients/typescript/node_modules/.installed ## Install the TypeScript compiler, which only the tests need

axe: tests/browser/axe/node_modules/.installed ## Install the accessibility checker, which only the browser tests need

audits: tests/browser/audits/node_modules/.installed ## Install Lighthouse and the Nu validator, which only the browser tests need

wapiti: .tools/wapiti/.installed ## Install the scanner that attacks the installed site, which only the tests need

css: deploy/css/node_modules/.installed ## Install the formatter and linter of the style sheets, which only the checks need

lighthouse: setup audits ## Measure the main types of page with Lighthouse, in three languages, on a site that runs
	@$(BIN)/python -m deploy.lighthouse

screenshots: setup ## Take pictures of every type of page and its states, in three languages, for phone and desktop, into var/screenshots
	@$(BIN)/python -m deploy.screenshots

##@ See what the site is made of

audit: ## Compare all that is installed with known holes: make audit ADVISORIES=<zip of advisories in the OSV format>
	@$(SITE_PYTHON) -m deploy.dependencies.audit "$$ADVISORIES"

sbom: ## List what the site runs with, and its licences, in var/sbom.json (CycloneDX)
	@$(SITE_PYTHON) -m deploy.dependencies.sbom

##@ Write what is made from the code

format: setup css ## Format Python and style sheets
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	deploy/css/node_modules/.bin/prettier --config deploy/css/.prettierrc.json --log-level warn --write "static/css/**/*.css"

messages: setup ## Collect the strings to translate into locale/ (needs gettext)
	$(BIN)/python -m deploy.messages

clients: setup ## Write the types of the Python and TypeScript clients from the OpenAPI document
	@$(BIN)/python -m clients.generate

environment-docs: setup ## Write the table of environment variables into docs/
	@$(BIN)/python -m deploy.environment_docs

lock: $(UV) ## Compile the locked requirements from pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/base.txt pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/base.txt --group test -o requirements/test.txt pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group lock -o requirements/uv.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group scan -o requirements/scan.txt

##@ Measure

benchmark: setup ## Time the main pages beside plain Wagtail's, and write docs/benchmark.md; ALL=1 runs all benchmarks
	@$(BIN)/python -m deploy.benchmarks.plain_wagtail
	@[ -z "$$ALL" ] || $(MAKE) --no-print-directory benchmark-api benchmark-growth benchmark-large benchmark-search benchmark-files benchmark-pages

benchmark-api: setup ## Time the API against stock Wagtail's, and what publishing costs
	@$(BIN)/python -m deploy.benchmarks.api

benchmark-growth: setup ## Time every public address with 1,000 contents a language and with 10,000
	@$(BIN)/python -m deploy.benchmarks.growth

benchmark-large: setup ## Time changes that touch thousands of contents: the answer, and the worker after it
	@$(BIN)/python -m deploy.benchmarks.large_changes

benchmark-releases: setup ## Time pages and API beside an earlier commit: make benchmark-releases BEFORE=<commit>
	@$(BIN)/python -m deploy.benchmarks.releases $(BEFORE)

benchmark-search: setup ## Time search among 100,000 documents, beside stock Wagtail's (needs ELASTICSEARCH_URL)
	@$(BIN)/python -m deploy.benchmarks.search

benchmark-files: setup ## Time nginx sending pictures as the application lets it, beside a plain folder (needs nginx, wrk)
	@$(BIN)/python -m deploy.benchmarks.files

benchmark-pages: setup ## Time kept pages beside a bare view, the page made anew, and nginx's own file (needs nginx, wrk)
	@$(BIN)/python -m deploy.benchmarks.page_cache

relevance: setup ## Measure how well judged queries are answered; RELEVANCE="--worst 10" passes arguments
	@$(BIN)/python -m deploy.relevance $(RELEVANCE)

##@ Engines of this machine

postgres: ## Start a PostgreSQL server of the project's own; stop: make postgres-stop
	@$(PYTHON) deploy/engines/postgres.py start

postgres-stop: ## Stop it
	@$(PYTHON) deploy/engines/postgres.py stop

elasticsearch: ## Start a real Elasticsearch node; stop: make elasticsearch-stop
	@$(PYTHON) deploy/engines/elasticsearch.py start

elasticsearch-stop: ## Stop it
	@$(PYTHON) deploy/engines/elasticsearch.py stop

##@ Clean up

clean: ## Remove the environment, the data and everything else that can be made again
	-@$(PYTHON) deploy/engines/postgres.py stop 2>/dev/null
	-@$(PYTHON) deploy/engines/elasticsearch.py stop 2>/dev/null
	rm -rf .venv .tools .engines .cache var clients/typescript/node_modules {tests/browser/axe,tests/browser/audits,deploy/css}/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

# uv installs fast; where the machine has none, it comes from its own hash-locked requirements.
$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv .tools || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.installed: requirements/test.txt $(UV)
	@[ -x $(BIN)/python ] || $(UV) venv --quiet --python "$$(command -v $(PYTHON))" $(VENV)
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(VENV) requirements/test.txt
	@touch $@

.tools/wapiti/.installed: requirements/scan.txt $(UV)
	@[ -x .tools/wapiti/bin/python ] || $(UV) venv --quiet --python "$$(command -v $(PYTHON))" .tools/wapiti
	@$(UV) pip sync --quiet --require-hashes --python .tools/wapiti requirements/scan.txt
	@touch $@

clients/typescript/node_modules/.installed: clients/typescript/package-lock.json
	@npm ci --prefix clients/typescript --silent --no-audit --no-fund
	@touch $@

tests/browser/axe/node_modules/.installed: tests/browser/axe/package-lock.json
	@npm ci --prefix tests/browser/axe --silent --no-audit --no-fund
	@touch $@

tests/browser/audits/node_modules/.installed: tests/browser/audits/package-lock.json
	@npm ci --prefix tests/browser/audits --silent --ignore-scripts --no-audit --no-fund
	@touch $@

deploy/css/node_modules/.installed: deploy/css/package-lock.json
	@npm ci --prefix deploy/css --silent --no-audit --no-fund
	@touch $@

%.mo: %.po $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --domain django

.PHONY: help run dev setup stack stack-restart containers-secrets backup backup-keys restore audit sbom coverage clients typescript axe audits wapiti css lighthouse screenshots test test-fast fuzz scan lint format messages benchmark benchmark-api benchmark-growth benchmark-large benchmark-releases benchmark-search benchmark-files benchmark-pages relevance environment-docs elasticsearch elasticsearch-stop postgres postgres-stop lock clean
