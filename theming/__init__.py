"""Texts in, themes out: no database, no screen, no file but those handed to it."""
