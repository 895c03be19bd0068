"""Hand-outs: a file for each student, and the bank that it is checked with."""
