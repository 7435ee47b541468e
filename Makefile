# Countersign. `make` lists what there is to do.
#
# Every target works on a machine that never saw the project: it needs Python 3.11 or newer.
# PORT, PORTAL_DATA and the other settings of the README are read from the environment.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test trust test-scale bench check unit postgresql browser format lock clean programs

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
# Under root on Debian a missing program is installed; anyone else is told the line to run.
APT := DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq
CAN_APT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null

# As many processes as there are cores; the tests of a file, and what it tells them, are in one.
SHARED := -n auto --maxprocesses 8 --dist loadfile
# What the run on SQLite has said already: rules about the code, the texts and the files.
KNOWS_NO_DATABASE := $(addprefix --ignore=tests/,test_house_rules.py test_docs.py test_templates.py core/test_assets.py core/test_canonical.py workshop)

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# What keeps files, sends letters or waits for jobs.
ROOMS_AT_SCALE := $(addprefix tests/,storage core cli mail notices threads feedback prototypes documents signoff browser)

run: .venv/ready  ## Set up, load the demo studio on the first run, serve on http://127.0.0.1:8000
	@.venv/bin/portal migrate
	@.venv/bin/portal demo --if-empty
	@exec .venv/bin/portal serve

test: programs check unit postgresql browser  ## Install what the tests need and run all of them

trust: .venv/test-ready programs  ## A thousand races and fifty crashes, on both databases
	$(PY) -m pytest tests/trust $(SHARED) --database=sqlite
	$(PY) -m pytest tests/trust $(SHARED) --database=postgresql

test-scale: .venv/test-ready programs  ## The rooms with files and jobs, on PostgreSQL, S3 and Redis
	$(PY) -m pytest $(ROOMS_AT_SCALE) $(SHARED) --database=postgresql --storage=s3 --queue=redis

bench: .venv/test-ready  ## Print the speed ladder; keep it in var/bench.json
	@$(PY) -m tests.bench

check: .venv/test-ready  ## Format, lint, types, import contracts
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --lint --quiet templates
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache

unit: .venv/test-ready  ## House rules, unit and HTTP tests, on SQLite
	$(PY) -m pytest -m "not browser and not trust" $(SHARED) --database=sqlite

postgresql: .venv/test-ready programs  ## The same on a throw-away PostgreSQL
	$(PY) -m pytest -m "not browser and not trust" $(SHARED) --database=postgresql $(KNOWS_NO_DATABASE)

browser: .venv/test-ready programs  ## Journeys in a real browser, phone and desk
	$(PY) -m pytest tests/browser $(SHARED)

format: .venv/test-ready  ## Format the code and mend what can be mended
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

lock: .venv/test-ready  ## Resolve the dependencies of pyproject.toml anew
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(PY) -m uv pip compile --universal --generate-hashes --upgrade --quiet pyproject.toml -o requirements.txt
	$(PY) -m uv pip compile --universal --generate-hashes --upgrade --quiet --group test pyproject.toml -o requirements-test.txt

clean:  ## Remove what was installed and cached; the data stays
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis test-results *.egg-info

programs:
	@need=; have() { for p; do command -v "$$p" >/dev/null && return; done; return 1; }; \
	have "$${PORTAL_CHROMIUM:-chromium}" chromium chromium-browser google-chrome || need="chromium"; \
	have initdb /usr/lib/postgresql/*/bin/initdb || need="$$need postgresql"; \
	have redis-server || need="$$need redis-server"; \
	if [ -z "$$need" ]; then :; \
	elif $(CAN_APT); then $(APT) update && $(APT) install --yes --no-install-recommends $$need; \
	else echo "The tests need$${need:+ }$$need. Run: sudo apt-get install $$need" >&2; exit 1; fi

.venv/ready: .venv/made requirements.txt Makefile
	@echo "Installing what Countersign needs (once)"
	@$(INSTALL) requirements.txt
	@$(LINK)
	@touch $@

.venv/test-ready: .venv/ready requirements-test.txt
	@echo "Installing what its tests need (once)"
	@$(INSTALL) requirements-test.txt
	@touch $@

.venv/made:
	@test -n "$(PYTHON)" || { echo "Countersign needs Python 3.11 or newer on the PATH." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(CAN_APT) && $(APT) update && \
		$(APT) install --yes --no-install-recommends python3-venv; } || \
		{ echo "Python's venv is missing. Run: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

# The project is linked into .venv, not built: a build would fetch a build backend outside the lock.
LINK = pwd > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/countersign.pth" && \
	printf '%s\n' '\#!/bin/sh' "'''exec' \"$$PWD/$(PY)\" \"\$$0\" \"\$$@\"" "' '''" 'import sys' \
		'from portal.cli import main' 'if __name__ == "__main__":' '    sys.exit(main())' \
		> .venv/bin/portal && chmod +x .venv/bin/portal
