"""Turn texts into vectors: one protocol, several machines behind it."""
