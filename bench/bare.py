"""Bare views: what the server, Django and one statement cost at the least, to compare with."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import override_settings
from django.urls import path

ONE = "SELECT title FROM encyclopedia_entry WHERE slug = %s"
TWENTY = "SELECT title, slug, summary FROM encyclopedia_entry ORDER BY number, id LIMIT 20"
FOUND = """
SELECT title, ts_rank(search, words)
FROM encyclopedia_entry, plainto_tsquery('public.portal', %s) words
WHERE search @@ words ORDER BY 2 DESC LIMIT 20
"""


def ask(statement: str, *values: str) -> list[tuple[str, ...]]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[str, ...]] = cursor.fetchall()
    return rows


def one(_request: HttpRequest, slug: str) -> HttpResponse:
    """Show a row."""
    return HttpResponse(ask(ONE, slug)[0][0])


def twenty(_request: HttpRequest) -> HttpResponse:
    """Show twenty rows as JSON."""
    return JsonResponse({"results": ask(TWENTY)})


def search(_request: HttpRequest, word: str) -> HttpResponse:
    """Show what is found by a word."""
    return JsonResponse({"results": ask(FOUND, word)})


urlpatterns = [
    path("one/<slug:slug>/", one),
    path("twenty/", twenty),
    path("search/<str:word>/", search),
]

if os.environ.get("IS_BARE"):
    override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]).enable()
    application = get_wsgi_application()
