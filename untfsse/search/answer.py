"""An answer above the results."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """What the records say: a label, the fact with its page, and what it rests on."""

    label: str | Promise
    title: str
    url: str
    note: str = ""
