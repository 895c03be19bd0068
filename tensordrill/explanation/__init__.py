"""Explanations of programs as data: steps, the pictures of their memory and shapes, and reasons."""
