"""Engines: the ways to have child processes that run torch."""
