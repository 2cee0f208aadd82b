"""Parts of a record that somebody deleted while another had them in a form."""

from collections.abc import Mapping
from typing import Any

from untfsse.kit.backoffice.cells import Cell, digest, plain


def has_gone(sent: Any, formsets: list[Any]) -> bool:
    """Whether a row was sent of a part that is not stored any more."""
    return any(
        value and value not in {str(form.instance.pk) for form in formset.initial_forms}
        for formset in formsets
        for name, value in sent.items()
        if name.startswith(f"{formset.prefix}-") and name.endswith(f"-{key_of(formset)}")
    )


def key_of(formset: Any) -> str:
    """Return the field of a row that says which part it is."""
    return str(formset.model._meta.pk.name)


def let_go(
    sent: Any, files: Any, shown: Mapping[str, str], formsets: list[tuple[Any, Any]]
) -> tuple[int, int]:
    """Take the parts that are gone out of what was sent; return how many, and how many are typed.

    The formsets come in pairs, as stored and as sent. A row in which something was typed becomes
    one to be added, behind those that are stored; any other goes.
    """
    gone = typed = 0
    for stored, posted in formsets:
        prefix, key = posted.prefix, key_of(posted)
        known = {str(form.instance.pk) for form in stored.initial_forms}
        kept, anew = list[int](), list[int]()
        for n, form in enumerate(posted.initial_forms):
            if (pk := sent.get(f"{prefix}-{n}-{key}", "")) in known:
                kept.append(n)
                continue
            gone += 1
            if is_typed(form, f"{prefix}:{pk}:", shown):
                anew.append(n)
        if len(kept) == posted.initial_form_count():
            continue
        typed += len(anew)
        rows = range(posted.initial_form_count(), posted.total_form_count())
        for data in (sent, files):
            put_in_order(data, prefix, [*kept, *anew, *rows])
        for n in range(len(kept), len(kept) + len(anew)):
            sent[f"{prefix}-{n}-{key}"] = ""
        sent[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
        sent[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(anew) + len(rows))
    return gone, typed


def is_typed(form: Any, key: str, shown: Mapping[str, str]) -> bool:
    """Whether a row holds anything that was not shown, and is not to be deleted."""
    if form.data.get(form.add_prefix("DELETE")):
        return False
    cells = [Cell(form, name) for name in form.fields if f"{key}{name}" in shown]
    return any(digest(plain(one.field, one.posted)) != shown[f"{key}{one.name}"] for one in cells)


def put_in_order(data: Any, prefix: str, order: list[int]) -> None:
    """Number the rows of a formset anew, in this order; the others go."""
    rows: dict[int, dict[str, list[Any]]] = {}
    for name in [each for each in data if each.startswith(f"{prefix}-")]:
        number, dash, rest = name.removeprefix(f"{prefix}-").partition("-")
        if dash and number.isdecimal():
            rows.setdefault(int(number), {})[rest] = data.getlist(name)
            del data[name]
    for place, number in enumerate(order):
        for rest, values in rows.get(number, {}).items():
            data.setlist(f"{prefix}-{place}-{rest}", values)
