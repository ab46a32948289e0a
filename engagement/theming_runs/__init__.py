"""The one bridge between the record and ``theming/``: voices go in as texts, candidate themes come back."""
