"""The kinds of question: the programs each needs, how its answer is read and how it is judged."""
