"""What somebody typed before their session ended, until the form can show it again."""

from typing import Any

from django.http import HttpRequest, QueryDict

KEPT = "kept_form"
SESSION_KEY = "kept_forms"
MOST = 3


def keep_typed(request: HttpRequest, path: str, typed: QueryDict) -> None:
    """Let a form's contents wait in the session; only the latest few wait."""
    waiting: dict[str, str] = dict(request.session.get(SESSION_KEY, {}))
    waiting[path] = typed.urlencode()
    request.session[SESSION_KEY] = dict(list(waiting.items())[-MOST:])


def take_typed(request: HttpRequest) -> QueryDict | None:
    """Return what waits for this page, once; None when nothing does."""
    waiting: dict[str, Any] = request.session.get(SESSION_KEY, {})
    typed = waiting.pop(request.get_full_path(), None)
    if typed is None:
        return None
    request.session[SESSION_KEY] = waiting
    return QueryDict(typed, mutable=True)
