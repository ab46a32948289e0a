"""Published measures, each with its reference, its range and what the ends mean."""
