"""What each page shows alike is written once for each language and value."""

from django.template import engines
from django.utils import translation

WORDS = "{{ name }} {{ number }} {% translate 'Search' %}"


def test_a_steady_part_is_written_once_for_each_value_and_language() -> None:
    words = f"{{% load i18n steady %}}{{% steady name %}}{WORDS}{{% endsteady %}}"
    part = engines["django"].from_string(words)
    asked = [("a", 1), ("b", 2), ("a", 3), ("<", 4)]
    told = [part.render({"name": name, "number": number}) for name, number in asked]
    with translation.override("fr"):
        told.append(part.render({"name": "a", "number": 5}))
    assert told == ["a 1 Search", "b 2 Search", "a 1 Search", "&lt; 4 Search", "a 5 Rechercher"]
