"""Dates in a template: `{% period since until is_open=True %}`."""

from django import template

from untfsse.kit.records.dates import period_html

register = template.Library()
register.simple_tag(period_html, name="period")
