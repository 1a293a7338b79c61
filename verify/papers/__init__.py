"""Papers: reads the displays of a LaTeX file and checks them, line by line, against the theory or on their own."""
