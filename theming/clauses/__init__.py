"""Texts that say several things: their clauses, and the further themes that a clause speaks of."""
