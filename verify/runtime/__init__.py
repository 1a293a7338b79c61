"""What runs below everything: counted work, files written whole, output that can be lost, processes, defects."""
