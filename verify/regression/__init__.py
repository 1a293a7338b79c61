"""What must not get worse unnoticed, and whether it would be noticed.

lock_file.py reads and writes the lock, snapshot.py says what it holds, with matrix_samples.py for matrices;
skeleton.py is the form of a statement, differences.py what differs between two locks. mutants.py makes wrong versions
of formulas, trial.py judges one, weaker.py says which say less, mutation.py all of a claim; hypotheses.py drops
hypotheses; run.py does either for many claims. graph/ is what rests on what, and its picture; elsewhere.py says what
falls in other theories.

Of statements about vectors: spatial_skeleton.py is their form, spatial_samples.py their values at fixed models;
spatial_mutants.py makes wrong versions of their trees, spatial_trials.py judges these and drops assumptions.
"""
