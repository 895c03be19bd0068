"""tensordrill trains people in tensor handling; torch itself is the answer key."""

__version__ = "0.1.0"
