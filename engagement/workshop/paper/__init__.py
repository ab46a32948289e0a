"""Paper: cards and headings to print, and the wall brought back to the board."""
