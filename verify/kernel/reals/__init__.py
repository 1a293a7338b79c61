"""Statements about real and whole numbers: what a certificate of theorems proves.

A proof is a tree of nodes; each rule turns one state (facts, goal) into the states that remain. It is sound if, at any
values of the variables at which all facts of a state are true, its goal is true whenever the remaining states hold at
all values of theirs. In the order in which one reads them:

``terms.py``        what a term and a formula are, and what is done to them
``work.py``         how much a certificate may ask for, and how it is counted
``json_form.py``    terms and formulas as they are written in a certificate
``formulas.py``     negation and normal form
``whole.py``        which terms are integers by their form
``definedness.py``  when a term or formula has a value: the meaning of a statement
``derivatives.py``, ``enclosures.py``, ``sturm.py``, ``polynomials.py``  the mathematics that rules lean on
``axioms.py``       what is taken for true of abs, min, max, sqrt, exp, log and powers
``state.py``        facts and goal; what is known
``run.py``          the signs of terms under facts, by the algebra of polynomials
``rules/``          one function a rule, by subject
``statement.py``    what a theorem says
``certificate.py``  proofs, and a whole certificate
"""
