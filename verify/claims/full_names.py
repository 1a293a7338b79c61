"""Names of claims of other theories: ``descent:GD.step`` is the claim GD.step of the theory descent.

A claim of another theory is always named in full, also where its id is unique. So what a name means depends neither on
what another theory states today nor on which are installed; it is the same in a claim, on the command line and in a
lock; and nobody has to load another theory to know that a plain id is not one of its.
"""

from __future__ import annotations

from collections.abc import Iterable

MARK = ":"


def is_full(name: str) -> bool:
    """Whether a name is that of a claim of another theory.

    >>> is_full("descent:GD.step"), is_full("GD.step")
    (True, False)
    """
    return MARK in name


def parts(name: str) -> tuple[str, str]:
    """The theory and the id; no theory for a plain id.

    >>> parts("descent:GD.step"), parts("T2.at")
    (('descent', 'GD.step'), ('', 'T2.at'))
    """
    theory, mark, claim = name.partition(MARK)
    return (theory, claim) if mark else ("", name)


def full(theory: str, name: str) -> str:
    """What a claim of a theory is called elsewhere; a name that is full already means the same everywhere."""
    return name if is_full(name) else f"{theory}{MARK}{name}"


def beside(known: str, name: str) -> str:
    """What a claim is called by whoever calls another one ``known`` that names it ``name``.

    >>> beside("descent:GD.average", "GD.short"), beside("T2.at", "T1")
    ('descent:GD.short', 'T1')
    """
    theory, _ = parts(known)
    return full(theory, name) if theory else name


def own_of(names: Iterable[str]) -> list[str]:
    """The names of a table of claims but for those of other theories, which are there because they are cited."""
    return [name for name in names if not is_full(name)]
