"""The back office of the action plan, one file a noun family."""

from actionplan.admin import activities, acts, commitments, plans

__all__ = ["activities", "acts", "commitments", "plans"]
