"""The language of statements.

logic.py has the terms, formulas and sequents; definedness.py says where they mean something, json_form.py how they are
written to files. parser.py reads text, with the grammar in statement.lark, the terms built in builder.py, the names
that are taken in names.py, and how numbers and names are spelled in lexemes.py.
rational_functions.py decides identities, evaluation.py finds values at points; raw_terms.py and critical_points.py look
at terms in the checker's form. verdict.py has what evidence amounts to in the end.
"""
