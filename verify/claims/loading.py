"""A user's own claims: a Python file that defines ``claims()``, checked with the same routes as the theory's."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verify.claims import circles, theories
from verify.claims.citing import cited_by, table_of
from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.sequents import Goal, goal_of
from verify.claims.setting import NO_SETTING
from verify.claims.stated_ids import stated_ids
from verify.claims.statement import MatrixIdentity, Spatial
from verify.claims.surroundings import Surroundings
from verify.claims.theory import Theory
from verify.language.logic import variables_of
from verify.language.names import Fault, check_name
from verify.runtime import python_files
from verify.runtime.errors import BadInput, Malformed

SIDES = "write statements in SymPy expressions with exact numbers, over symbols that the domain bounds"
HINT = "the file must define a function claims() that yields verify.Claim objects"
MOST = 10_000  # claims in one file
_ID = re.compile(r"[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*")


@dataclass
class Loaded:
    """What several files state: the claims of each, in the order of the files, and what is wrong with the others.

    ``cited``: what claims of a theory they may cite; empty where none of them does, so that no theory is built.
    """

    claims: dict[str, Claim] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)  # of every claim
    errors: dict[Path, BadInput] = field(default_factory=dict)  # of every file that could not be read
    cited: dict[str, Claim] = field(default_factory=dict)

    @property
    def table(self) -> dict[str, Claim]:
        """Everything that these claims may cite, and they themselves."""
        return {**self.cited, **self.claims}


def load_claims(path: str, theory: Theory | None = None) -> dict[str, Claim]:
    """The claims of a file, by id, in reading order. The file is imported, so run only files that you trust.

    Symbols that a claim does not bound mean what they mean in the file's ``THEORY``, or else in ``theory`` (by default
    the one in force). Raises ``BadInput`` for a file that can't be read or imported, that defines no claims, or one of
    whose claims has no meaning.
    """
    found = load_files([path], theory)
    for error in found.errors.values():
        raise error
    return found.claims


def load_files(paths: Sequence[str], theory: Theory | None = None) -> Loaded:
    """The claims of several files, which may cite each other; a file with an error costs itself alone."""
    out, around = Loaded(), Surroundings(theory)
    read: dict[str, dict[str, Claim]] = {}
    for path in {Path(p).resolve(): p for p in paths}.values():
        try:
            read[path] = _read(Path(path), path, {name for table in read.values() for name in table}, around)
        except BadInput as error:
            out.errors[Path(path)] = error
    kept = 0
    while kept != len(read):  # a file that cites a claim of a file with an error is one itself
        kept, own = len(read), {name for table in read.values() for name in table}
        for path, table in list(read.items()):
            try:
                _check_citations(table, path, own, around)
            except BadInput as error:
                out.errors[Path(path)] = error
                del read[path]
        for path, refusal in circles.refused(read).items():
            out.errors[Path(path)] = refusal
            del read[path]
    for path, table in read.items():
        out.claims |= table
        out.files |= dict.fromkeys(table, Path(path))
    for found in around.asked:
        out.cited |= table_of(found)
    out.cited |= cited_by(out.claims.values(), around.called)
    return out


def _read(file: Path, path: str, taken: Collection[str], around: Surroundings) -> dict[str, Claim]:
    table: dict[str, Claim] = {}
    found, own = _import(file, path)
    if own is not None:
        around.own.append(own)
    for claim in found:
        if not isinstance(claim, Claim):
            raise BadInput(f"{path} yields a {type(claim).__name__}, not a Claim", HINT)
        if not _ID.fullmatch(claim.id) or claim.id.endswith(".py"):
            hint = "an id is made of letters, digits and _, in parts joined by . or -, as in my.mean"
            raise BadInput(f"the id {_printable(repr(claim.id))} of {path} is not one that can be named", hint)
        if claim.id in taken or claim.id in table or around.other(claim, own):
            raise BadInput(f"the id {claim.id} of {path} is taken already", "choose another id")
        table[claim.id] = claim if own is None else own.adopt(claim)
    if not table:
        raise BadInput(f"{path} defines no claims", HINT)
    lines = stated_ids(file, table)
    for claim in table.values():
        table[claim.id] = _readable(claim, path, lines.get(claim.id), around)
    # A set of claims or of names comes in another order in every process; places and names do not.
    return dict(sorted(table.items(), key=lambda item: (lines.get(item[0], MOST**2), _natural(item[0]))))


def _import(file: Path, path: str) -> tuple[list[object], Theory | None]:
    """What the file's ``claims()`` gives, and its ``THEORY``; whatever goes wrong in it is one clear error."""
    module = python_files.module_of(file, path, "claims", HINT)
    try:
        python_files.run(module)
        own = _own_theory(getattr(module, "THEORY", None), path)
        stated = getattr(module, "claims", None)
        # A file that only has a THEORY states what that states.
        made = own.catalogue.values() if own is not None and stated is None else module.claims()
        found: list[object] = list(itertools.islice(made, MOST + 1))
    except BadInput:
        raise
    except Malformed as error:
        raise _not_read(error, path, _line(error, file)) from error
    except (Exception, SystemExit) as error:  # whatever a user's file raises is one clear message
        line = error.lineno if isinstance(error, SyntaxError) else _line(error, file)
        what = f"{type(error).__name__}: {_printable(str(error))}"
        raise BadInput(f"{_place(path, line)} could not be loaded: {what}", HINT) from error
    if len(found) > MOST:
        raise BadInput(f"{path} yields more than {MOST} claims", "split the file")
    return found, own


