"""Variables of a statement: bound in it, introduced in its proof, and as an assignment to letters."""

from __future__ import annotations

from .script import Script


def for_all(script: Script, variables: tuple[str, ...]) -> str:
    """``forall X Y : mat, symmetric n Y ->``, or nothing."""
    if not variables:
        return ""
    names, letters = script.names, script.names.run.letters
    symmetric = [f"symmetric {names.of(letters[x][0])} {names.of(x)} -> " for x in variables if letters[x][2]]
    return f"forall {' '.join(map(names.of, variables))} : mat, " + "".join(symmetric)


def introduced(script: Script, variables: tuple[str, ...]) -> str:
    """The tactic for ``for_all``."""
    names, letters = script.names, script.names.run.letters
    both = [*map(names.of, variables), *(f"{names.of(x)}_symmetric" for x in variables if letters[x][2])]
    return f"intros {' '.join(both)}." if both else ""


def environment(script: Script, variables: tuple[str, ...]) -> list[str]:
    """The assignment of the variables themselves, and the proof ``H`` that it may be one."""
    names = script.names
    values = [names.of(x) if x in variables or x in script.fixed else "mzero" for x in names.letters]
    return [
        f"pose (rho' := fun l' => nth l' [{'; '.join(values)}] mzero).",
        f"assert (H' : {script.ok}).",
        "{ split; [| repeat split].",
        f"  intros l' L'. do {len(values)} (destruct l' as [|l'];"
        " [first [discriminate L' | assumption | intros i' j' _ _; reflexivity] |]).",
        "  destruct l'; intros i' j' _ _; reflexivity. }",
    ]
