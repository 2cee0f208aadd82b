# The habits of the house. `make` alone lists them.

export PORT ?= 8000
export DEMO = 1
export PYTHONWARNINGS ?=
# The tests are rewritten for their sentences: once, where Python may keep what it compiled.
unexport PYTHONDONTWRITEBYTECODE
ARGS ?=
TESTS = test

PY = .venv/bin/python
WORKERS = -n 2 --dist worksteal
# What two jobs say stays apart, where `make` can.
TIDY = $(if $(filter output-sync,$(.FEATURES)),--output-sync)
LOCK = .venv/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet
EMBEDDED = $(PY) -m untfsse.embedded
TEMPLATES = $$(find templates -name '*.html' | sort)
CODE = manage.py untfsse taskforce encyclopedia actionplan tests $(wildcard bench/*.py)

.DEFAULT_GOAL := help
.PHONY: help demo test test-all tests check lint types layers soak format carry-over backup \
        shell migrations lock sbom bench bench-http bench-admin bench-log port again

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: port .venv/.stamp  ## show the portal with the real records (PORT=8000)
	@$(PY) manage.py demo

test: .venv/.stamp  ## run the quick tests on a throw-away PostgreSQL, or on DATABASE_URL (ARGS=…)
	@$(PY) -m pytest $(WORKERS) -m 'not slow' $(ARGS)

test-all: .venv/.stamp  ## all tests: also those of half a second or more, and with a browser
	@$(PY) -m pytest $(WORKERS) $(ARGS)

soak: .venv/.stamp  ## let many writers write and partners follow for long (SOAK_SECONDS=600 SOAK_SEED=47)
	@SOAK_SECONDS=$${SOAK_SECONDS:-600} $(PY) -m pytest tests/test_soak.py $(ARGS)

check: .venv/.stamp  ## all that must be green before a commit (TESTS=test-all: as .ci/run does)
	@$(MAKE) --no-print-directory --jobs=2 $(TIDY) lint types tests

lint: .venv/.stamp  ## look for faults in code and templates
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@.venv/bin/djade --target-version 6.1 --check $(TEMPLATES)
	@$(PY) -m djlint --lint --quiet templates

format: .venv/.stamp  ## lay out code and templates as the house does
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .
	@.venv/bin/djade --target-version 6.1 $(TEMPLATES)

carry-over: .venv/.stamp  ## bring the records of `.local` from before the first release over
	@$(EMBEDDED) $(PY) manage.py carry_over

backup: .venv/.stamp  ## back the records of `.local` up into .local/backups
	@$(EMBEDDED) $(PY) manage.py backup

shell: .venv/.stamp  ## a Python shell with the models, on the demo's records
	@$(EMBEDDED) $(PY) manage.py shell

migrations: .venv/.stamp  ## make a migration (APP=taskforce NAME=add_meeting_link)
	@test -n "$(APP)" -a -n "$(NAME)" || { \
	    echo 'Name it by hand: make migrations APP=taskforce NAME=add_meeting_link'; exit 1; }
	@$(EMBEDDED) $(PY) manage.py makemigrations $(APP) --name $(NAME)

lock: .venv/.stamp  ## write the locks anew from pyproject.toml (ARGS=--upgrade)
	@$(LOCK) --group dev $(ARGS) -o requirements.txt
	@$(LOCK) --no-annotate --constraints requirements.txt -o deploy/requirements.txt
	@! grep -n '://' requirements.txt deploy/requirements.txt || { \
	    echo 'A lock must name no registry.'; exit 1; }

sbom: .venv/.stamp  ## list what production installs, as CycloneDX, in .local/sbom.json
	@mkdir -p .local
	@PYTHONWARNINGS=ignore .venv/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application \
	    --output-reproducible --output-file .local/sbom.json deploy/requirements.txt

bench: .venv/.stamp  ## measure the public pages, on a throw-away PostgreSQL (ARGS=…)
	@$(EMBEDDED) --throw-away $(PY) -m bench $(ARGS)

bench-http: .venv/.stamp  ## measure answers over HTTP beside a bare view (ARGS="57 1000")
	@$(EMBEDDED) --throw-away $(PY) -m bench.http $(ARGS)

bench-admin: .venv/.stamp  ## measure the back office likewise (ARGS=10000)
	@$(EMBEDDED) --throw-away $(PY) -m bench.admin $(ARGS)

bench-log: .venv/.stamp  ## measure what the log of public changes adds to writing (ARGS=10000)
	@$(EMBEDDED) --throw-away $(PY) -m bench.log $(ARGS)

# --- The parts of `make check` -------------------------------------------------------------

# With a linter done the tests begin beside the types, and say at once how they get on.
tests: .venv/.stamp
	@$(MAKE) --no-print-directory $(if $(TIDY),--output-sync=none) $(TESTS)

types: .venv/.stamp
	@$(PY) -m mypy $(CODE)

# The tests hold it too, like missing migrations and a deployment without a warning.
layers: .venv/.stamp
	@.venv/bin/lint-imports --no-logo

# --- A bare machine ------------------------------------------------------------------------

# The first Python that is new enough and complete; pyenv's shims follow .python-version.
define FIND_PYTHON
set +e
for python in python3 python3.13 python3.14 python3.12 "$$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
    "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
    python=
done
if [ -z "$$python" ]; then
    echo 'No Python of at least 3.12 with its venv module was found.' >&2
    echo 'Install one (python.org, pyenv, or your system: python3.13 and python3.13-venv), then start again.' >&2
    exit 1
fi
set -e
endef
export FIND_PYTHON

define PREPARE
eval "$$FIND_PYTHON"
if [ -e .venv ] && ! { .venv/bin/python -m pip --version && [ ! -e .venv/.stamp -o "$$(cat .venv/.stamp)" = "$$PWD" ]; } >/dev/null 2>&1; then
    rm -rf .venv
fi
if [ ! -e .venv ]; then
    echo "Making .venv with $$("$$python" --version)"
    "$$python" -m venv .venv
fi
echo 'Installing the locked packages (a minute or two, once)'
if ! .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.txt; then
    echo 'The packages could not be installed: the reason is above. Is there a network, and space on the disk?' >&2
    exit 1
fi
echo "$$PWD" > .venv/.stamp
endef
export PREPARE

# Asked before anything slow.
port:
	@sh -c 'eval "$$FIND_PYTHON"; exec "$$python" untfsse/port.py "$$PORT"'

.venv/.stamp: requirements.txt $(if $(shell .venv/bin/python -c 'import pip' 2>/dev/null && grep -sqxF '$(CURDIR)' .venv/.stamp && echo sound),,again)
	@sh -ec 'eval "$$PREPARE"'

again:
