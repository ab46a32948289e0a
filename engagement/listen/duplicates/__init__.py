"""Voices that came in twice: found by their words, shown side by side, decided by people."""
