"""What students get: a file each, and the bank that it is checked with."""
