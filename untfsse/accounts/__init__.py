"""Accounts: invitations, sign-in with a second factor, sessions, and their history."""
