# The commands of the project. Each says what it does while it does it; `make help` lists them.

PYTHON ?= python3
VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check requirements prove reference messages fresh clean ready python

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: python ## set up what is missing and serve on 127.0.0.1 (PORT=8000)
	@exec $(PYTHON) tools/run.py

test: python ## set up what tests need, then run them all, on both databases and in a browser
	@exec $(PYTHON) tools/test.py $(ARGS)

check: python ## style, types, floors, migrations, security and assets
	@exec $(PYTHON) tools/check.py $(ARGS)

prove: python ## run the long proofs and write their figures to docs/proofs
	@exec $(PYTHON) tools/prove.py $(ARGS)

requirements: ready ## list every requirement with its tests, or "not yet"
	@$(VENV)/python tools/requirements_report.py

reference: ready ## write docs/reference anew from the procedures and rules
	@$(VENV)/python tools/make_reference.py
	@$(VENV)/python tools/make_tables.py
	@$(VENV)/python tools/make_tables.py

messages: ready ## collect the strings that people read into the message catalogues
	@$(VENV)/python tools/messages.py

fresh: reference messages ## bring everything generated up to date: reference, messages, lists
	@$(VENV)/python tools/make_lists.py

clean: ## remove what was built (never the data folder)
	rm -rf build .venv node_modules coregroup.egg-info .pytest_cache .mypy_cache .ruff_cache
	rm -rf .import_linter_cache .hypothesis
	find coregroup tools tests -name __pycache__ -prune -exec rm -rf {} +
	find coregroup -name '*.mo' -delete

ready: python
	@$(PYTHON) tools/ready.py

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || \
	  { echo "There is no $(PYTHON) here: install Python 3.11 or newer." >&2; exit 1; }
