"""What a browser would send of a form on a page."""

from html.parser import HTMLParser
from typing import Any


class FormReader(HTMLParser):
    """Collects the values of the form whose id ends in `_form`, as a browser would send them."""

    def __init__(self) -> None:
        """Start outside of any form."""
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.inside = False
        self.select = ""
        self.is_multiple = False
        self.options: list[tuple[str, bool]] = []
        self.textarea = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "form":
            self.inside = (said.get("id") or "").endswith("_form")
        if not self.inside:
            return
        if tag == "input" and name:
            self.read_input(name, said)
        elif tag == "select":
            self.select, self.is_multiple, self.options = name, "multiple" in said, []
        elif tag == "option" and self.select:
            self.options.append((said.get("value") or "", "selected" in said))
        elif tag == "textarea":
            self.textarea, self.text = name, []

    def read_input(self, name: str, said: dict[str, str | None]) -> None:
        """Note an input that a browser would send."""
        kind = said.get("type") or "text"
        if kind in {"submit", "button", "file", "image"}:
            return
        if kind in {"checkbox", "radio"} and "checked" not in said:
            return
        default = "on" if kind in {"checkbox", "radio"} else ""
        self.values.setdefault(name, []).append(said.get("value") or default)

    def handle_endtag(self, tag: str) -> None:
        """Close a field."""
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            chosen = [value for value, is_selected in self.options if is_selected]
            if not chosen and not self.is_multiple:
                chosen = [value for value, _selected in self.options[:1]]
            if chosen:
                self.values.setdefault(self.select, []).extend(chosen)
            self.select = ""
        elif tag == "textarea" and self.textarea:
            text = "".join(self.text).removeprefix("\r").removeprefix("\n")
            sent = text.replace("\r\n", "\n").replace("\n", "\r\n")
            self.values.setdefault(self.textarea, []).append(sent)
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        """Collect the text of a box."""
        if self.textarea:
            self.text.append(data)


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """Return what the page's form would send by its button "Save", with some changes."""
    reader = FormReader()
    reader.feed(page.content.decode())
    sent = {name: values for name, values in reader.values.items() if "__prefix__" not in name}
    return {**sent, "_save": "Save", **changes}
