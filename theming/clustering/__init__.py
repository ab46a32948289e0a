"""Group vectors: neighbour smoothing, a consensus of many runs, one tree."""
