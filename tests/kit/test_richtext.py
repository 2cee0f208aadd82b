"""Minutes keep their layout and lose whatever could act: on save, and again on a page."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from untfsse.kit.forms.richtext import RichTextFormField, safe_html, sanitize

REL = ' rel="noopener noreferrer"'


@pytest.mark.parametrize(
    "html",
    [
        "<p>One <strong>two</strong> <em>three</em><br>four</p>",
        "<h3>Heading</h3><h4>Below</h4>",
        "<ul><li><p>a</p></li></ul><ol><li>b</li></ol>",
        "<blockquote><p>said</p></blockquote>",
        f'<p><a href="https://example.org/a?b=1&amp;c=2"{REL}>text</a></p>',
    ],
)
def test_the_layout_of_minutes_stays(html: str) -> None:
    assert sanitize(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<p>a</p><style>p{}</style>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" class="c" id="i">a</p>', "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', f"<p><a{REL}>a</a></p>"),
        ('<p><a href="mailto:a@example.org">a</a></p>', f"<p><a{REL}>a</a></p>"),
        ('<p><a href="data:text/html,x">a</a></p>', f"<p><a{REL}>a</a></p>"),
        ('<img src="x" onerror="alert(1)">a', "a"),
        ("<svg><script>alert(1)</script></svg>a", "a"),
        ("<!-- note -->a", "a"),
        ("<iframe src='https://example.org'></iframe>a", "a"),
        ("<h1>a</h1><table><tr><td>b</td></tr></table>", "ab"),
        ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_what_could_act_goes(html: str, cleaned: str) -> None:
    assert sanitize(html) == cleaned


@pytest.mark.parametrize("html", ["", "<p></p>", "<p><br></p>", "<p> </p>", "<ul><li></li></ul>"])
def test_what_holds_no_words_is_empty(html: str) -> None:
    assert sanitize(html) == ""


def test_cleaning_twice_changes_nothing_more() -> None:
    once = sanitize('<p>a<a href="https://example.org">b</a><script>c</script></p>')
    assert sanitize(once) == once


def test_a_page_cleans_what_is_stored_and_lays_out_plain_text() -> None:
    template = Template("{% load richtext %}{{ text|safe_html }}")
    shown = [
        template.render(Context({"text": text}))
        for text in ("<p>a<script>b</script></p>", "One & two\n\nThree\nfour", "")
    ]
    assert shown == ["<p>a</p>", "<p>One &amp; two</p>\n\n<p>Three<br>four</p>", ""]
    assert hasattr(safe_html("a"), "__html__")


def test_the_form_field_cleans_and_knows_what_is_the_same() -> None:
    field = RichTextFormField(required=False)
    assert field.clean("<p onclick='x()'>a</p>") == "<p>a</p>"
    assert field.clean(None) == ""
    assert not field.has_changed("<p>a</p>", '<p class="b">a</p>')
    assert field.has_changed("<p>a</p>", "<p>b</p>")


def test_a_required_text_needs_words() -> None:
    with pytest.raises(forms.ValidationError, match="required"):
        RichTextFormField().clean("<p></p>")


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(forms.ValidationError, match="at most 200000"):
        RichTextFormField().clean("x" * 200_001)


def test_the_widget_has_no_inline_script() -> None:
    field = RichTextFormField()
    widget: Any = field.widget
    html = widget.render("text", "<p>a</p>", {"id": "id_text"}) + str(widget.media)
    assert ("<script>" in html, "importmap" in html, "<style" in html) == (False, False, False)
    assert 'src="/static/js/richtext.js" type="module"' in html
    assert "&lt;p&gt;a&lt;/p&gt;" in html
