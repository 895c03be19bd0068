"""Assignments as a teacher makes them: questions, a secret, and a roster of the class."""
