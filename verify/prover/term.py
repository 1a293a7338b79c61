"""A term as a tactic handles it: its form has been matched, so that its parts are taken without asking for their types.

What a term may be, says ``verify.kernel.reals.terms.Term``.
"""

from typing import Any, TypeAlias

Term: TypeAlias = Any
