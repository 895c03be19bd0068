"""Explanations in the user's own process: hooks on exceptions that nobody caught, and nothing while none is raised.

The program has imported torch itself, if at all; nothing here does.
"""
