"""Listen: sources in, voices out."""
