"""Name groups in words that people really used."""
