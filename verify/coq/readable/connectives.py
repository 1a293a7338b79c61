"""What follows by connectives alone: from the normal form, which has ``and`` and ``or``, to a statement, and back."""

from __future__ import annotations

from collections.abc import Iterator

from verify.coq.readable import notation
from verify.kernel.reals.terms import RELATIONS, Formula, Term


def settled(given: list[Formula], wanted: Formula, proofs: list[str]) -> str:
    """A step that proves a formula from others that it follows from by its connectives, whatever its terms are.

    That is proved for variables in place of the terms, which Coq has no reason to look into.
    """
    sides: dict[Term, str] = {}
    abstract = [_with_variables(f, sides) for f in (*given, wanted)]
    own = {x: x for x in sides.values()}
    statement = " -> ".join(notation.formula(f, own, notation.IFF) for f in abstract)
    relations = dict.fromkeys(r for f in abstract[:-1] if not _simple(f) for r in _relations(f))
    decided = "".join(_decided(*r) for r in relations)
    for_all = f"forall {' '.join(own)} : R, " if own else ""
    return (
        f"refine ((_ : {for_all}{statement}) {' '.join(['_' for _ in own] + proofs)}); clear; intros; {decided}settle."
    )


def _with_variables(f: Formula, sides: dict[Term, str]) -> Formula:
    """A formula with a variable for each term of its relations."""
    if f[0] not in RELATIONS:
        return (f[0], *(_with_variables(a, sides) for a in f[1:]))
    return (f[0], *(sides.setdefault(t, f"y{len(sides) + 1}") for t in f[1:]))


def _simple(f: Formula) -> bool:
    """Whether a formula has the connectives of the normal form alone."""
    return f[0] in RELATIONS or (f[0] in ("and", "or") and all(map(_simple, f[1:])))


def _relations(f: Formula) -> Iterator[Formula]:
    if f[0] in RELATIONS:
        yield f
    else:
        for a in f[1:]:
            yield from _relations(a)


def _decided(op: str, a: str, b: str) -> str:
    """A step that asks whether a relation between two variables holds."""
    if op in ("==", "!="):
        return f"destruct (Req_dec {a} {b}); "
    return f"destruct (Rlt_or_le {' '.join((a, b) if op in ('<', '>=') else (b, a))}); "
