"""Theorems about matrices under the names of their claims. Their statements are written for people as they are."""

from __future__ import annotations

VOCABULARY = "List List.ListNotations Sums Matrices"  # what their statements are written in


def restated(text: str, name: str, proved: str) -> str:
    """The statement of a theorem again, called ``name``, in a section that alone imports the vocabulary."""
    statement = text[text.index("\nTheorem ") : text.index("\nProof.")].strip()
    old = statement.split()[1]
    lines = [
        f"Section {name}_.",
        f"Import {VOCABULARY}.",
        "Open Scope R_scope.",
        statement.replace(f"Theorem {old} ", f"Theorem {name} ", 1),
        f"Proof. exact {proved}. Qed.",
        f"End {name}_.",
    ]
    return "\n".join(lines) + "\n"
