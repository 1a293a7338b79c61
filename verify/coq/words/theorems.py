"""A certificate of a matrix identity as a theorem of Coq with its proof."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from verify.kernel.matrices.certificate import check
from verify.kernel.matrices.expressions import MatrixChecker
from verify.kernel.matrices.words import WordPolynomial, listed
from verify.kernel.reading import Json

from .binders import environment, for_all, introduced
from .expressions import expression, times_vector
from .inverses import hypotheses as inverses
from .names import Names
from .rules import Rules
from .script import COMPUTE, Node, Script, comment
from .writing import atom, is_number
from .zeros import with_letters

# The library, each file behind those that it needs, and the lines with which a file of theorems starts.
LIBRARY = (
    "Sums", "Matrices", "Coefficients", "Words", "Polynomials", "Show", "Substitution", "Occurrences", "Gradients",
    "Stein", "Pairings", "Isserlis", "Expectations", "Steps", "Binding", "Tasks", "Inverses", "Examples",
)  # fmt: skip
IMPORTS = (
    "From Coq Require Import Reals Lra Lia Arith ZArith QArith List Bool.\n"
    f"From Verify Require Import {' '.join(LIBRARY)}.\n"
    "Import ListNotations.\nOpen Scope R_scope.\n"
)


def theorem(certificate: Json, name: str) -> str:
    """The text of a theorem called ``name`` and of its proof, to be read behind ``IMPORTS``.

    The certificate is checked first, and replayed by the checker's own rules. Raises ``Refused`` where it proves
    nothing, ``Untranslated`` where it uses something that has no translation.
    """
    check(certificate)
    certificate = with_letters(certificate)
    check(certificate)
    run = MatrixChecker(certificate["letters"])
    run.declare(certificate["inverses"])
    values = list(polynomials(run, certificate))
    names = Names(run, values)
    constants = known(certificate)
    changed = bound(certificate) | set(replacements(certificate)) - set(constants)
    script = Script(name, names, [x for x in names.letters if x not in changed], constants)
    rules, results = Rules(script), list[Node]()
    for derivation in listed(certificate["derivations"]):
        at = script.let(expression(script, derivation["start"], results), derivation["title"])
        for step in listed(derivation["steps"]):
            at = rules.apply(step["rule"], at, step["params"], results)
        results.append(at)
    right = script.shown(run.poly(certificate["rhs"]))
    last = results[certificate["lhs"]["result"]] if "result" in certificate["lhs"] else None
    if last and last.vector:
        left, right = last, times_vector(script, right, last.vector)
    else:
        left = expression(script, certificate["lhs"], results)
    conclude(script, left, right)
    return written(script, rules, certificate["claim"])


def polynomials(run: MatrixChecker, certificate: Json) -> Iterator[WordPolynomial]:
    """Every polynomial of a certificate, the covariances and factors of its laws included."""
    found: list[Json] = [certificate]
    while found:
        x = found.pop()
        if isinstance(x, dict):
            if set(x) == {"rows", "cols", "terms"}:
                yield run.poly(x)
            elif set(x) == {"row", "col", "scale", "gaussian"}:
                yield run.poly({"rows": "1", "cols": "1", "terms": [[x["scale"], [], []]]})
            else:
                found += x.values()
                if "times" in x:
                    yield run.poly({"rows": "1", "cols": "1", "terms": [[x["times"][0], [], []]]})
        elif isinstance(x, list):
            found += x


def bound(certificate: Json) -> set[str]:
    """The letters that some rule binds."""
    out: set[str] = set()
    for x in tables(certificate):
        out |= set(x.get("laws", {}))
        out |= {x[key] for key in ("letter", "unknown", "matrix", "vector") if key in x}
    return out


def tables(data: Json) -> Iterator[dict[str, Json]]:
    """Every table in a certificate's derivations and on its left side."""
    found: list[Json] = [data["derivations"], data["lhs"]]
    while found:
        x = found.pop()
        if isinstance(x, dict):
            yield x
            found += x.values()
        elif isinstance(x, list):
            found += x


def replacements(certificate: Json) -> dict[str, list[Json]]:
    """What each letter is replaced by, wherever it is."""
    out: dict[str, list[Json]] = {}
    for x in tables(certificate):
        for values in (x.get("letters", {}), x["substitute"][1] if "substitute" in x else {}):
            for letter, value in values.items():
                out.setdefault(letter, []).append(value)
    return out


def known(certificate: Json) -> dict[str, Json]:
    """Covariances that get a value without letters later: they have it from the start, since a law is of one value."""
    out = {}
    laws = [law for x in tables(certificate) for law in x.get("laws", {}).values()]
    for letter, (first, *others) in replacements(certificate).items():
        constant = "poly" in first and not any(t[1] or t[2] for t in first["poly"]["terms"])
        if (
            constant
            and all(x == first for x in others)
            and any(letter in law[k] for law in laws for k in ("row", "col"))
        ):
            out[letter] = first
    return out


