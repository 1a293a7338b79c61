"""What ``verify export coq`` writes: the lemmas, the theorems and what Coq needs to compile them."""

from __future__ import annotations

from pathlib import Path

from verify.coq.collection import Collection, commented
from verify.coq.coqc import LIBRARY
from verify.coq.lemmas import NUMBERS, texts
from verify.coq.readable.library import Library, library, module
from verify.coq.readable.source import Source
from verify.coq.reals.replay import Node
from verify.coq.untranslated import Untranslated
from verify.runtime import files

README = """# {title}, for Coq

A library of Coq: the quantities of the theory and its claims, translated from certificates that `verify` accepted. It
needs Coq 8.16 and its standard library, nothing else:

    coq_makefile -f _CoqProject -o Makefile && make

compiles it, and prints what the theorems assume (`{name}/Audit.v`). Then

    From {name} Require Import All.

in a file compiled with `coqc -Q Verify Verify -Q {name} {name} FILE.v` has everything; `{name}.Claims_T` has the claims
alone whose ids begin with T.

- `{name}/Definitions.v`: one Definition for each quantity. A symbol of one letter has its long name there.
- `{name}/Claims_*.v`: the claims, in reading order. `T_defined` says of a theorem `T` that all of its terms are defined:
  Coq's functions have values everywhere, 1/0 too. A premise that nothing but a divisor is not zero is left out where it
  follows from the others.
- `{name}/Proofs/`: the theorems of the certificates, from which those are proved: in the normal form of the kernel, with
  quantities as variables that satisfy equations.
- `Verify/`: lemmas. What statements use of it is in `Verify/Statements.v` (`pw x y` is x to the power y, `is_int` says
  that a number is whole, `limit_oo` and `limit_0` are limits) and, for matrices, in `Verify/Matrices.v`.

That a statement about numbers says what the theory says is checked when it is written: it is parsed again, its
quantities are written out by their Definitions, and the result is compared with the claim.

| claim | theorems | file |
|---|---|---|
"""


def self_contained(certificate: Node, comment: str) -> str:
    """A certificate about numbers as one file that needs nothing but Coq; raises ``Untranslated``.

    The last theorem is the result; what it assumes is printed when the file is compiled.
    """
    collection = Collection()
    collection.add("the statement", certificate, comment)
    if collection.missing:
        raise Untranslated(collection.missing["the statement"].removeprefix("not translated (").removesuffix(")"))
    lines = ["From Coq Require Import Reals Lra Lia ZArith List Bool.", "Open Scope R_scope.", ""]
    for name, text in texts(NUMBERS[:-1]).items():
        kept = [line for line in text.splitlines() if not line.startswith(("From ", "Open Scope"))]
        lines += [
            f"Module {name}.",
            "Open Scope R_scope.",
            "\n".join(kept).strip(),
            f"End {name}.",
            f"Import {name}.",
            "",
        ]
    for theorem in collection.found.values():
        lines += [*([f"(** {commented(theorem.comment)} *)"] if theorem.comment else []), theorem.text]
    lines.append(f"Print Assumptions {collection.claims['the statement']}.")
    return "\n".join(lines) + "\n"


def write(collection: Collection, source: Source, directory: Path) -> list[Path]:
    """All files of an export, each written whole; those that are there are replaced."""
    name = module(source.name)
    proofs = f"{name}.Proofs"
    found = collection.parts(lambda number, _: f"Part{number:02}", proofs)
    made = library(source, collection, found, proofs)
    content = {f"Verify/{name}.v": text for name, text in texts((*LIBRARY, "Readable")).items()}
    content |= {f"{name}/Proofs/{part.module}.v": part.text for part in found}
    content |= {f"{name}/{file}.v": text for file, text in made.files.items()}
    content["_CoqProject"] = "\n".join([f"-Q Verify Verify\n-Q {name} {name}", *content]) + "\n"
    content["README.md"] = README.format(name=name, title=source.title or source.name or "Claims") + _table(made, collection)
    for file, text in content.items():
        files.write_below(directory / file, text)
    return [directory / file for file in content]


def _table(made: Library, collection: Collection) -> str:
    """Which theorem says which claim, and what is missing."""
    lines = []
    for claim, proved in collection.claims.items():
        if claim in made.where:
            own = ", ".join(f"`{name}`" for name in made.theorems[claim])
            lines.append(f"| {claim} | {own} | `{made.name}/{made.where[claim]}.v` |")
        else:
            lines.append(f"| {claim} | `{proved}` | `{made.name}/Proofs/` |")
    for title, missing in (("In normal form alone", made.left), ("Not translated", collection.missing)):
        if missing:
            lines += ["", f"{title}:", "", *(f"- {claim}: {why}" for claim, why in missing.items())]
    return "\n".join(lines) + "\n"
