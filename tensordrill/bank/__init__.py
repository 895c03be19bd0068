"""Question banks: schema, loading, draws, variants and ideas. No torch, no processes."""
