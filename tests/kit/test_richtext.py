"""Minutes keep their layout and lose whatever could act: on save, and again on a page."""

import re
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client

from tests import make
from tests.forms import filled
from tests.staff import sign_in
from untfsse.kit.forms.richtext import RichTextFormField, as_plain, safe_html, sanitize
from untfsse.kit.records.roles import EDITOR

REL = ' rel="noopener noreferrer"'


@pytest.mark.parametrize(
    "html",
    [
        "<p>One <strong>two</strong> <em>three</em><br>four</p>",
        "<h3>Heading</h3><h4>Below</h4>",
        "<ul><li><p>a</p></li></ul><ol><li>b</li></ol>",
        "<blockquote><p>said</p></blockquote>",
        "<p>10 m<sup>2</sup>, CO<sub>2</sub></p>",
        "<table><caption>Staff</caption><thead><tr><th>Body</th></tr></thead></table>",
        '<table><tbody><tr><td>ILO</td><td colspan="2">10,000</td></tr></tbody></table>',
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
        (
            '<h1>a</h1><table style="x"><tr><td onclick="x()" colspan="9999">b</td></tr></table>',
            "<h3>a</h3><table><tbody><tr><td>b</td></tr></tbody></table>",
        ),
        (
            "<div>a</div><div><p>b</p></div><dl><dt>c</dt><dd>d</dd></dl>",
            "<p>a</p><p>b</p><p>c</p><p>d</p>",
        ),
        (
            "<h5>a</h5><pre>b</pre><b>c</b> <i>d</i>",
            "<h4>a</h4><p>b</p><strong>c</strong> <em>d</em>",
        ),
        ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_what_could_act_goes(html: str, cleaned: str) -> None:
    assert sanitize(html) == cleaned


WORD = """<table class=MsoTableGrid border=1 style='border-collapse:collapse'>
 <tr><td width=301 style='width:225.4pt'><p class=MsoNormal><b>ILO</b><o:p></o:p></p></td>
  <td width=301><p class=MsoNormal>10,000<a style='mso-footnote-id:ftn1' href="#_ftn1"
   name="_ftnref1"><span class=MsoFootnoteReference><sup>[1]</sup></span></a></p></td></tr></table>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> In 2024.</p>
</div></div>"""


def test_a_table_of_a_word_processor_keeps_its_cells_and_footnotes() -> None:
    kept = sanitize(WORD)
    cell = "<table><tbody><tr><td><p><strong>ILO</strong></p></td><td>"
    assert re.sub(r">\s+<", "><", kept).startswith(cell)
    assert '<td><p>10,000<a href="#_ftn1"' in kept
    assert kept.count("<sup>[1]</sup>") == 2
    assert ("style" in kept, "class" in kept, "o:p" in kept) == (False, False, False)
    words = [line.strip() for line in as_plain(kept).splitlines() if line.strip()]
    assert words == ["ILO", "10,000^[1]", "^[1] In 2024."]


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


@pytest.mark.slow
@pytest.mark.django_db
def test_pictures_that_are_left_out_are_told_at_their_field(client: Client) -> None:
    sign_in(client, EDITOR)
    item = make.agenda_item(number="1", title="Opening")
    page = f"/admin/taskforce/agendaitem/{item.pk}/change/"
    pasted = '<p>a<img src="file:///c:/1.png"><IMG\nalt="x"/></p><svg><path/></svg>'
    answer: Any = client.post(page, filled(client.get(page), minutes_text=pasted), follow=True)
    assert "“Minutes”: 3 pictures were left out. A text holds none." in answer.text
    item.refresh_from_db()
    assert item.minutes_text == "<p>a</p>"
    again: Any = client.post(page, filled(client.get(page)), follow=True)
    assert (again.status_code, "left out" in again.text) == (200, False)

    record = f"/admin/taskforce/meeting/{item.meeting_id}/record/"
    sent = filled(client.get(record), **{f"i{item.pk}-text": "<p>b<img src=x></p>"})
    answer = client.post(record, sent, follow=True)
    assert "“Minutes: Opening”: 1 picture was left out. A text holds none." in answer.text


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
