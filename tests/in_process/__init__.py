"""Tests of explanations in the user's own process."""
