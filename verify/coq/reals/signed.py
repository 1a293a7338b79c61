"""Proofs of signs put together: products, sums, powers and inverses, each by one lemma of ``library/Signs.v``.

A set of signs is written by a letter: p positive, n negative, z zero, P not negative, N not positive, x not zero, a
any. The lemma for a product of what is P and what is n is ``mul_Pn``, and so on.
"""

from __future__ import annotations

from typing import NamedTuple

from verify.kernel.reals.run import ANY, Signs

LETTERS = {
    frozenset({1}): "p",
    frozenset({-1}): "n",
    frozenset({0}): "z",
    frozenset({0, 1}): "P",
    frozenset({-1, 0}): "N",
    frozenset({-1, 1}): "x",
}
STATED = {"p": "(0 < {})", "n": "({} < 0)", "z": "({} = 0)", "P": "(0 <= {})", "N": "({} <= 0)", "x": "({} <> 0)"}
WANTED = {"<": "p", "<=": "P", "!=": "x", "==": "z"}  # of b - a, for a REL b


class Signed(NamedTuple):
    """The signs that some term can have, and a proof; of any sign there is nothing to prove."""

    signs: Signs
    proof: str

    @property
    def letter(self) -> str:
        return LETTERS.get(self.signs, "a")

    def stated(self, text: str) -> str:
        """What is proved of a term that is written so."""
        return STATED[self.letter].format(text) if self.letter != "a" else "True"


UNKNOWN = Signed(ANY, "I")
ONE = Signed(frozenset({1}), "Rlt_0_1")


def times(a: Signed, b: Signed) -> Signed:
    """Of a product."""
    signs = frozenset(u * v for u in a.signs for v in b.signs)
    if signs == ANY:
        return UNKNOWN
    return Signed(signs, f"(mul_{a.letter}{b.letter} _ _ {a.proof} {b.proof})")


def plus(a: Signed, b: Signed) -> Signed:
    """Of a sum, as the kernel adds them; unknown where one is positive and one negative."""
    signs = a.signs | b.signs if 0 in a.signs and 0 in b.signs else frozenset((a.signs | b.signs) - {0})
    if {1, -1} <= signs or "a" in (a.letter, b.letter):
        return UNKNOWN
    return Signed(signs, f"(add_{a.letter}{b.letter} _ _ {a.proof} {b.proof})")


def power(a: Signed, text: str, e: int) -> Signed:
    """Of a power with a natural exponent e > 0 of a term that is written ``text``."""
    if e == 1:
        return a
    signs = frozenset(v**e for v in a.signs)
    if signs == ANY:
        return UNKNOWN
    if a.letter == "z" and e % 2 == 0:
        return Signed(signs, f"(even_z {e // 2 - 1} {text} {a.proof})")
    return Signed(signs, f"({'odd' if e % 2 else 'even'}_{a.letter} {e // 2} {text} {a.proof})")


def inverse(a: Signed) -> Signed:
    """Of 1/a."""
    return a if a.letter == "a" else Signed(a.signs, f"(inv_{a.letter} _ {a.proof})")


def weakened(a: Signed, wanted: str) -> str:
    """A proof of the weaker sign that a letter stands for."""
    return a.proof if a.letter == wanted else f"(weak_{a.letter}{wanted} _ {a.proof})"
