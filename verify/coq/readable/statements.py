"""A claim as a theorem that one reads: hypotheses and goal as the theory states them, in the theory's quantities.

It is proved from the theorem of its certificate, which has the quantities as variables with equations, everything in
normal form, and what makes it defined written out. What has to be defined is a theorem of its own beside it, so that
both together say what the kernel proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verify.coq.readable import notation
from verify.coq.readable.connectives import settled
from verify.coq.readable.signs import Positive
from verify.coq.readable.source import Stated
from verify.coq.readable.vocabulary import Vocabulary
from verify.coq.reals import names
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.definedness import defined, term_conditions
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.json_form import read_formula, read_term
from verify.kernel.reals.terms import TRUE, Formula, Term, substitute

PLAIN = {"<", "<=", "==", "!=", ">"}  # what Coq takes for the relation of the normal form


@dataclass
class Written:
    """A theorem and the steps before its last one, while they are written."""

    names: dict[str, str]
    binders: list[str]
    hypotheses: list[str] = field(default_factory=list)
    introduced: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def theorem(self, name: str, goal: str, last: list[str]) -> str:
        """The whole text."""
        head = f"Theorem {name} :" + (f" forall {' '.join(self.binders)} : R," if self.binders else "")
        lines = [head, *_chained(self.hypotheses), notation.wrapped(goal + ".")]
        intro = [f"intros {' '.join([*self.binders, *self.introduced])}."] if self.binders or self.introduced else []
        return "\n".join([*lines, "Proof.", *map(notation.wrapped, [*intro, *self.steps, *last]), "Qed."]) + "\n"


def theorems(stated: Stated, name: str, proved: str, vocabulary: Vocabulary, taken: set[str]) -> list[str]:
    """The theorem of a claim called ``name``, and the one that says that its terms are defined where that says much.

    ``proved``: the theorem of its certificate. Raises ``Untranslated`` where that has another form.
    """
    if stated.statement is None or "theorems" not in stated.certificate:
        raise Untranslated("it is not about numbers")
    row = stated.certificate["theorems"][-1]
    if {key: row[key] for key in stated.statement} != dict(stated.statement):
        raise Untranslated("its certificate has its definitions written out")
    _, _, kinds, parts = Checker().theorem(row)
    calls = vocabulary.calls(stated)
    raw = goal(row["goal"])
    limit = raw[0] == "limit"
    free = [x for x in kinds if x not in calls and not (limit and x == raw[2])]
    own: dict[str, str] = {}
    for x in free:
        own[x] = names.variable(x, {*taken, *own.values()})
    written = Written(own, list(own.values()))
    put_in = {*calls, raw[2]} if limit else set[str]()  # names that a limit's theorem does not quantify
    arguments = [_argument(calls[x], own) if x in calls else own[x] for x in kinds if x not in put_in]
    arguments += _hypotheses(written, row, kinds, calls, vocabulary)
    if not limit:
        arguments += ["eq_refl"] * len(calls)
    written.steps.append(f"pose proof ({' '.join([proved, *arguments])}) as G.")
    short = vocabulary.shorter(raw, calls)
    if limit:
        return [written.theorem(name, notation.formula(short, own), ["exact G."])]
    conditions = [c for _, t in row["definitions"] for c in term_conditions(read_term(t), kinds)]
    where = _conjuncts(normal(("and", *conditions, defined(raw, kinds))))
    held = _conjuncts(normal(raw))
    if len(where) + len(held) != len(_conjuncts(parts[-1])):
        raise Untranslated("its conclusion has another form")
    proofs = [f"G{i}" for i in range(1, len(where) + len(held) + 1)]
    if len(proofs) > 1:
        written.steps.append(f"destruct G as ({' & '.join(proofs)}).")
    else:
        proofs = ["G"]
    if raw[0] in PLAIN:
        last = [f"exact {proofs[-1]}."]
    elif raw[0] == ">=":
        last = [f"exact (Rle_ge _ _ {proofs[-1]})."]
    else:
        last = [settled(held, raw, proofs[len(where) :])]
    out = [written.theorem(name, notation.formula(short, own), last)]
    if where:
        once = list(dict.fromkeys(where))
        given = [proofs[where.index(f)] for f in once]
        both = "".join(f"(conj {p} " for p in given[:-1]) + given[-1] + ")" * (len(given) - 1)
        shown = notation.formula(substitute(("and", *once), calls), own)
        out.append(written.theorem(f"{name}_defined", shown, [f"exact {both}."]))
    return out


def goal(data: list[object]) -> Formula:
    """The goal of a statement as it is written; a limit with its terms read."""
    if data[0] == "limit":
        return ("limit", read_term(data[1]), data[2], data[3], read_term(data[4]))
    return read_formula(data)


def _hypotheses(
    written: Written,
    row: Mapping[str, list[object]],
    kinds: Mapping[str, str],
    calls: Mapping[str, Term],
    vocabulary: Vocabulary,
) -> list[str]:
    """Writes the hypotheses, and gives the proofs of the premises, in the order in which the kernel has them."""
    own = written.names
    out = []
    for x in own:
        if kinds[x] == "integer":
            written.hypotheses.append(f"is_int {own[x]}")
            written.introduced.append(f"I_{len(written.introduced)}")
            out.append(written.introduced[-1])
    raws = [read_formula(h) for h in row["hypotheses"]]
    positive = Positive([(f"H{i}", h) for i, h in enumerate(raws)], own)
    plain = [where for where in (normal(defined(raw, kinds)) for raw in raws) if positive.shows(where)]
    written.steps += positive.towards(plain)
    for i, raw in enumerate(raws):
        where = normal(defined(raw, kinds))
        if where != TRUE:
            text = notation.formula(substitute(where, calls), own, notation.IFF)
            if positive.shows(where):
                written.steps.append(f"assert (D{i} : {text}) by plainly.")
            else:
                written.hypotheses.append(text)
                written.introduced.append(f"D{i}")
            out.append(f"D{i}")
        written.hypotheses.append(notation.formula(vocabulary.shorter(raw, calls), own, notation.IFF))
        written.introduced.append(f"H{i}")
        if raw[0] in PLAIN:
            out.append(f"H{i}")
        elif raw[0] == ">=":
            out.append(f"(Rge_le _ _ H{i})")
        elif (other := normal(raw)) != TRUE:
            text = notation.formula(substitute(other, calls), own)
            written.steps.append(f"assert (N{i} : {text}).\n  {{ {settled([raw], other, [f'H{i}'])} }}")
            out.append(f"N{i}")
    return out


def _conjuncts(f: Formula) -> list[Formula]:
    return list(f[1:]) if f[0] == "and" else [f]


def _argument(t: Term, own: Mapping[str, str]) -> str:
    return notation.term(t, own, notation.ARGUMENT)


def _chained(hypotheses: list[str]) -> list[str]:
    """Hypotheses with their arrows, as many on a line as there is room for."""
    lines: list[str] = []
    for h in hypotheses:
        if lines and len(lines[-1]) + len(h) + 4 <= notation.WIDTH:
            lines[-1] += f" {h} ->"
        else:
            lines.append(f"  {h} ->")
    return [notation.wrapped(line.strip()) for line in lines]
