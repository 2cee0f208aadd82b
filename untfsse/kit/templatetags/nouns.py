"""The nouns in a template: the sections of the navigation."""

from typing import Any

from django import template

from untfsse.kit.records.noun import Door, list_address, nouns

register = template.Library()


@register.simple_tag
def sections() -> list[dict[str, Any]]:
    """Return the sections, each with its address and those of the nouns within."""
    listed = nouns(Door.NAVIGATION)
    within: dict[str, list[str]] = {}
    for model in listed:
        owner = model.noun.within or model.noun.name
        within.setdefault(owner, []).append(list_address(model))
    return [
        {
            "label": model.noun.section,
            "url": list_address(model),
            "paths": tuple(within[model.noun.name]),
        }
        for model in listed
        if model.noun.section
    ]


@register.filter
def begins_with(path: str | None, paths: tuple[str, ...]) -> bool:
    """Whether an address lies under one of some addresses."""
    return bool(path) and str(path).startswith(paths)
