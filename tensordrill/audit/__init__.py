"""A bank against itself: every question over its draws, every misconception wrong and told apart."""
