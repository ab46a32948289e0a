"""Theme together: boards, their events, undo."""
