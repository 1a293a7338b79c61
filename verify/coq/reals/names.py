"""Identifiers of Coq for the names of a certificate."""

from __future__ import annotations

import re
from collections.abc import Collection

from verify.coq.lemmas import defined

# What the library or Coq's grammar uses, or what is made up in proofs: a variable never has such a name.
RESERVED = frozenset(
    """R S O I N Z IZR INR Ropp exp ln sqrt pw pe is_int limit_oo limit_0 tri up E PI sin cos tan Rabs Rmin Rmax conj
    eq le lt ge gt and or not True False cof contra nil cons list nat pow fun forall exists exists2 in at as if then
    else let match with end return using where Prop Set Type SProp fix cofix mod by for""".split()  # noqa: SIM905
)
MADE_UP = re.compile(r"[A-Za-z][0-9]+")  # H1, v2: as ``Script.fresh`` makes them


def spelled(name: str) -> str:
    """The letters, digits and underscores of a name; another character is written by its number.

    >>> spelled("N1.general"), spelled("α_2")
    ('N1_general', 'u3b1_2')
    """
    text = "".join(c if re.match(r"[A-Za-z0-9_]", c) else "_" if c in ".- '" else f"u{ord(c):x}" for c in name)
    return text if re.match(r"[A-Za-z]", text) else f"x{text}"


def variable(name: str, taken: Collection[str]) -> str:
    """An identifier for a variable, none of those that are taken.

    >>> variable("E", ()), variable("x1", ()), variable("a", {"a"})
    ('E_', 'x1_', "a'")
    """
    found = spelled(name)
    if found in RESERVED or found in defined() or MADE_UP.fullmatch(found) or found.endswith("_"):
        found += "_"
    while found in taken:
        found += "'"
    return found


def theorem(id: str) -> str:
    """The name of a theorem, in the form in which the kernel proves it."""
    return f"thm_{spelled(id)}"
