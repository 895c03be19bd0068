"""One module a command: parse, call one use, render, exit code."""
