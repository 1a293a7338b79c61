"""Reports: the same results for a terminal and for a program."""
