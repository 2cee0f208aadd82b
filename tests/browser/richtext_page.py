"""A page with two rich texts, one in a row that is added later, for the browser test alone."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import include, path

from untfsse.kit.forms.richtext import RichTextFormField

PAGE = Template(
    """<!doctype html><html lang="en"><title>Rich text</title>
    <link rel="icon" href="data:,">{{ form.media }}
    <main><h1>Rich text</h1><form method="post">{{ form.as_p }}<button>Save</button></form>
    <pre id="saved">{{ saved }}</pre></main></html>"""
)


class MinutesForm(forms.Form):
    """Minutes under one item."""

    text = RichTextFormField(label="Minutes", required=False, help_text="What was said.")


def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and what came of it."""
    saved: Any = ""
    form = MinutesForm(request.POST or None, initial={"text": "<p>Forty took part.</p>"})
    if form.is_valid():
        saved = form.cleaned_data["text"]
    context = Context({"form": form, "saved": saved})
    return HttpResponse(PAGE.render(context))


page.csrf_exempt = True  # type: ignore[attr-defined]
urlpatterns = [path("rich-text/", page), path("", include("untfsse.urls"))]
