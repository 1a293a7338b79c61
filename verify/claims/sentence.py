"""A sentence of a text that a theory is about, and what carries it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """``says``: the sentence in the theory's own words. ``claims``: ids, or patterns of ids, of what carries it.

    ``experiments``: names of runs that show it. ``weaker``: what the claims leave out; empty where they say all.
    ``motivation``: whether it states nothing that could be checked.
    """

    says: str
    claims: tuple[str, ...] = ()
    experiments: tuple[str, ...] = ()
    weaker: str = ""
    motivation: bool = False
