"""Scripts of the process that runs torch, started by path; the parent imports `wire` alone."""