def _own_theory(found: object, path: str) -> Theory | None:
    if isinstance(found, str):
        return theories.named(found)
    if found is None or isinstance(found, Theory):
        return found
    raise BadInput(
        f"THEORY of {path} is a {type(found).__name__}, not a Theory", "write THEORY = Theory(...), or its name"
    )


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


def _readable(claim: Claim, path: str, line: int | None, around: Surroundings) -> Claim:
    """The claim in the theory that its symbols belong to; matrix identities are read by their own routes.

    A claim that bounds all its symbols belongs to no theory: somebody's alpha between 0 and 1 has no unit. ``BadInput``
    where a claim can't be stated in the language.
    """
    if isinstance(claim.statement, Spatial):
        return claim  # its text declares its names, which are nobody else's
    if isinstance(claim.statement, MatrixIdentity):
        # Its letters are no bounded symbols; where there is a theory, they are the theory's.
        known = around.known() if claim.setting is NO_SETTING else []
        return known[-1].adopt(claim) if known else claim
    goal = _stated(claim, path, line)
    loose = _loose(goal)
    if loose and claim.setting is NO_SETTING:
        claim = around.theory().adopt(claim)
        goal = _stated(claim, path, line)
        loose = _loose(goal)
    if loose:
        named = [e.symbol for e in claim.used_atoms if {s.name for s in e.raw().free_symbols} & loose]
        hint = "give each a bound, or Bound(symbol) if it is any real number"
        if named:
            hint += f"; {', '.join(map(str, named))} is a quantity of the theory, unless the domain bounds it"
        raise BadInput(f"the domain of the claim {claim.id} of {path} lacks {', '.join(sorted(loose))}", hint)
    return claim


def _stated(claim: Claim, path: str, line: int | None) -> Goal:
    try:
        goal = goal_of(claim)
        for name, _ in goal.sequent.variables:
            check_name(name, 0)
        return goal
    except Malformed as error:
        error.claim = claim.id
        raise _not_read(error, path, line) from error
    except Fault as error:
        what, hint, _ = error.args
        raise BadInput(f"the claim {claim.id} of {_place(path, line)} is not read: {what}", hint) from error
    except Exception as error:  # too deep, too large, ...
        why = _printable(f"{error or type(error).__name__}")
        raise BadInput(f"the claim {claim.id} of {_place(path, line)} is not read: {why}", SIDES) from error


def _loose(goal: Goal) -> set[str]:
    """The variables that nothing is said about."""
    return _names(goal) - {name for name, _ in goal.sequent.variables}


def _names(goal: Goal) -> set[str]:
    """The variables that a statement and its hypotheses speak of, but for the one that a limit is taken in."""
    found: set[str] = set().union(*(variables_of(f) for f in (*goal.sequent.hypotheses, goal.sequent.goal)))
    if goal.limit is not None:
        expression, variable, _, value = goal.limit
        found |= (variables_of(expression) | variables_of(value)) - {variable}
    return found


def _check_citations(table: Mapping[str, Claim], path: str, own: Collection[str], around: Surroundings) -> None:
    """``BadInput`` where a claim needs one that does not exist."""
    lines: Mapping[str, int] = {}
    for claim in table.values():
        for where, names in _needs(claim):
            for name in names:
                if name in own or around.has(name):
                    continue
                lines = lines or stated_ids(Path(path), table)
                near = difflib.get_close_matches(name, [*own, *around.ids()], n=1)
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
