"""The methods of the general prover, one a file; ``verify.prover.table`` says in which order they are tried.

Each file says what it does in steps, when it applies, where it stops, and where the method comes from. A file defines
a ``TACTIC`` (closes a goal or adds facts), a ``LAW`` (rewrites function values), or functions that others call.
"""
