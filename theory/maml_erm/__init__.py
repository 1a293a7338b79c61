"""When MAML outperforms ERM: easy and hard linear-regression tasks, from the definitions to the claims.

``theory`` has the object THEORY that the verifier needs; ``formulas`` derives, ``claims`` states, ``definitions`` runs
the definitions and knows no formula, ``measurements`` compares the two, ``experiments`` draws them.
"""

from theory.maml_erm.theory import THEORY as THEORY
