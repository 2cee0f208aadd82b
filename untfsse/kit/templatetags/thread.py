"""The thread in a template: `{% path_of strands as path %}` is its drawing."""

from django import template

from untfsse.kit.pages.thread_path import path_of

register = template.Library()
register.simple_tag(path_of, name="path_of")
