# `make help` lists the targets. Needs: GNU make, Python 3.11 or newer, Debian or Ubuntu for the
# system packages (elsewhere scripts/system-packages says what to install by hand).

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet

# A recipe that fails leaves no half-made stamp.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help site test check serve bench reproducible lock clean distclean deps dev-deps
.PHONY: system-site system-test FORCE

## Build the whole site; installs the locked dependencies and system packages first, if need be.
site: deps
	$(PY) -m site_builder build

## Run all checks: ruff, mypy --strict and pytest, with what they need installed first, Chromium too.
test: dev-deps
	$(PY) -m ruff check .
	$(PY) -m mypy --strict site_builder
	$(PY) -m pytest

## Check the data and texts without building the site.
check: deps
	$(PY) -m site_builder check

## Show the site on this machine, for a look in a browser.
serve: deps
	$(PY) -m site_builder serve

## Measure what reading, checking, building, PDFs and yearbooks cost.
bench: deps
	$(PY) -m site_builder bench
	$(PY) -m site_builder bench --pdf

## Build the last commit twice, in two clean clones, and compare the sites byte for byte.
reproducible: deps
	scripts/reproducible $(PY)

## Install what running the builder needs, and nothing that is there already.
deps: $(VENV)/.stamp-project | system-site

## Install what the tests need as well, and nothing that is there already.
dev-deps: $(VENV)/.stamp-dev | deps system-test

## Make both lock files again from the .in files; UPGRADE=1 takes newer indirect dependencies.
lock:
	@test -x .venv-lock/bin/uv || { $(check-python) && $(PYTHON) -m venv --clear .venv-lock; }
	.venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==0.13.8
	$(uv-compile) requirements.in -o requirements.lock
	$(uv-compile) requirements-dev.in -o requirements-dev.lock

## Remove what was built and what the tools left behind; .venv stays.
clean:
	rm -rf site build dist .cache test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis ./*.egg-info
	find . -name .git -prune -o -name '.venv*' -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

## Remove .venv as well: the next run installs everything anew.
distclean: clean
	rm -rf .venv .venv-lock

## List these targets.
help:
	@awk '/^## / { text = substr($$0, 4); next } \
	  /^[a-z-]+:/ && text != "" { sub(/:.*/, ""); printf "  make %-13s %s\n", $$0, text } \
	  { text = "" }' $(MAKEFILE_LIST)

# One set of versions for every supported Python, and no address of any registry in the locks.
uv-compile = UV_CUSTOM_COMPILE_COMMAND="make lock" .venv-lock/bin/uv --no-config pip compile --quiet \
  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

define check-python
{ $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo '需要 Python 3.11 或更高版本；可用 make PYTHON=python3.12 指定。'; \
  echo 'Python 3.11 or newer is needed; name one with make PYTHON=python3.12'; \
  exit 1; } >&2; }
endef

# The system packages are looked at on every run, which takes a moment only: what is on the
# machine can change behind a stamp's back. One after the other, for apt-get has a lock.
system-site:
	@PYTHON='$(PYTHON)' scripts/system-packages site

system-test: | system-site
	@PYTHON='$(PYTHON)' scripts/system-packages test

# The stamps lie in the venv, so they vanish with it. A venv whose Python has vanished is made anew.
$(VENV)/.stamp-venv: $(if $(realpath $(PY)),,FORCE) | system-site
	@$(check-python)
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.stamp-deps: requirements.lock $(VENV)/.stamp-venv
	$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.stamp-project: pyproject.toml $(VENV)/.stamp-deps
	$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp-deps | $(VENV)/.stamp-project
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

FORCE:
