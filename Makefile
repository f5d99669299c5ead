# What somebody with a clone needs. `make help` lists it; docs/running.md explains.
python := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup tools run test check bench assets messages format

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: ## install what the product needs (part of run)
	@sh scripts/setup.sh

tools: ## install what tests and checks need (part of test, check and bench)
	@sh scripts/setup.sh --dev

run: setup ## serve on this machine: PORT=8000, LAN=1 (HTTPS for tills in the network), DEMO=0 (start empty)
	@PORT="$(PORT)" LAN="$(LAN)" DEMO="$(DEMO)" exec $(python) -m scripts.run

test: tools ## all tests: K=expression picks by name, ARGS="…" goes to pytest as it is
	@K="$(K)" exec $(python) -m scripts.test $(ARGS)

check: tools ## lint, types, import contracts, templates, migrations, sizes: ONLY="ruff mypy" picks steps
	@exec $(python) -m scripts.check $(ONLY)

# `make bench sale_post` hands the further goals over as names.
bench: tools ## measure: lines «name value unit»; make bench NAME… picks
	@exec $(python) -m bench $(filter-out bench,$(MAKECMDGOALS))

ifeq (bench,$(firstword $(MAKECMDGOALS)))
NAMES := $(filter-out bench,$(MAKECMDGOALS))
.PHONY: $(NAMES)
$(NAMES):
	@:
endif

assets: ## fetch the browser's third-party files anew (after a change to package-lock.json or static/icons.txt)
	@python3 scripts/assets.py

messages: tools ## collect the words of code and templates into locale/
	@$(python) -m scripts.messages extract

format: tools ## put imports in order and format
	@$(python) -m ruff check --select I --fix --quiet . && $(python) -m ruff format --quiet .
