"""What somebody typed before their sign-in changed, until the form can show it again."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.text import get_text_list
from django.utils.translation import gettext

KEPT = "kept_form"
PATH = "kept_path"
FILES = "kept_files"
SESSION_KEY = "kept_forms"
MOST = 3


def typed_in(request: HttpRequest) -> QueryDict:
    """Return what was sent, but for tokens and passwords; of files the names alone."""
    typed = request.POST.copy()
    for name in [*typed]:
        if name in {"csrfmiddlewaretoken", "username"} or "password" in name:
            del typed[name]
    if files := [str(file.name) for name in request.FILES for file in request.FILES.getlist(name)]:
        typed.setlist(FILES, files)
    return typed


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


def ask_again(typed: QueryDict) -> str:
    """Ask to save what was kept, and say which files were not."""
    words = gettext("You had been signed out. Here is what you typed: look it over and save it.")
    return " ".join(part for part in (words, files_lost(typed)) if part)


def files_lost(typed: QueryDict) -> str:
    """Say which files must be chosen again; "" if there were none."""
    names = [f"“{name}”" for name in typed.getlist(FILES)]
    if not names:
        return ""
    words = gettext("No file is kept: choose again %(files)s.")
    return words % {"files": get_text_list(names, gettext("and"))}
