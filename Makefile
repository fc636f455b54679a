# Two commands do everything from a bare clone: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p && break; done)
VENV := .venv
DOCS := build/venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes
# For each Python and system at once (some packages are for newer Pythons alone), and without an index's address.
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --strip-extras

# A machine that forbids bytecode (containers often do) would have each process of the tests compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo run keygen test endure lint audit format bench soak docs pictures posts lock clean

help: ## lists these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/.runs ## Trellis and a whole small server in the browser, no account needed (RESET=1 starts over, FAST=1 plays twelve weeks)
	@$(PY) -m bot demo $(if $(RESET),--reset) $(if $(FAST),--fast) $(if $(PACE),--pace $(PACE)) $(if $(PORT),--port $(PORT))

run: $(VENV)/.runs ## the bot on Discord, with .env
	@$(PY) -m bot run

keygen: $(VENV)/.runs ## prints a new vault key for TRELLIS_KEY
	@$(PY) -m bot keygen

test: $(VENV)/.tests ## all tests: a real PostgreSQL, a real browser (BROWSER=none leaves that one out)
	@$(PY) -m pytest $(if $(ARGS),$(ARGS),-n 4 --dist worksteal)

endure: $(VENV)/.tests ## the long tier: 1,000 kills, 10,000 fuzz cases, an hour's soak (KILLS=, SEED=, FUZZ=, SOAK=none)
	@$(PY) -m tests.reliability --kills $(or $(KILLS),1000) $(if $(SEED),--seed $(SEED))
	@TRELLIS_FUZZ=$(or $(FUZZ),10000) $(PY) -m pytest tests/app tests/content -q -k "fuzz or random" --timeout 3600
	@$(if $(filter none,$(SOAK)),,$(if $(wildcard benchmarks/soak.py),$(PY) -m benchmarks.soak))

lint: $(VENV)/.tests ## style, types and the import rules
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

audit: $(VENV)/.tests ## whether a pinned dependency has a known vulnerability
	@$(PY) .ci/audit.py

format: $(VENV)/.tests ## puts the code into our format
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.tests ## the benchmarks, each a ratio against its floor in the same run (ONLY=ticks,burst, LONG=1, RUNS=3)
	@$(PY) -m benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(LONG),--long) $(if $(RUNS),--runs $(RUNS))

soak: $(VENV)/.tests ## the bot under a steady mixed load for an hour (MINUTES=20), and whether what it costs stays flat
	@$(PY) -m benchmarks.soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(RATE),--rate $(RATE))

docs: $(DOCS)/.docs ## the guides as a site in build/site; a broken link fails
	@$(DOCS)/bin/python .ci/site.py

pictures: $(VENV)/.tests ## takes the README's pictures anew from the running demo (PARTS=hard-moments takes those alone)
	@$(PY) -m tests.demo.pictures $(PARTS)

posts: $(VENV)/.tests ## plays a twelve-week plan and shows each of its posts in data/posts, as the page does
	@$(PY) -m tests.demo.posts data/posts

lock: $(VENV)/.tests ## pins the dependencies again, with hashes
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) --extra test --extra lint -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(LOCK) --group docs -o requirements-docs.lock

clean: ## takes away what was installed, built and cached; data/ stays
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Trellis needs Python 3.11 or newer; name one with: make demo PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
		then apt-get update -qq && apt-get install -y -qq python3-venv; \
		else echo "Python's venv module is missing; on Debian: sudo apt install python3-venv"; exit 1; fi
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: requirements.lock | $(VENV)/bin/python
	@echo "Installing what Trellis runs on into $(VENV) (about a minute, once) ..."
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.tests: requirements.lock requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing what the tests need into $(VENV) (a minute or two, once) ..."
	@$(PIP) -r requirements-dev.lock
	@touch $@ $(VENV)/.runs

$(DOCS)/.docs: requirements-docs.lock | $(VENV)/bin/python
	@echo "Installing what the site is built with into $(DOCS) (some seconds, once) ..."
	@$(PY) -m venv $(DOCS)
	@$(subst $(PY),$(DOCS)/bin/python,$(PIP)) -r requirements-docs.lock
	@touch $@
