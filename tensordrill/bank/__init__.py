"""What the YAML says: schema, loading, draws, variants and ideas. No torch, no processes."""
