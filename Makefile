# Works on a bare Debian with Python 3.11 or later and make; everything else is set up here.
# Narrow any target with ARTICLE=name and LOCALE=fr.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
SYSTEM_PACKAGES := apertium apertium-eng-spa apertium-eng-cat apertium-fra-cat gettext chromium zsh hugo jekyll valgrind
ONLY := $(if $(ARTICLE),--article $(ARTICLE)) $(if $(LOCALE),--locale $(LOCALE))

.PHONY: help setup translate build status check test fuzz golden lint types verify bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/system.done ## make .venv, and install what translating and testing need

.venv/python.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "expected Python 3.11 or later, found: $$($(PYTHON) --version)"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tests/system-packages python3-venv
	@echo "setting up .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/system.done: .venv/python.done Makefile tests/system-packages
	@tests/system-packages $(SYSTEM_PACKAGES)
	@touch $@

.venv/languagetool.done: .venv/python.done
	@command -v java >/dev/null || tests/system-packages default-jre-headless
	@command -v mvn >/dev/null || tests/system-packages maven
	@$(BIN)/pipeline languagetool install
	@touch $@

.venv/generators.done: tests/generators/package-lock.json .venv/python.done
	@command -v node >/dev/null || tests/system-packages nodejs
	@command -v npm >/dev/null || tests/system-packages npm
	@echo "installing site generators …"
	@mkdir -p .venv/generators
	@cp tests/generators/package.json tests/generators/package-lock.json .venv/generators
	@npm ci --prefix .venv/generators --omit=peer --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

translate: setup ## split, merge, align, draft and build every article; ends with what is done
	@$(BIN)/pipeline run --drafts $(ONLY)

build: setup ## write articles and pages from the catalogues as they are
	@$(BIN)/pipeline build --drafts $(ONLY)

status: setup ## show what is reviewed, drafted and missing
	@$(BIN)/pipeline status $(ONLY)

check: setup ## proofread our own article; fails also where a file is out of date
	@$(BIN)/pipeline check $(ONLY)
	@for step in extract merge align; do $(BIN)/pipeline $$step --check --quiet $(ONLY) || \
		{ echo "catalogues are out of date: run make translate and commit"; exit 1; }; done

test: setup .venv/languagetool.done .venv/generators.done ## run all tests; nothing reaches the network
	@PIPELINE_OFFLINE=1 $(BIN)/pytest -n 2 --dist worksteal

fuzz: setup ## look for inputs that break a law, for MINUTES=5
	@PIPELINE_OFFLINE=1 $(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),5) \
		$(if $(LAW),--law $(LAW)) $(if $(SEED),--seed $(SEED))

golden: setup ## rewrite the expected files of the golden cases, to be reviewed with git diff
	@$(BIN)/python -m tests.golden_update

lint: setup ## format and lint
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: setup ## check the types
	@$(BIN)/mypy pipeline tests

verify: test lint types check ## all that must hold before a change is merged

bench: setup .venv/languagetool.done ## measure beside po4a, mdpo, translate-toolkit and language-tool-python
	@tests/system-packages po4a debian-handbook installation-guide-amd64 diatheke sword-text-kjv sword-text-sparv
	@$(BIN)/python -m tests.bench

lock: .venv/python.done ## resolve requirements.lock and the generators' package-lock.json anew
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --extra dev pyproject.toml -o requirements.lock
	@cd tests/generators && rm -f package-lock.json && npm install --package-lock-only \
		--omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean: ## delete what can be made again
	rm -rf .venv build .pipeline .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
