"""The record: tables by subject. Knows no screen, no theming and no service."""
