"""What ``verify export coq`` writes: the lemmas, the theorems and what Coq needs to compile them."""

from __future__ import annotations

from pathlib import Path

from verify.coq import spaces
from verify.coq.collection import Collection, commented
from verify.coq.lemmas import NUMBERS, texts
from verify.coq.readable.library import library, module
from verify.coq.readable.readme import readme
from verify.coq.readable.source import Source
from verify.coq.reals.replay import Node
from verify.coq.untranslated import Untranslated
from verify.runtime import files


def self_contained(certificate: Node, comment: str) -> str:
    """A certificate about numbers or vectors as one file that needs nothing but Coq; raises ``Untranslated``.

    The last theorem is the result; what it assumes is printed when the file is compiled.
    """
    collection = Collection()
    collection.add("the statement", certificate, comment)
    if collection.missing:
        raise Untranslated(collection.missing["the statement"].removeprefix("not translated (").removesuffix(")"))
    lines = ["From Coq Require Import Reals Lra Lia ZArith List Bool."]
    lines += ["From Coq Require Classical_Prop FunctionalExtensionality Znumtheory Zpow_facts."]
    lines += ["Open Scope R_scope.", ""]
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


def write(collection: Collection, source: Source, directory: Path) -> list[Path]:
    """All files of an export, each written whole; those that are there are replaced."""
    name = module(source.name)
    proofs = f"{name}.Proofs"
    found = collection.parts(lambda number, _: f"Part{number:02}", proofs)
    made = library(source, collection, found, proofs)
    lemmas = (*collection.library, "Readable")
    content = {f"Verify/{lemma}.v": text for lemma, text in texts(lemmas).items()}
    content |= {f"{name}/Proofs/{part.module}.v": part.text for part in found}
    content |= {f"{name}/{file}.v": text for file, text in made.files.items()}
    content["_CoqProject"] = "\n".join([f"-Q Verify Verify\n-Q {name} {name}", *content]) + "\n"
    content["README.md"] = readme(made, source, collection)
    for file, text in content.items():
        files.write_below(directory / file, text)
    return [directory / file for file in content]
