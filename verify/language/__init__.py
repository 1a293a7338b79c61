"""The language of statements.

logic.py has the terms, formulas and sequents; definedness.py says where they mean something, json_form.py how they are
written to files. parser.py reads text, by the tables in statement.lalr, which grammar.py makes of the grammar in
statement.lark and automaton.py follows; lexemes.py has the spelling of numbers, names and signs, neighbours.py the
words that others around them explain, names.py the names that are taken. builder.py builds formulas, arithmetic.py and
calls.py terms, of the parts in nodes.py; defined.py has the functions read by their definitions, circular.py what pi,
sin and cos stand for, circular_laws.py, circular_angles.py and circular_ranges.py what is known of these,
declarations.py what assumptions declare, explanation.py what is said of a text that cannot be read.
rational_functions.py decides identities, evaluation.py finds values at points; raw_terms.py and critical_points.py look
at terms in the checker's form. verdict.py has what evidence amounts to in the end.
"""
