"""Hints of personal data in people's words; people decide what of it is covered."""
