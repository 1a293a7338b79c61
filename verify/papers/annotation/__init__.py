"""Comments for a paper that has none: what its sentences declare and assume, proposed as ``% verify:`` lines.

``prose`` splits the text between displays into sentences of words and formulas; ``conditions`` and ``classes`` find
in them what is declared, each in the words of its comment; ``scopes`` says how far that reaches. ``letters`` tells
what a display needs besides. ``proposal`` keeps the comments that are understood, and asks to derive what can be
decided; ``inserting`` puts them into copies of all files of the paper.
"""
