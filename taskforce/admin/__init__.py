"""The back office of the Task Force, one file a noun family."""

from taskforce.admin import (
    decisions,
    documents,
    instruments,
    meetings,
    minutes,
    organizations,
    people,
    updates,
)
