"""The files of lemmas in Coq that come with the program, and the names that they define."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

# Each behind those that it needs.
NUMBERS = (
    "Statements", "Signs", "Terms", "Integers", "Powers", "Axioms", "PowerAxioms", "Limits", "Enclosures", "Continuity",
    "Slopes", "Roots", "Residues", "Irrational", "Prelude",
)  # fmt: skip


def texts(names: Sequence[str]) -> dict[str, str]:
    """The texts of some files, by module."""
    folder = resources.files("verify.coq") / "library"
    return {name: (folder / f"{name}.v").read_text(encoding="utf-8") for name in names}


@cache
def defined() -> frozenset[str]:
    """What the files about numbers define: no variable of a theorem has such a name."""
    text = "".join(texts(NUMBERS).values())
    return frozenset(re.findall(r"\b(?:Lemma|Theorem|Definition|Fixpoint|Ltac|Inductive)\s+([A-Za-z_][\w']*)", text))
