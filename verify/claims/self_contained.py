"""Whether a file of claims is self-contained: whether its text, with SymPy and the verifier, decides what it states.

A file of claims is a program. One that reads a clock, another file, the environment or chance states something else
some day, although its text is the same. So a file counts as self-contained only where every import, every built-in
function and every name in its syntax tree is of a kind that can do none of this. What is not known to be harmless is
not allowed: such a file is run each time, and nothing is lost but time. This guards against what people write, not
against who hides something: whoever writes the file may do whatever a program may.
"""

from __future__ import annotations

import ast
import builtins
import re

import verify

# What may be imported: modules whose functions give the same for the same arguments, in every process.
PURE = (
    "__future__", "abc", "collections", "collections.abc", "dataclasses", "enum", "fractions", "functools",
    "itertools", "math", "numbers", "operator", "string", "typing",
)  # fmt: skip
# Built-in functions that reach nothing but their arguments. The order of a set of texts or symbols is another one in
# every process, so neither sets nor hashes are among them; nor is what prints, which would be said once only.
BUILTINS = frozenset(
    (
        "ArithmeticError", "AssertionError", "Ellipsis", "Exception", "False", "IndexError", "KeyError", "None",
        "NotImplemented", "NotImplementedError", "OverflowError", "RuntimeError", "StopIteration", "True", "TypeError",
        "ValueError", "ZeroDivisionError", "abs", "all", "any", "bool", "callable", "chr", "classmethod", "complex",
        "dict", "divmod", "enumerate", "filter", "float", "int", "isinstance", "issubclass", "iter", "len", "list",
        "map", "max", "min", "next", "ord", "pow", "property", "range", "reversed", "round", "slice",
        "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "zip",
    )
)  # fmt: skip
# The modules of ``verify`` whose public names only state something.
STATING = (
    "verify.claims.claim", "verify.claims.domain", "verify.claims.hints", "verify.claims.statement",
    "verify.derivations.derivation", "verify.derivations.expectation", "verify.derivations.relations",
    "verify.derivations.trace_polynomials", "verify.derivations.wick",
)  # fmt: skip
# Names that lead to a clock, to files, to chance, or to the order of a set, wherever they are found: SymPy has them
# too, in its modules and as methods.
REACHING = frozenset(
    (
        "atoms", "attrgetter", "autowrap", "binary_symbols", "bltns", "builtins", "ctypes", "datetime",
        "doctest", "environ", "equals", "find", "Formatter", "free_symbols", "gc", "getenv", "getpass",
        "import_module", "importlib", "inspect", "io", "is_constant", "keys", "lambdify", "locale",
        "methodcaller", "multiprocessing", "open", "os", "parse_expr", "parse_latex", "parse_mathematica",
        "pathlib", "pickle", "platform", "plotting", "posix", "preview", "resource", "runpy", "sample",
        "sample_iter", "secrets", "shutil", "signal", "socket", "sqlite3", "subprocess", "sympify",
        "sympy_parser", "sys", "sysconfig", "tempfile", "test", "testing", "threading", "time", "timed",
        "timeutils", "urllib", "uuid",
    )
)  # fmt: skip
BEGINNINGS = ("rand", "print", "pprint")  # of what SymPy has of chance (randprime, randMatrix), and of what prints


def is_self_contained(text: bytes) -> bool:
    """Whether a file of this text states the same in every process, on a machine with the same libraries.

    >>> is_self_contained(b"import sympy as sp\\nx = sp.Symbol('x')\\n")
    True
    >>> is_self_contained(b"import time\\n")
    False
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    allowed = _Allowed()
    return all(map(allowed.node, ast.walk(tree)))


class _Allowed:
    """What may stand in the syntax tree of a self-contained file."""

    def __init__(self) -> None:
        self.builtins = frozenset(dir(builtins))
        self.stating = frozenset(name for module in STATING for name in verify._CONTENTS[module])
        self.refused = REACHING | (frozenset(verify.__all__) - self.stating)

    def node(self, node: ast.AST) -> bool:
        match node:
            case ast.Import():
                return all(self.module(one.name) for one in node.names)
            case ast.ImportFrom():
                return self.taken(node)
            case ast.Name():
                return self.variable(node)
            case ast.Attribute():
                of_verify = isinstance(node.value, ast.Name) and node.value.id == "verify"
                return node.attr in self.stating if of_verify else self.part(node.attr)
            case ast.Constant():
                return not isinstance(node.value, str) or self.text(node.value)
            case ast.BinOp():
                return not any(map(_is_view, (node.left, node.right)))
            case ast.Set() | ast.SetComp() | ast.AsyncFunctionDef() | ast.Global():
                return False
            case _:
                return True

    def text(self, text: str) -> bool:
        """SymPy reads texts as programs, in many of its functions: what is called in one has to be harmless too."""
        called = re.findall(r"([^\W\d]\w*)\s*\(", text)
        return text == "__main__" or ("__" not in text and all(map(self.called, called)))

    def called(self, name: str) -> bool:
        return name in BUILTINS if name in self.builtins else self.name(name)

    def module(self, name: str) -> bool:
        if name in PURE or name == "verify":
            return True
        return name.partition(".")[0] == "sympy" and all(map(self.part, name.split(".")))

    def taken(self, node: ast.ImportFrom) -> bool:
        if node.level or node.module is None or not self.module(node.module):
            return False
        if node.module == "verify":
            return all(one.name == "*" or one.name in self.stating for one in node.names)
        return all(one.name == "*" or self.part(one.name) for one in node.names)

    def variable(self, node: ast.Name) -> bool:
        if node.id == "THEORY":
            return False  # its claims are those of a theory, which has files of its own
        if node.id in self.builtins:
            return node.id in BUILTINS or (node.id == "__name__" and isinstance(node.ctx, ast.Load))
        return self.name(node.id)

    def part(self, name: str) -> bool:
        """Whether a name may be taken from an object or a module."""
        return not name.startswith("_") and self.name(name)

    def name(self, name: str) -> bool:
        special = name.startswith("__") and name.endswith("__")  # Python gives it a meaning of its own: __file__
        return not (special or name in self.refused or name.lower().startswith(BEGINNINGS))


def _is_view(node: ast.expr) -> bool:
    """Whether something is what a table lists: together with another list it makes a set."""
    match node:
        case ast.Call(func=ast.Attribute(attr="items" | "keys")):
            return True
    return False
