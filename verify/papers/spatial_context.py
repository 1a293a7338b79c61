"""What is in force at a display with vectors: declarations, assumptions, and the claim that a step of it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verify.language import logic
from verify.papers.assumptions import Context
from verify.papers.keys import FONTS, canonical, starts_name
from verify.papers.spatial_chains import Raw, expectations_of, of_formula, of_term, read_chain
from verify.papers.spatial_grammar import SpatialReader
from verify.papers.spatial_names import SpatialNames, letters_of
from verify.papers.spatial_operators import EXPECTATIONS, VARIANCES
from verify.papers.spatial_settle import Settling, families
from verify.papers.spatial_stages import ahead, known
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token, argument
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Declaration, Declared, Independent, Kind, Node, Reason

_NORMS = frozenset({r"\lVert", r"\|", r"\Vert"})
_FORMS = frozenset({r"\langle", r"\nabla", r"\sum"})
# What the function 0 is too; what has a parameter, for every parameter that is not negative.
_OF_ZERO = frozenset({"convex", "quadratic", "smooth", "Lipschitz", "PL"})
_FAMILY: dict[Kind, Kind] = {"vector": "vectors", "real": "reals", "vectors": "vectors", "reals": "reals"}


@dataclass(frozen=True)
class Ready:
    """A claim that a prover can be asked about; ``left_out`` says what of the assumptions it lacks.

    ``light`` assumes less, only numbers and the lines that are used: a proof of it counts too, and is often easier.
    None where it would be the same. ``fixed`` is the case in which nothing is random, where only that has all that is
    assumed: a counterexample to it counts. ``special`` says in words what that case is.
    """

    claim: Claim
    light: Claim | None = None
    left_out: tuple[str, ...] = ()
    fixed: Claim | None = None
    special: tuple[str, ...] = ()


@dataclass
class Spatial:
    """Declarations and assumptions in the order written, beside the assumptions about numbers in ``context``."""

    context: Context
    names: SpatialNames
    assumptions: list[Raw] = field(default_factory=list)
    classes: list[ClassOf] = field(default_factory=list)
    independent: list[Independent] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # where an assumption stands that was read about numbers only
    state: int = 0  # goes up where what was assumed is forgotten or means something else

    def forget(self) -> None:
        """Drop all declarations and assumptions."""
        self.assumptions, self.classes, self.independent, self.unread = [], [], [], []
        self.state += 1
        self.names.forget()

    # ------------------------------------------------------------ which terms are about vectors

    def concerns(self, tokens: Sequence[Token]) -> bool:
        """Whether some tokens hold a form or a declared name that only this reader knows.

        Norms that were declared to be numbers are none, as long as nothing was said of vectors.
        """
        if any(t.text in _FORMS and t.kind == "token" for t in tokens) or self._names_in(tokens):
            return True
        if any(self._operator(tokens, i) for i in range(len(tokens))):
            return True
        return self.has_norms(tokens) and not self.opaque_norms()

    def has_norms(self, tokens: Sequence[Token]) -> bool:
        return any(t.text in _NORMS for t in tokens)

    def opaque_norms(self) -> bool:
        """Whether norms stand for numbers here: some were declared so, and nothing else was said of vectors."""
        return not self.names.said and any(key.startswith("norm {") for key in self.names.names.declared)

    def _operator(self, tokens: Sequence[Token], i: int) -> bool:
        if tokens[i].text not in FONTS or tokens[i].kind != "token":
            return False
        try:
            inside, _ = argument(tokens, i + 1, tokens[i].position)
        except NotUnderstood:
            return False
        key = f"{tokens[i].text}{{{canonical(inside)}}}"
        return key in EXPECTATIONS | VARIANCES and key not in self.names.names.declared

    def _names_in(self, tokens: Sequence[Token]) -> bool:
        if not self.names.said:
            return False
        i = 0
        while i < len(tokens):
            if not starts_name(tokens[i]):
                i += 1
                continue
            try:
                w, end = read_written(tokens, i, self.names)
            except NotUnderstood:
                i += 1
                continue
            if self.names.of(w) is not None:
                return True
            i = max(end, i + 1)
        return False

    # ------------------------------------------------------------ assumptions

    def assume(self, tokens: Sequence[Token], where: str) -> None:
        """Add a chain, such as an update, what a conditional expectation is, or a bound."""
        self.names.stages |= expectations_of(tokens)
        raw = read_chain(tokens, self.names, assuming=True, where=where)
        for stage in sorted(self.names.stage_variables()):
            ahead(raw, stage, self.names)
        self.assumptions.append(raw)

    # ------------------------------------------------------------ claims

    def claim(self, goal: Raw, used: Sequence[Raw] = (), hints: Sequence[Reason] = ()) -> Ready:
        """The claim that a step follows from what is assumed, from the lines that it uses, and by the hints."""
        numbers, left = self._numbers()
        left += self.unread
        raws = [goal, *used, *self.assumptions, *numbers]
        found = families(raws, self.names)
        given = {s: known(s, self.assumptions, raws, self.names) for s in sorted(self.names.stage_variables())}
        settling = Settling(found, given, dict(self._ranges()), self.names)
        shown = settling.chain(goal, general=False)
        few = [*(settling.chain(raw) for raw in used), *self._indices(shown, settling)]
        few += self._kept(numbers, settling, left)
        some = bool(left)
        rest = self._kept(self.assumptions, settling, left)
        reasons = tuple(
            replace(h, points=tuple(map(settling.node, h.points)), factor=h.factor and settling.node(h.factor))
            for h in hints
        )
        claim = self._stated(shown, [*few, *rest], settling, reasons)
        light = self._stated(shown, few, settling, only_kinds=True)
        left += [f"what is known of {self.names.names.latex[name]}" for name in settling.values]
        fixed = self._fixed(goal, raws[1:], settling) if left and not some else None
        zero = sorted({self.names.names.latex[function] for _, function, _ in settling.values.values()})
        special = "where nothing is random" + "".join(f", {function} is 0" for function in zero)
        return Ready(claim, light if light != claim else None, tuple(left), fixed, (special,))

    def _kept(self, raws: Sequence[Raw], settling: Settling, left: list[str]) -> list[Chain]:
        """The assumptions that can be stated; what cannot is added to ``left``."""
        found = []
        for raw in raws:
            try:
                found.append(settling.chain(raw))
            except NotUnderstood as fault:
                left.append(f"{raw.where or 'an assumption'} ({fault.what})")
        return found

    def _fixed(self, goal: Raw, beside: Sequence[Raw], settling: Settling) -> Claim | None:
        """The claim in the case in which nothing is random, if it has all assumptions."""
        fixed, left = replace(settling, fixed=True, values={}), list[str]()
        shown = fixed.chain(goal, general=False)
        assumptions = [*self._kept(beside, fixed, left), *self._indices(shown, fixed)]
        zero = {function for _, function, _ in fixed.values.values()}
        for c in (c for c in self.classes if c.name in zero):
            if c.what not in _OF_ZERO:
                return None
            if c.parameter is not None:
                parameter = fixed.node(c.parameter)
                assumptions.append(Chain((parameter, Node("number", (Fraction(0),))), (">=",)))
        # Where one value of a function is 0, all of them have to be.
        if any(f in zero for chain in (shown, *assumptions) for f in functions_of(chain)):
            return None
        return self._stated(shown, assumptions, fixed) if not left else None

    def _stated(
        self,
        goal: Chain,
        assumptions: Sequence[Chain],
        settling: Settling,
        reasons: tuple[Reason, ...] = (),
        *,
        only_kinds: bool = False,
    ) -> Claim:
        beside = [Chain((*r.points, *([r.factor] if r.factor is not None else [])), ()) for r in reasons]
        found = self._declarations((goal, *assumptions, *beside), settling)
        declared = tuple(d for d in found if isinstance(d, Declared) or not only_kinds)
        return Claim(goal, declared, tuple(assumptions), reasons)

    def _numbers(self) -> tuple[list[Raw], list[str]]:
        """The assumptions about numbers, and which of them are not said here."""
        names, found, left = self.names.names, list[Raw](), list[str]()
        for formula in self.context.formulas:
            opaque = logic.variables_of(formula) & names.opaque.keys()
            if opaque and all(names.opaque[name] == "a norm" for name in opaque):
                continue  # it was read as an assumption about vectors too
            raws = None if opaque else of_formula(formula, self.names)
            if raws is None:
                left.append("an assumption about numbers that is no chain of relations")
            else:
                found += raws
        for name, value in self.context.definitions.items():
            found.append(Raw((of_term(logic.Var(name), self.names), of_term(value, self.names)), ("==",)))
        return found, left

    def _ranges(self) -> Iterator[tuple[str, tuple[Node, Node] | None]]:
        for stage in sorted(self.names.stage_variables()):
            yield stage, None
        for letter, ends in self.names.running.items():
            variable = self.names.variable(letter, letter)
            if ends is None:
                yield variable, None
            else:
                first, last = (SpatialReader(list(end), self.names, assuming=True).whole() for end in ends)
                yield variable, (first, last)

    def _indices(self, goal: Chain, settling: Settling) -> list[Chain]:
        """The ranges of indices that the goal mentions: it has to hold for each number of them."""
        free = free_names(goal)
        found = []
        for letter, ends in settling.ranges.items():
            if letter in free and ends is not None:
                index = Node("name", (letter,))
                found.append(Chain((settling.node(ends[0]), index, settling.node(ends[1])), ("<=", "<=")))
        return found

    def _declarations(self, chains: Sequence[Chain], settling: Settling) -> Iterator[Declaration]:
        """What is known of the names that are used: a family is one name."""
        used = frozenset[str]().union(*(free_names(chain) for chain in chains))
        nodes = [n for chain in chains for t in (*chain.terms, *ends_of(chain)) for n in t.walk()]
        kinds = self.names.names.kinds
        for family in sorted({str(n.args[0]) for n in nodes if n.op == "at"}):
            if family in settling.values:
                gradient, _, point = settling.values[family]
                yield Declared((family,), "vectors" if gradient else "reals", self._random_family(point))
                continue
            members = [w for w in self.names.written.values() if self.names.family(w.base, w.base_source) == family]
            said = self.names.of(members[0]) if members else None
            if said is not None and said.kind in _FAMILY:
                random = not settling.fixed and self._random_family(family)
                yield Declared((family,), _FAMILY[said.kind], random, members[0].start)
        functions = {str(n.args[0]) for n in nodes if n.op in ("call", "grad") and self._is_function(str(n.args[0]))}
        classes = [c for c in self.classes if c.name in functions | used]
        used = used.union(*(letters_of(settling.node(c.parameter)) for c in classes if c.parameter is not None))
        for name in sorted(used):
            written = self.names.written.get(name)
            said = self.names.of(written) if written is not None else None
            if written is not None and said is not None:
                kind = {"vectors": "vector", "reals": "real"}.get(said.kind, said.kind)
                random = not settling.fixed and self.names.is_random(written)
                yield Declared((name,), kind, random, written.start)  # type: ignore[arg-type]
            elif kinds.get(name) == "integer" or name in settling.ranges:
                yield Declared((name,), "integer")
            elif self.names.names.is_number(self.names.names.key_of_variable(name)):
                yield Declared((name,), "real")
        yield from (Declared((name,), "function") for name in sorted(functions))
        for c in classes:
            parameter = None if c.parameter is None else settling.node(c.parameter)
            yield ClassOf(c.name, c.what, parameter, c.start)
        yield from (i for i in self.independent if used.issuperset(i.names))

    def _random_family(self, family: str) -> bool:
        members = [w for w in self.names.written.values() if self.names.family(w.base, w.base_source) == family]
        return any(self.names.is_random(w) for w in members)

    def _is_function(self, variable: str) -> bool:
        return self.names.is_function(self.names.names.key_of_variable(variable))


def ends_of(chain: Chain) -> list[Node]:
    """The ends of the ranges of a chain."""
    return [end for r in chain.ranges for end in (r.lower, r.upper)]


def functions_of(chain: Chain) -> set[str]:
    """The functions and built-in operations whose values and gradients a chain mentions."""
    return {str(n.args[0]) for t in chain.terms for n in t.walk() if n.op in ("call", "grad")}


def free_names(chain: Chain) -> frozenset[str]:
    """The names in a chain that no sum and no range binds; functions and families are none."""
    found: set[str] = set()

    def visit(node: Node, bound: frozenset[str]) -> None:
        if node.op == "name" and node.args[0] not in bound:
            found.add(str(node.args[0]))
        if node.op in ("E", "Var"):
            found.update(a for a in node.args[1:] if isinstance(a, str))
        if node.op == "sum":
            bound = bound | {str(node.args[1])}
        for part in node.parts:
            visit(part, bound)

    ranged = frozenset(r.name for r in chain.ranges)
    for term in chain.terms:
        visit(term, ranged)
    for end in ends_of(chain):
        visit(end, frozenset[str]())
    return frozenset(found)
