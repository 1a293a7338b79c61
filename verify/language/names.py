"""Names of the language: which are taken, and which can be variables."""

from __future__ import annotations

from verify.language import logic
from verify.language.defined import DEFINED
from verify.language.lexemes import INFINITE

FUNCTION_NAMES = {name: name for name in logic.FUNCTIONS} | {"Abs": "abs", "Min": "min", "Max": "max"}
KEYWORDS = ("and", "or", "not", "implies", "iff", "integer", "real", "true", "false")
NOT_A_NUMBER = "variables and constants are finite real numbers; for a bound that holds always leave it out"


class Fault(Exception):
    """What is wrong, a hint, and the position; the text is known to the caller."""

    def __init__(self, what: str, hint: str, position: int) -> None:
        super().__init__(what, hint, position)


def written(function: str) -> str:
    """How a value of a function is written, and its square."""
    return f"write {function}(...), and {function}(...)^2 for its square"


def check_name(name: str, position: int) -> None:
    """Refuses names that cannot be variables."""
    if name in FUNCTION_NAMES or name in DEFINED:
        raise Fault(f"'{name}' is a function without arguments", written(name), position)
    if name in KEYWORDS:
        raise Fault(f"'{name}' is a keyword and cannot be a variable", "use another name", position)
    if name.lower() in ("nan", "zoo", *INFINITE):
        raise Fault(f"'{name}' is not a number", NOT_A_NUMBER, position)
    if name.lower() == "pi":
        hint = "write pi for 3.14159... where something is to be proved; name a variable otherwise"
        raise Fault(f"'{name}' is no variable", hint, position)
