"""Where jax is missing it is said what to install; where it is there, it runs on one thread."""

from __future__ import annotations

import os

import pytest

from theory.maml_erm.images import autodiff
from verify.runtime.errors import BadInput


def test_a_missing_jax_is_bad_input_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autodiff, "find_spec", lambda _: None)
    with pytest.raises(BadInput, match=r"pip install 'maml-erm-theory\[autodiff\]'"):
        autodiff.prepare()


def test_flags_are_added_once_to_those_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autodiff, "find_spec", lambda _: object())
    monkeypatch.setenv("XLA_FLAGS", f"--other=1 {autodiff.FLAGS[0]}")
    monkeypatch.setenv("JAX_PLATFORMS", "cpu")
    for _ in range(2):
        autodiff.prepare()
    assert os.environ["XLA_FLAGS"].split() == ["--other=1", *autodiff.FLAGS]
