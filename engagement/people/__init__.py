"""Accounts, roles, sign-in and permissions."""
