"""The language of statements.

logic.py has the terms, formulas and sequents; definedness.py says where they mean something, json_form.py how they are
written to files. parser.py reads text, by the tables in statement.lalr, which grammar.py makes of the grammar in
statement.lark and automaton.py follows; the terms are built in builder.py, the names that are taken stand in names.py,
and how numbers and names are spelled in lexemes.py.
rational_functions.py decides identities, evaluation.py finds values at points; raw_terms.py and critical_points.py look
at terms in the checker's form. verdict.py has what evidence amounts to in the end.
"""
