"""What every room needs from the machine.

budget.py counts work, so that outcomes do not depend on the clock; processes.py starts and ends other processes,
child.py is one that sends messages, engine.py has long work done by many of them or by a cluster; files.py reads and
writes files, watch.py waits until they are saved, output.py has the standard streams, and manner.py how much is said on
them and in which colours; python_files.py runs a file of a user's. errors.py has what is said about bad input,
defects.py what happens with a defect of the code; distribution.py knows what the package is called where it is
installed, and installed.py which packages are.
"""
