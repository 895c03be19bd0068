"""Tests of the installed program, each in a real process."""
