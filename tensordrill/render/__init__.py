"""Nouns become pictures: questions, verdicts, summaries and check reports for a terminal."""
