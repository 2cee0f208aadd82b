"""The back office of the action plan, one file a noun family."""

from actionplan.admin import activities, acts, plans

__all__ = ["activities", "acts", "plans"]
