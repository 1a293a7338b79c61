"""What is left of a proof after a rule: its last state, with the scope there; None where nothing is."""

from __future__ import annotations

from typing import TypeAlias

from verify.coq.spaces.place import Scope
from verify.coq.spaces.replay import Step

Rest: TypeAlias = tuple[Scope, Step] | None