def conclude(script: Script, left: Node, right: Node) -> None:
    """The last line of the statement, that both sides are equal, and its proof."""
    names = script.names
    rest = script.ordered({*left.variables, *right.variables})
    own = script.named(rest)
    a, b = left.text(own), right.text(own)
    rows, cols = left.value.shape
    number = is_number(left.value)
    equal = f"{a} = {b}" if number else f"meq {names.of(rows)} {names.of(cols)} {atom(a)} {atom(b)}"
    script.statement.append(for_all(script, rest) + equal + ".")
    size = "" if number else f"{script.size(left.value)} {names.probe(left.value.shape)} "
    lemma, same = ("same_closed", "eq_trans") if number else ("same_open", "meq_trans _ _ _ _ _")
    back = "eq_sym" if number else "meq_sym _ _ _ _"
    script.proof += [
        introduced(script, rest),
        *environment(script, rest),
        f"refine ({same} ({left.fact} rho' H') ({same} ({lemma} {script.context} {script.letters} rho' {size}"
        f"{left.polynomial} {right.polynomial} H' _) ({back} ({right.fact} rho' H')))).",
        COMPUTE,
    ]


def written(script: Script, rules: Rules, claim: str) -> str:
    """Definitions, statement and proof."""
    name, names = script.name, script.names
    dims, symbols = names.dimensions[1:], names.symbols[len(names.dimensions) :]
    binders, hypotheses = list[str](), list[tuple[str, str]]()
    if dims:
        binders.append(f"({' '.join(map(names.of, dims))} : nat)")
        hypotheses += [(f"{names.of(a)}_positive", f"(1 <= {names.of(a)})%nat") for a in dims]
    if symbols:
        binders.append(f"({' '.join(map(names.of, symbols))} : R)")
    if script.fixed:
        binders.append(f"({' '.join(map(names.of, script.fixed))} : mat)")
    for x in script.fixed:
        rows, _, symmetric = names.run.letters[x]
        if symmetric:
            hypotheses.append((f"{names.of(x)}_symmetric", f"symmetric {names.of(rows)} {names.of(x)}"))
    for x, value in script.known.items():
        sides = " ".join(map(names.of, names.run.letters[x][:2]))
        shown = atom(script.writer.shown(names.run.poly(value["poly"]), script.at({})))
        hypotheses.append((f"{names.of(x)}_known", f"meq {sides} {names.of(x)} {shown}"))
    orders = []
    hypotheses += [(f"{names.of(s)}_nonzero", f"{names.of(s)} <> 0") for s in names.units if s in symbols]
    hypotheses += inverses(script)
    laws = rules.stated()
    if laws:
        binders.append(f"({' '.join(law[0] for law in laws)} : (mat -> R) -> R)")
    for _, law, order, statement in laws:
        hypotheses.append((law, statement))
        orders.append(f"pose ({law}_order' := {order}%nat).")
    for functional, stated in rules.averages.values():
        binders.append(f"({functional} : (mat * mat -> R) -> R)")
        hypotheses += stated.items()
    functionals = [*(r[0] for r in rules.stated()), *(r[0] for r in rules.averages.values())]
    values = "; ".join(names.value(s) if s != "1" else "INR 1" for s in names.symbols)
    count, units = len(names.dimensions), "; ".join(str(names.symbol(s)) for s in names.units)
    lines = [
        f"(** {comment(claim)} *)",
        f"Definition {name}_sg : list (nat * nat * bool) := [{names.signature()}]%nat.",
        f"Definition {name}_units (s : nat) : bool := existsb (Nat.eqb s) [{units}]%nat.",
        *script.definitions,
        "",
        *wrap(f"Theorem {name} : forall {' '.join(binders)}," if binders else f"Theorem {name} :", ""),
        *(f"  {statement} ->" for _, statement in hypotheses),
        *(wrapped for line in script.statement for wrapped in wrap(line)),
        "Proof.",
        f"  intros {' '.join([*map(names.of, [*dims, *symbols, *script.fixed]), *functionals])}.",
        f"  intros {' '.join(h for h, _ in hypotheses)}.",
        f"  pose (size' := (fun k' => nth k' [{'; '.join(['1', *map(names.of, dims)])}] 1)%nat).",
        f"  pose (val' := fun k' => nth k' [{values}] 0).",
        "  assert (one_ok' : size' 0%nat = 1%nat) by reflexivity.",
        f"  assert (units_ok' : forall s', {name}_units s' = true -> val' s' <> 0).",
        f"  {{ intros s' H'. do {len(names.symbols)} (destruct s' as [|s'];",
        "      [first [discriminate H' | assumption | apply not_0_INR; lia] |]). discriminate H'. }",
        f"  assert (val_ok' : forall a', (a' < {count})%nat -> val' a' = INR (size' a')).",
        f"  {{ intros a' H'. do {count} (destruct a' as [|a']; [reflexivity |]). lia. }}",
        *(f"  {line}" for line in [*orders, *script.proof]),
        "Qed.",
    ]
    return "\n".join(lines) + "\n"


def wrap(line: str, indent: str = "  ") -> list[str]:
    """A long line of a statement in several."""
    return textwrap.wrap(
        line, 118, initial_indent=indent, subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
    )
