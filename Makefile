# What one does with this project. `make help` lists it; PORT, HOST, DATA_DIR and DATABASE_URL come from the environment.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/sh

SYSTEM_PYTHON ?= python3
PYTHON := .venv/bin/python
JOBS ?= 2
PORT ?= 8000
DATA_DIR ?= instance
export PORT DATA_DIR

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))
LOCK := pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
KEYWORDS := _ gettext ngettext:1,2 lazy_gettext lazy_ngettext:1,2 pgettext:1c,2 lazy_pgettext:1c,2

.PHONY: help
help: ## List what can be done
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

.PHONY: install
install: ## Make the environment that runs the product, and compile the translations
	@$(SYSTEM_PYTHON) scripts/environment.py requirements.txt
	@$(MAKE) --no-print-directory catalogues

.PHONY: install-tests
install-tests:
	@$(SYSTEM_PYTHON) scripts/environment.py requirements-dev.txt
	@$(MAKE) --no-print-directory catalogues

.PHONY: catalogues
catalogues: $(CATALOGUES)
	@:

# Written aside, then put in place: another copy may be starting from the same folder.
%.mo: %.po
	@$(PYTHON) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@.$$$$ && mv $@.$$$$ $@

.PHONY: run
run: install ## Start the product with its demo town: pages and worker, on PORT (8000), data in DATA_DIR (instance)
	@exec $(PYTHON) -m participation.serving --demo --stop-with-parent

.PHONY: demo
demo: run ## The same as run

.PHONY: test
test: install-tests ## Run all the tests: everything on SQLite, all but the browser again on PostgreSQL
	@scripts/test

.PHONY: deep
deep: install-tests ## The same tests with full rounds (an hour and a half)
	@scripts/test --rounds=full

.PHONY: check
check: install-tests ## What must hold before a change is merged: style, types, imports, templates, translations, tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/python -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PYTHON) -m djlint participation --lint --quiet
	$(PYTHON) scripts/check_catalogues.py
	@$(MAKE) --no-print-directory test

.PHONY: format
format: install-tests ## Put the Python code in shape
	$(PYTHON) -m ruff check --fix-only --quiet .
	$(PYTHON) -m ruff format .

.PHONY: bench
bench: install ## Measure the pages against the limits of this machine, into bench/results.json
	$(PYTHON) -m bench.run

.PHONY: lock
lock: ## Renew the pinned requirements from pyproject.toml (needs uv); UPGRADE=1 takes newer versions
	uv $(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.txt
	uv $(LOCK) $(if $(UPGRADE),--upgrade) --extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt

.PHONY: translations
translations: install-tests ## Collect the sentences of code and templates into the French and English catalogues
	$(PYTHON) -m babel.messages.frontend --quiet extract --mapping-file babel.cfg --no-default-keywords \
		$(addprefix --keyword=,$(KEYWORDS)) --add-comments=Translators: --add-location=file --sort-output --width=100 \
		--project=participation --version= --copyright-holder= --header-comment="# Sentences of the product." \
		--output-file translations/messages.pot .
	for language in fr en; do \
		$(PYTHON) -m babel.messages.frontend --quiet update --init-missing --no-fuzzy-matching --ignore-obsolete \
			--ignore-pot-creation-date --width=100 --locale $$language \
			--input-file translations/messages.pot --output-dir translations || exit 1; \
	done
	$(PYTHON) scripts/fill_english.py
	@$(PYTHON) scripts/check_catalogues.py || echo "Translate these in translations/fr/LC_MESSAGES/messages.po, then run it again."

.PHONY: migration
migration: install ## Write a migration from the models: make migration NAME="add appeals"
	DEMO=1 $(PYTHON) -m flask --app participation.app db migrate -m "$(NAME)"

.PHONY: styles
styles: ## Compile the design system's style sheet again (needs node, only when its version changes)
	sh scripts/styles
