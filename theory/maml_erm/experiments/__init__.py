"""Named, reproducible runs of the definitions, each with a table and a figure: ``verify simulate NAME``.

An experiment is a module of this package: its docstring says what it shows, ``PARAMETERS`` what can be set, ``run``
computes a table from the definitions and ``draw`` puts it beside the curves of the theory.
"""

NAMES = ("collapse", "threshold", "packing", "discrepancy", "steps", "mismatch", "anisotropic", "convergence")
