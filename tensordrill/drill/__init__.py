"""One learner's rounds: which question comes next, what an answer costs, what is remembered."""
