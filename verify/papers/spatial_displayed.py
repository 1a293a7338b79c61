"""What displays define about vectors, expectations and sums: such names hold from there on, like assumptions."""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.keys import starts_name
from verify.papers.spatial_context import Spatial
from verify.papers.spatial_grammar import SpatialReader
from verify.papers.spatial_names import Said, Written
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token


def define(spatial: Spatial, name: Sequence[Token], value: Sequence[Token], sign: Token, where: str) -> None:
    """Take up what a display defines: its name is declared to be what its value is.

    What was assumed of the name before is forgotten. Where the value is not read, nothing is known of the name, and
    nothing is refuted.
    """
    spatial.state += 1
    try:
        w, end = read_written(name, 0, spatial.names) if name and starts_name(name[0]) else (None, -1)
    except NotUnderstood:
        w, end = None, -1
    if w is None or end != len(name):
        spatial.unread.append(where)
        return
    variable = spatial.names.variable(w.key, w.source)
    spatial.names.names.defined[variable] = where.removeprefix("the definition on ")
    kept = [raw for raw in spatial.assumptions if all(variable not in n.args for n in raw.nodes())]
    forgotten, spatial.assumptions = len(kept) < len(spatial.assumptions), kept
    try:
        _say(spatial, w, variable, value)
        spatial.assume([*name, Token("=", sign.position), *value], where)
    except NotUnderstood:
        spatial.unread.append(where)
    if forgotten:
        spatial.unread.append(f"what was assumed of {w.source} before {where}")


def _say(spatial: Spatial, w: Written, variable: str, value: Sequence[Token]) -> None:
    """Declare a name as what its value is; not understood where it was declared as something else."""
    reader = SpatialReader(value, spatial.names)
    tree = reader.whole()
    if reader.doubtful:
        raise next(iter(reader.doubtful.values()))
    if any(variable in n.args for n in tree.walk()):
        raise NotUnderstood("an abbreviation of itself", w.start)
    vector, random = reader.is_vector(tree), reader.random(tree)
    said = spatial.names.of(w)
    if said is not None:
        if vector != (said.kind in ("vector", "vectors")):
            raise NotUnderstood("a definition of another kind than what was declared", w.start)
    elif vector and spatial.names.names.is_number(w.key):
        raise NotUnderstood("a vector that was declared to be a number", w.start)
    elif not spatial.names.names.is_number(w.key):
        family = w.index is not None and (vector or random)  # a plain number says nothing of another with its letter
        spatial.names.said[w.base if family else w.key] = Said("vector" if vector else "real", random)
