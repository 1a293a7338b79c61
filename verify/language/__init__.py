"""The language of statements: terms and formulas, their parser, exact evaluation, errors about input."""
