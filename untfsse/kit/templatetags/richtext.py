"""Rich text in a template: `{{ text|safe_html }}`."""

from django import template

from untfsse.kit.forms.richtext import safe_html

register = template.Library()
register.filter("safe_html", safe_html)
