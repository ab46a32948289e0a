"""Homes suggested for texts, learned from where people put others."""
