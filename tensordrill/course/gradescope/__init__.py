"""Grading where Gradescope runs it."""
