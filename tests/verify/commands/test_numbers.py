"""Numbers from outside: options, parameters and results that are no number, too long, or out of range."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from theory.maml_erm.experiments.threshold import PARAMETERS
from verify import cli
from verify.commands.numbers import Real, Whole, long_numbers
from verify.runtime.errors import BadInput
from verify.statistics.parameters import settings_of

LONG = "9" * 5_000
FRESH = ["rho_E=2", "rho_H=1", "alpha=1/3", "d=3", "m=7", "p=1/3"]


def numeric() -> Iterator[tuple[str, click.Option]]:
    for name, command in cli.cli.commands.items():
        for option in command.params:
            if isinstance(option.type, click.types.FloatParamType | click.types.IntParamType):
                yield name, option


NUMERIC = list(numeric())
NEEDED = {"prove": ["x^2 >= 0"], "paper": ["none.tex"], "simulate": ["threshold"]}


def test_every_numeric_option_is_of_a_shared_kind():
    assert {option.name for _, option in NUMERIC} >= {"timeout", "work", "workers", "seed", "seconds"}
    assert all(type(option.type) in (Real, Whole) for _, option in NUMERIC)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "1e999", "x", "", LONG, "0x10"])
@pytest.mark.parametrize("name, option", NUMERIC, ids=[f"{name} {option.name}" for name, option in NUMERIC])
def test_a_number_that_is_none_is_one_clear_error(name, option, value):
    done = CliRunner().invoke(cli.cli, [name, *NEEDED.get(name, []), f"{option.opts[0]}={value}"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert option.opts[0] in done.stderr and len(done.stderr) < 400


def test_a_number_in_range_is_taken():
    done = CliRunner().invoke(cli.cli, ["prove", "x^2 >= 0", "--timeout", "2e1"])
    assert done.exit_code == 0 and done.stdout.startswith("proved")


def test_parameters_of_an_experiment_are_read_before_they_are_large():
    assert settings_of(PARAMETERS, ["d=10,1e3"])["d"] == (10, 1000)
    for text in ("d=1e999999999", "d=nan", f"d={LONG}", "delta=1e-999999999", "d=1/0", "d="):
        with pytest.raises(BadInput) as caught:
            settings_of(PARAMETERS, [text])
        assert len(str(caught.value)) < 300


def test_a_long_result_is_printed_whole():
    done = CliRunner().invoke(cli.cli, ["eval", "sigma.fresh", *FRESH, "K=3000"])
    assert done.exit_code == 0, done.output
    text = done.stdout.split()[0]
    assert len(text) > 5_000 and set(text) <= set("0123456789/")
    data = json.loads(CliRunner().invoke(cli.cli, ["eval", "sigma.fresh", *FRESH, "K=3000", "--json"]).stdout)
    assert data["value"] == text
    with long_numbers():
        above, below = map(int, text.split("/"))
    assert (above * 10**430) // below == 2  # 2.165... 10^-430
    with pytest.raises(ValueError, match="4300 digits"):
        str(10**5_000)  # the limit is back in place


def test_a_result_that_is_too_long_is_refused_before_it_is_computed():
    done = CliRunner().invoke(cli.cli, ["eval", "sigma.fresh", *FRESH, "K=999999999999"])
    assert isinstance(done.exception, BadInput)
    assert "more than 100,000 digits" in str(done.exception) and "smaller K" in str(done.exception)


@pytest.mark.parametrize("number", [LONG, f"1/{LONG}", "1e5000", f"0.{LONG}"])
def test_a_number_of_five_thousand_digits_is_one_clear_error(number):
    for arguments in (["eval", "kappa", f"rho_E={number}"], ["prove", f"x >= {number}"]):
        done = CliRunner().invoke(cli.cli, arguments)
        assert isinstance(done.exception, BadInput)
        assert "digits" in str(done.exception) and len(str(done.exception)) < 400


DECORATED = """
from verify.testing.agreement import agrees_with

right = agrees_with("kappa", examples=5)(lambda rho_H, rho_E, p: (1 - p) * rho_E / (p * rho_H))
right()
for wrong in (lambda **point: 0.0, lambda **point: float("nan")):
    try:
        agrees_with("kappa", examples=5)(wrong)()
    except AssertionError as error:
        print(str(error).split(" at ")[0])
"""


def test_a_wrong_function_is_found_without_asserts_too():
    """python -O leaves asserts out."""
    for flags in ([], ["-O"]):
        done = subprocess.run([sys.executable, *flags, "-c", DECORATED], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["kappa", "kappa"]
