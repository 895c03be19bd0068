"""What students hand in: files are found, opened and read, and find their owners."""
