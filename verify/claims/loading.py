"""A user's own claims: a Python file that defines ``claims()``, checked with the same routes as the theory's."""

from __future__ import annotations

import difflib
import importlib.util
import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.sequents import Goal, goal_of
from verify.claims.stated_ids import stated_ids
from verify.claims.statement import MatrixIdentity
from verify.language.builder import Fault, check_name
from verify.language.errors import BadInput, Malformed
from verify.language.logic import variables_of

SIDES = "write statements in SymPy expressions with exact numbers, over symbols that the domain bounds"
HINT = "the file must define a function claims() that yields theory.Claim objects"
MOST = 10_000  # claims in one file
_ID = re.compile(r"[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*")


@dataclass
class Loaded:
    """What several files state: the claims of each, in the order of the files, and what is wrong with the others."""

    claims: dict[str, Claim] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)  # of every claim
    errors: dict[Path, BadInput] = field(default_factory=dict)  # of every file that could not be read


def load_claims(path: str, taken: Collection[str]) -> dict[str, Claim]:
    """The claims of a file, by id, in reading order. The file is imported, so run only files that you trust.

    ``taken`` are the ids of the claims that exist already, and may be cited. Raises ``BadInput`` for a file that can't
    be read or imported, that defines no claims, or one of whose claims has no meaning.
    """
    table = _read(Path(path), path, taken)
    _check_citations(table, path, {*taken, *table})
    return table


def load_files(paths: Sequence[str], taken: Collection[str]) -> Loaded:
    """The claims of several files, which may cite each other; a file with an error costs itself alone."""
    out = Loaded()
    read: dict[str, dict[str, Claim]] = {}
    for path in {Path(p).resolve(): p for p in paths}.values():
        try:
            read[path] = _read(Path(path), path, {*taken, *(name for table in read.values() for name in table)})
        except BadInput as error:
            out.errors[Path(path)] = error
    kept = 0
    while kept != len(read):  # a file that cites a claim of a file with an error is one itself
        kept, known = len(read), {*taken, *(name for table in read.values() for name in table)}
        for path, table in list(read.items()):
            try:
                _check_citations(table, path, known)
            except BadInput as error:
                out.errors[Path(path)] = error
                del read[path]
    for path, table in read.items():
        out.claims |= table
        out.files |= dict.fromkeys(table, Path(path))
    return out


def _read(file: Path, path: str, taken: Collection[str]) -> dict[str, Claim]:
    table: dict[str, Claim] = {}
    for claim in _import(file, path):
        if not isinstance(claim, Claim):
            raise BadInput(f"{path} yields a {type(claim).__name__}, not a Claim", HINT)
        if not _ID.fullmatch(claim.id) or claim.id.endswith(".py"):
            hint = "an id is made of letters, digits and _, in parts joined by . or -, as in my.mean"
            raise BadInput(f"the id {_printable(repr(claim.id))} of {path} is not one that can be named", hint)
        if claim.id in taken or claim.id in table:
            raise BadInput(f"the id {claim.id} of {path} is taken already", "choose another id")
        table[claim.id] = claim
    if not table:
        raise BadInput(f"{path} defines no claims", HINT)
    lines = stated_ids(file, table)
    for claim in table.values():
        _readable(claim, path, lines.get(claim.id))
    # A set of claims or of names comes in another order in every process; places and names do not.
    return dict(sorted(table.items(), key=lambda item: (lines.get(item[0], MOST**2), _natural(item[0]))))


