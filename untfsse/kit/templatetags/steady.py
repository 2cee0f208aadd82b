"""What each page shows alike: `{% steady %}…{% endsteady %}`, written once in a process."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class SteadyNode(Node):
    """A part of a template that is written once for each language, and for each of its values."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values
        self.written: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Any) -> SafeString:
        """Return it as it was written first."""
        values = (value.resolve(context) for value in self.values)
        key = get_language(), get_script_prefix(), *values
        if key not in self.written:
            self.written[key] = self.nodelist.render(context)
        return self.written[key]


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    """Write what follows from the language and these few values alone, once for all requests.

    `{% steady id %}<input id="{{ id }}">{% endsteady %}`: nothing else may be used within, and
    none of the values may come from a reader.
    """
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(nodelist, values)
