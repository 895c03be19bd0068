"""Submissions: files are found, opened and read, and attributed to students."""
