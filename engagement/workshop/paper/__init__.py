"""Paper: cards and headings to print, and what people sorted on paper brought back to the board."""
