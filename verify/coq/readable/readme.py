"""The page that goes with a library: what is in it, how to compile and require it, and which theorem is which claim."""

from __future__ import annotations

from verify.coq.collection import Collection
from verify.coq.readable.library import Library
from verify.coq.readable.source import Source

TEXT = """# {title}, for Coq

A library of Coq: the quantities of the theory and its claims, translated from certificates that `verify` accepted. It
needs Coq 8.16 and its standard library, nothing else:

    coq_makefile -f _CoqProject -o Makefile && make

compiles it, and prints what the theorems assume (`{name}/Audit.v`). Then

    From {name} Require Import All.

in a file compiled with `coqc -Q Verify Verify -Q {name} {name} FILE.v` has everything; `{name}.Claims_T` has the claims
alone whose ids begin with T.

- `{name}/Definitions.v`: one Definition for each quantity. A symbol of one letter has its long name there.
- `{name}/Claims_*.v`: the claims, in reading order. `T1_defined` says of the theorem `T1` that all of its terms are
  defined: Coq's functions have values everywhere, 1/0 too. That a divisor in a hypothesis is not zero is a premise only
  where it does not plainly follow from the others.
- `{name}/Proofs/`: the theorems of the certificates, from which those are proved: in the normal form of the kernel,
  with quantities as variables that satisfy equations.
- `Verify/`: lemmas. What statements use of it is in `Verify/Statements.v` (`pw x y` is x to the power y, `is_int` says
  that a number is whole, `limit_oo` and `limit_0` are limits) and, for matrices, in `Verify/Matrices.v`.

That a statement about numbers says what the theory says is checked when it is written: it is parsed again, its
quantities are written out by their Definitions, and the result is compared with the claim.

| claim | theorems | file |
|---|---|---|
"""


def readme(made: Library, source: Source, collection: Collection) -> str:
    """The page of a library of a theory."""
    title = source.title or source.name or "Claims"
    order = [stated.id for stated in source.claims if stated.id in collection.claims]
    return TEXT.format(name=made.name, title=title[:1].upper() + title[1:]) + _table(made, collection, order)


def _table(made: Library, collection: Collection, order: list[str]) -> str:
    """Which theorem says which claim, and what is missing."""
    lines = []
    for claim in order:
        if claim in made.where:
            own = ", ".join(f"`{name}`" for name in made.theorems[claim])
            lines.append(f"| {claim} | {own} | `{made.name}/{made.where[claim]}.v` |")
        else:
            lines.append(f"| {claim} | `{collection.claims[claim]}` | `{made.name}/Proofs/` |")
    for title, missing in (("In normal form alone", made.left), ("Not translated", collection.missing)):
        if missing:
            lines += ["", f"{title}:", "", *(f"- {claim}: {why}" for claim, why in missing.items())]
    return "\n".join(lines) + "\n"
