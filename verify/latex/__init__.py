"""LaTeX for papers: formulas in a chosen form, a file of macros, a document with every theorem."""
