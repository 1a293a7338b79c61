# Two commands matter: `make check` verifies the whole theory, `make test` runs the tests; `make fast` those of them that
# take less than a minute together, which is what to run while writing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What `make check` checks: ids of claims, everything by default.
CLAIMS ?=
# More options for pytest.
PYTEST ?=

.PHONY: check test fast lint docs bench kernel clean

check: $(VENV)/.installed
	$(BIN)/verify check $(CLAIMS)

test: $(VENV)/.installed-for-tests
	$(BIN)/python -m pytest -n 2 --dist worksteal -rs --durations=20 $(PYTEST)

fast: $(VENV)/.installed-for-tests
	$(BIN)/python -m pytest -m fast -rs --durations=20 $(PYTEST)

lint: $(VENV)/.installed-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.installed-for-tests
	$(BIN)/python -m verify.language.grammar
	$(BIN)/python -m verify.reports.docs docs
	$(BIN)/python -m verify.papers.forms_page docs/latex.md

# What has to be trusted, as one file that needs nothing but Python: python -I kernel.pyz CERTIFICATE ...
kernel:
	$(PYTHON) -c "import zipapp; zipapp.create_archive('verify/kernel', 'kernel.pyz', filter=lambda p: p.suffix == '.py')"

bench: $(VENV)/.installed-for-tests
	$(BIN)/python benchmarks/sampling.py
	$(BIN)/python benchmarks/provers.py
	$(BIN)/python benchmarks/startup.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-for-tests: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint,smt,cluster,autodiff,site,graph,notebook]'
	touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) .verify .pytest_cache .hypothesis .mypy_cache .ruff_cache build *.egg-info kernel.pyz
