# Everything a person does with Loggia. Each target sets up by itself what it needs, from Python 3.11, git and make.

PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
RUN = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run dev test faults fuzz planted mutants lint format demo bench clean

help:          ## This list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

run: .venv/run.stamp  ## Serve on http://127.0.0.1:8000 (HOST, PORT, DATA_DIR, DATABASE_URL, REDIS_URL, WORKERS)
	@exec $(RUN) manage.py serve

dev: .venv/dev.stamp  ## Serve with reloading, for work on Loggia itself
	@DEBUG=1 $(RUN) manage.py migrate --verbosity 0
	@DEBUG=1 exec $(RUN) manage.py runserver $(or $(HOST),127.0.0.1):$(or $(PORT),8000)

test: .venv/dev.stamp node_modules/.stamp  ## All checks and tests, as the CI runs them; make test ONLY=style,unit for some
	@$(RUN) -m tests.run $(subst $(comma), ,$(ONLY))

faults: .venv/dev.stamp  ## The fault tests at full length: half an hour and more, figures included
	@FAULTS=long $(RUN) -m pytest -q -s tests/faults tests/content tests/chat/commands/test_undo_anything.py $(if $(ONLY),-k '$(ONLY)')

fuzz: .venv/dev.stamp  ## A million texts for the command language: no fault, and none takes 20 ms (COUNT, SEED)
	@$(RUN) -m tests.fuzz $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

planted: .venv/dev.stamp  ## Plant bugs into a copy, one by one: a test has to catch each
	@$(RUN) -m tests.mutation.planted

mutants: .venv/dev.stamp  ## Change the code that matters most a little, over and over: the tests have to notice
	@$(RUN) -m tests.mutation.mutants

lint: .venv/dev.stamp node_modules/.stamp  ## The quick half of `make test`: style, types, imports, templates, JavaScript
	@$(RUN) -m tests.run lint

format: .venv/dev.stamp  ## Put Python and templates in order
	@.venv/bin/ruff format
	@.venv/bin/ruff check --fix --quiet || true

demo: .venv/run.stamp  ## Fill the workspace in DATA_DIR with a sample team
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py demo

bench: .venv/dev.stamp  ## Measure this product, the tutorial's consumer and a bare server, side by side
	@$(RUN) -m bench

clean:         ## Remove what was built; your data stay
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

comma := ,

.venv/made.stamp:
	@echo "Making .venv"
	@.ci/venv $(PYTHON)
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements.txt constraints.txt
	@echo "Installing what Loggia is built on"
	@$(PIP) install --constraint constraints.txt --requirement requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing what the tests need"
	@$(PIP) install --constraint constraints.txt --requirement requirements-dev.txt
	@touch $@

node_modules/.stamp: .venv/dev.stamp package.json package-lock.json
	@echo "Installing what checks the JavaScript"
	@$(RUN) -m tests.node npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
