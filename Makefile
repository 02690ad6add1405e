# Works on a bare Debian with Python 3.11 or later and make; everything else is set up here.
# Narrow any target with ARTICLE=name and LOCALE=fr; ALLOW_LOSS=name goes on with make translate where most reviewed
# translations of an article become obsolete.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
APERTIUM := apertium apertium-eng-spa apertium-eng-cat apertium-fra-cat
SMALL_PARTS := gettext git
HEAVY_PARTS := hugo jekyll valgrind zsh
FAST := not slow and not heavy
REST := slow or heavy or hypothesis
ONLY := $(if $(ARTICLE),--article $(ARTICLE)) $(if $(LOCALE),--locale $(LOCALE))
FEW_PARTS := setup .venv/dev.done .venv/small-parts.done
ALL_PARTS := $(FEW_PARTS) .venv/heavy-parts.done .venv/languagetool.done .venv/generators.done
COMPILE := .venv/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --group build pyproject.toml
PYTEST := PIPELINE_OFFLINE=1 $(BIN)/pytest -n 2 --dist worksteal

.PHONY: help setup translate build status check test test-all fuzz mutants golden lint types docs picture wheel verify bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/python.done .venv/apertium.done ## create .venv, and install what translation needs

.venv/python.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "expected Python 3.11 or later, found: $$($(PYTHON) --version)"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tests/system-packages python3-venv
	@echo "setting up .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/apertium.done: Makefile tests/system-packages | .venv/python.done
	@tests/system-packages $(APERTIUM)
	@touch $@

.venv/dev.done: requirements-dev.lock .venv/python.done
	@echo "installing the tools for tests and checks …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/small-parts.done: Makefile tests/system-packages | .venv/python.done
	@tests/system-packages $(SMALL_PARTS)
	@touch $@

.venv/heavy-parts.done: Makefile tests/system-packages | .venv/python.done
	@tests/system-packages $(HEAVY_PARTS)
	@command -v chromium chromium-browser >/dev/null || tests/system-packages chromium
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

translate: setup ## extract, merge, align, draft and build every article; show the progress
	@$(BIN)/pipeline run --drafts $(ONLY) $(if $(ALLOW_LOSS),--allow-loss $(ALLOW_LOSS))
	@echo "pages: build/ has what may be published, preview/ all languages with their drafts"

build: .venv/python.done ## write articles and pages from the current catalogues
	@$(BIN)/pipeline build --drafts $(ONLY)
	@echo "pages: build/ has what may be published, preview/ all languages with their drafts"

status: .venv/python.done ## count reviewed, draft and missing translations
	@$(BIN)/pipeline status $(ONLY)

check: .venv/python.done ## check our own article, and that its files are up to date
	@$(BIN)/pipeline check $(ONLY)
	@for step in extract merge align; do $(BIN)/pipeline $$step --check --quiet $(ONLY) || \
		{ echo "catalogues are out of date: run make translate and commit"; exit 1; }; done

test: $(FEW_PARTS) ## run the quick tests, without the network
	@HYPOTHESIS_PROFILE=quick $(PYTEST) -m "$(FAST)"

test-all: $(ALL_PARTS) ## run the other tests: slow ones, and those with a browser, LanguageTool or generators
	@HYPOTHESIS_PROFILE=ci $(PYTEST) -m "$(REST)"

fuzz: .venv/dev.done .venv/small-parts.done ## search for inputs that break a property, for MINUTES=5
	@PIPELINE_OFFLINE=1 $(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),5) \
		$(if $(LAW),--law $(LAW)) $(if $(SEED),--seed $(SEED))

mutants: $(FEW_PARTS) ## break the modules that guard human words, and show what no test notices; MODULE=path is one
	@rm -rf mutants
	@ulimit -v 4000000; PIPELINE_OFFLINE=1 HYPOTHESIS_PROFILE=quick $(BIN)/mutmut run $(if $(MODULE),'$(subst /,.,$(MODULE:.py=)).*')
	@for mutant in $$($(BIN)/mutmut results | awk -F ': ' '$$2 != "not checked" {print $$1}'); do \
		$(BIN)/mutmut show "$$mutant"; done

golden: .venv/dev.done ## rewrite the expected files of the golden cases; review them with git diff
	@$(BIN)/python -m tests.golden_update

docs: .venv/dev.done ## build the documentation into site/; fails at a dead link
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

picture: .venv/dev.done ## draw the picture of the README anew
	@$(BIN)/python -m docs.picture

lint: .venv/dev.done ## format and lint
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: .venv/dev.done ## check the types, as on Windows and macOS, too
	@$(BIN)/mypy pipeline tests docs
	@$(BIN)/mypy --platform win32 pipeline
	@$(BIN)/mypy --platform darwin pipeline

wheel: .venv/python.done ## build the wheel, install it and run it; DIST=folder keeps the files
	@$(BIN)/python -m tests.wheel $(DIST)

verify: test test-all lint types docs check wheel ## run everything that must pass before a change is merged

bench: $(FEW_PARTS) .venv/languagetool.done ## compare with po4a, mdpo, translate-toolkit and language-tool-python
	@tests/system-packages po4a debian-handbook installation-guide-amd64 diatheke sword-text-kjv sword-text-sparv
	@$(BIN)/python -m tests.bench

lock: ## update the lock files of Python and of the site generators
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(COMPILE) -o requirements.lock
	@$(COMPILE) --extra import --extra dev --constraint requirements.lock -o requirements-dev.lock
	@cd tests/generators && rm -f package-lock.json && npm install --package-lock-only \
		--omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean: ## delete all generated files
	rm -rf .venv build preview dist site .pipeline .mypy_cache .ruff_cache .pytest_cache .hypothesis mutants *.egg-info