def _import(file: Path, path: str) -> list[object]:
    """What the file's ``claims()`` gives; whatever goes wrong in it is one clear error."""
    if not file.is_file():
        raise BadInput(f"there is no file {path}", HINT)
    spec = importlib.util.spec_from_file_location(f"claims_of_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise BadInput(f"{path} is not a Python file", HINT)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        found: list[object] = list(itertools.islice(module.claims(), MOST + 1))
    except Malformed as error:
        raise _not_read(error, path, _line(error, file)) from error
    except (Exception, SystemExit) as error:  # whatever a user's file raises is one clear message
        line = error.lineno if isinstance(error, SyntaxError) else _line(error, file)
        what = f"{type(error).__name__}: {_printable(str(error))}"
        raise BadInput(f"{_place(path, line)} could not be loaded: {what}", HINT) from error
    if len(found) > MOST:
        raise BadInput(f"{path} yields more than {MOST} claims", "split the file")
    return found


def _line(error: BaseException, file: Path) -> int | None:
    """The line of the file that was running when the error was raised, the innermost one."""
    line, step = None, error.__traceback__
    while step is not None:
        if Path(step.tb_frame.f_code.co_filename).resolve() == file.resolve():
            line = step.tb_lineno
        step = step.tb_next
    return line


def _place(path: str, line: int | None) -> str:
    return path if line is None else f"{path}, line {line}"


def _printable(text: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))
    return text if len(text) <= 300 else text[:297] + "..."


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """A key that puts my.slip2 before my.slip10."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"([0-9]+)", name[:500])]


# ---------------------------------------------------------------- what a claim has to be


def _not_read(error: Malformed, path: str, line: int | None) -> BadInput:
    whose = f"the claim {error.claim} of " if error.claim else ""
    what = f"{whose}{_place(path, line)} is not read: {error.field}: {error.what}"
    return BadInput(_printable(what), _printable(error.hint or SIDES))


def _readable(claim: Claim, path: str, line: int | None) -> None:
    """``BadInput`` where a claim can't be stated in the language; matrix identities are read by their own routes."""
    if isinstance(claim.statement, MatrixIdentity):
        return
    try:
        goal = goal_of(claim)
        for name, _ in goal.sequent.variables:
            check_name(name, 0)
    except Malformed as error:
        error.claim = claim.id
        raise _not_read(error, path, line) from error
    except Fault as error:
        what, hint, _ = error.args
        raise BadInput(f"the claim {claim.id} of {_place(path, line)} is not read: {what}", hint) from error
    except Exception as error:  # too deep, too large, ...
        why = _printable(f"{error or type(error).__name__}")
        raise BadInput(f"the claim {claim.id} of {_place(path, line)} is not read: {why}", SIDES) from error
    loose = _names(goal) - {name for name, _ in goal.sequent.variables}
    if loose:
        named = [e.symbol for e in claim.used_atoms if {s.name for s in e.raw().free_symbols} & loose]
        hint = "give each a bound, or Bound(symbol) if it is any real number"
        if named:
            hint += f"; {', '.join(map(str, named))} is a quantity of the theory, unless the domain bounds it"
        raise BadInput(f"the domain of the claim {claim.id} of {path} lacks {', '.join(sorted(loose))}", hint)


def _names(goal: Goal) -> set[str]:
    """The variables that a statement and its hypotheses speak of, but for the one that a limit is taken in."""
    found: set[str] = set().union(*(variables_of(f) for f in (*goal.sequent.hypotheses, goal.sequent.goal)))
    if goal.limit is not None:
        expression, variable, _, value = goal.limit
        found |= (variables_of(expression) | variables_of(value)) - {variable}
    return found


def _check_citations(table: Mapping[str, Claim], path: str, known: Collection[str]) -> None:
    """``BadInput`` where a claim needs one that does not exist."""
    lines: Mapping[str, int] = {}
    for claim in table.values():
        for where, names in _needs(claim):
            for name in names:
                if name in known:
                    continue
                lines = lines or stated_ids(Path(path), table)
                near = difflib.get_close_matches(name, known, n=1)
                hint = (
                    f"did you mean {near[0]}?" if near else "name a claim of the theory or of the files that are read"
                )
                what = f"{where} names {_printable(repr(name))}, which is not a claim"
                at = _place(path, lines.get(claim.id))
                raise BadInput(f"the claim {claim.id} of {at} is not read: {what}", hint)


def _needs(claim: Claim) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "states_with", claim.states_with
    yield "rests_on", claim.rests_on
    yield "proof", citations(claim.proof)
