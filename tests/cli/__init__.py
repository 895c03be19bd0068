"""Tests of the program: in this process, or in one of its own where that is what a test is about."""
