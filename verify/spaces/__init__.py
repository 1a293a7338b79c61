"""Statements about vectors, expectations, sums and function classes: read, decided, certified.

What is written: ``surface`` the tree that a reader makes, ``text`` the tree as text. The reader of plain text:
``tokens`` its words, ``word_reader`` a position in them, ``term_reader`` terms and relations, ``bounds`` on their size,
``assumption_reader`` declarations, ``plain`` whole inputs, ``recognition`` which inputs come here. What kind each name
is: ``uses`` as far as uses say, ``sorts`` with all that is declared, ``agreement`` whether the terms agree,
``explanation`` why they do not. What it means: ``problem``, names with their sorts, definitions, hypotheses and goals
in the language of ``verify.kernel.spaces``. What the search works on: ``gram``, the same as linear forms in inner
products, with coefficients in the parameters.
"""
