"""The sandbox in which torch runs: jobs go to child processes, observations come back. Knows nothing of banks."""
