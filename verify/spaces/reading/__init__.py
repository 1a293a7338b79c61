"""What was written: read into trees with positions, and the kind of every name found.

``surface`` is the tree that every reader makes, ``text`` the tree as text. The reader of plain text: ``tokens`` its
words, ``word_reader`` a position in them, ``term_reader`` terms and relations, ``bounds`` on their size,
``assumption_reader`` declarations, ``plain`` whole inputs, ``recognition`` which inputs come here. What kind each
name is: ``uses`` as far as uses say, ``sorts`` with all that is declared, ``agreement`` whether the terms agree,
``explanation`` why they do not; ``prudence`` what is refused because a reader would take it otherwise.
"""
