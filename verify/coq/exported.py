"""What ``verify export coq`` writes: the lemmas, the theorems and what Coq needs to compile them."""

from __future__ import annotations

from pathlib import Path

from verify.coq import spaces
from verify.coq.collection import Collection, Part, commented
from verify.coq.coqc import LIBRARY
from verify.coq.lemmas import NUMBERS, texts
from verify.coq.reals.replay import Node
from verify.coq.untranslated import Untranslated
from verify.runtime import files

README = """# Theorems for Coq

`Verify/` has definitions and lemmas, `Theory/` the theorems, translated from certificates that `verify` accepted. They
need Coq 8.16 and its standard library, nothing else:

    coq_makefile -f _CoqProject -o Makefile && make

Everything is about Coq's classical real numbers; each file ends with a name for all of its theorems, so that `Print
Assumptions all_of_this_file.` says what they assume. In the statements `pw x y` is x to the power y
(`Verify/Powers.v`), `is_int` says that a number is whole, and that something is defined is a premise or a part of the
conclusion: Coq's functions have values everywhere, 1/0 too. Statements about vectors speak of every real inner product
space (`Verify/Spaces.v`), those about expectations of all random numbers and vectors with the properties in
`Verify/Chance.v`, and `sums a b f` is f a + ... + f b (`Verify/Ranges.v`).

| claim | theorem | file |
|---|---|---|
"""


def self_contained(certificate: Node, comment: str) -> str:
    """A certificate about numbers or vectors as one file that needs nothing but Coq; raises ``Untranslated``.

    The last theorem is the result; what it assumes is printed when the file is compiled.
    """
    collection = Collection()
    collection.add("the statement", certificate, comment)
    if collection.missing:
        raise Untranslated(collection.missing["the statement"].removeprefix("not translated (").removesuffix(")"))
    lines = ["From Coq Require Import Reals Lra Lia ZArith List Bool."]
    lines += ["From Coq Require Classical_Prop FunctionalExtensionality.", "Open Scope R_scope.", ""]
    vectors = spaces.NEEDED if spaces.HEAD in {theorem.head for theorem in collection.found.values()} else ()
    for name, text in texts((*NUMBERS[:-1], *vectors)).items():
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


def parts(collection: Collection) -> list[Part]:
    """The files of an export, with names for people."""
    return collection.parts(lambda number, _: f"Part{number:02}")


def write(collection: Collection, directory: Path) -> list[Path]:
    """All files of an export, each written whole; those that are there are replaced."""
    written = []

    def put(name: str, text: str) -> None:
        files.write_below(directory / name, text)
        written.append(directory / name)

    for name, text in texts(LIBRARY).items():
        put(f"Verify/{name}.v", text)
    found = parts(collection)
    for part in found:
        put(f"Theory/{part.module}.v", part.text)
    where = {theorem: part.module for part in found for theorem in part.theorems}
    rows = [f"| {claim} | `{name}` | `Theory/{where[name]}.v` |" for claim, name in collection.claims.items()]
    missing = [f"- {claim}: {why}" for claim, why in collection.missing.items()]
    table = "\n".join(rows) + "\n" + ("\nNot translated:\n\n" + "\n".join(missing) + "\n" if missing else "")
    put("README.md", README + table)
    sources = [f"Verify/{name}.v" for name in LIBRARY] + [f"Theory/{part.module}.v" for part in found]
    put("_CoqProject", "-Q Verify Verify\n-Q Theory Theory\n" + "\n".join(sources) + "\n")
    return written
