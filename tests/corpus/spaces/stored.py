"""Models as JSON, and in words that a reader can check by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.corpus.spaces.functions import KINDS, Highest, Linear, Matrix, Quadratic, Vector
from tests.corpus.spaces.model import Model


def plain(value: Any) -> Any:
    """Fractions as texts, tuples as lists, functions with their kind."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return {"kind": type(value).__name__, **{name: plain(v) for name, v in vars(value).items()}}


def exact(value: Any) -> Any:
    if isinstance(value, str):
        return Fraction(value)
    if isinstance(value, list):
        return tuple(exact(v) for v in value)
    return KINDS[value["kind"]](**{name: exact(v) for name, v in value.items() if name != "kind"})


def to_json(model: Model) -> dict[str, Any]:
    return {
        "dimension": model.dimension,
        "weights": plain(model.weights),
        "random": sorted(model.random),
        "values": plain(model.values),
        "families": plain(model.families),
        "functions": plain(model.functions),
    }


def from_json(data: dict[str, Any]) -> Model:
    return Model(
        dimension=data["dimension"],
        weights=list(exact(data["weights"])),
        values={name: exact(v) for name, v in data["values"].items()},
        families={name: {int(k): exact(v) for k, v in f.items()} for name, f in data["families"].items()},
        functions={name: exact(v) for name, v in data["functions"].items()},
        random=set(data["random"]),
    )


# ---------------------------------------------------------------- words


def column(v: Vector) -> str:
    return str(v[0]) if len(v) == 1 else f"({', '.join(map(str, v))})"


def moved(centre: Vector) -> str:
    """x - c."""
    if not any(centre):
        return "x"
    return f"(x + {-centre[0]})" if len(centre) == 1 and centre[0] < 0 else f"(x - {column(centre)})"


def rows(m: Matrix) -> str:
    return str(m[0][0]) if len(m) == 1 else f"[{'; '.join(' '.join(map(str, row)) for row in m)}]"


def spoken(value: Any) -> str:
    match value:
        case Linear(matrix=m):
            return rows(m)
        case tuple():
            return column(value)
    return str(value)


def varying(values: Any) -> str:
    """One value for each outcome."""
    return f"[{', '.join(map(spoken, values))}]"


def formula(name: str, f: Any) -> str:
    centre = moved(f.centre)
    match f:
        case Quadratic(matrix=m, slope=b, level=k):
            slope = f" + <{column(b)}, {centre}>" if any(b) else ""
            return f"{name}(x) = <{rows(m)}*{centre}, {centre}>/2{slope}" + (f" + {k}" if k else "")
        case Linear(matrix=m):
            return f"{name}(x) = {rows(m)}*{centre}"
        case Highest(pieces=pieces):
            return f"{name}(x) = max({', '.join(f'<{column(a)}, {centre}> + {b}' for a, b in pieces)})"
    parts = "; ".join(
        f"slope {inner} up to {edge} from the centre, then {left} on the left and {right} on the right"
        for inner, edge, left, right in f.pieces
    )
    return f"{name}' piecewise linear, zero at {column(f.centre)}: {parts}" + (
        f"; {name} = {f.level} there" if f.level else ""
    )


def words(model: Model) -> str:
    """The model in one line; a random name has one value for each outcome."""
    said = []
    if len(model.weights) > 1:
        said.append(f"outcomes with weights {', '.join(map(str, model.weights))}")
    for name, value in model.values.items():
        said.append(f"{name} = {varying(value) if name in model.random else spoken(value)}")
    for name, members in model.families.items():
        for k, value in sorted(members.items()):
            said.append(f"{name}[{k}] = {varying(value) if name in model.random else spoken(value)}")
    said += [formula(name, f) for name, f in model.functions.items()]
    return "; ".join(said)
