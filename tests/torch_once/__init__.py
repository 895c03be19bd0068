"""torch is imported once for all programs that tests start, in place of once for each."""
