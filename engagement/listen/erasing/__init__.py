"""Erasing people's words for good, in the record and in the file they came in."""
