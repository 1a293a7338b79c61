# Two commands matter: `make check` verifies the whole theory, `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: check test lint docs bench clean

check: $(STAMP)
	$(BIN)/verify check --allow-inconclusive

test: $(STAMP)
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/python -m verify.report.docs docs

bench: $(STAMP)
	$(BIN)/python benchmarks/sampling.py

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) .verify .pytest_cache .hypothesis .mypy_cache .ruff_cache build *.egg-info
