"""Parsing: an XML file from outside, without entities and network, and not beyond bounds."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

MAX_BYTES = 2 * 2**20
MAX_NODES = 50_000
MAX_DEPTH = 60
NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def parse(content: bytes) -> etree._Element:
    """Return the root of an XML file in UTF-8. Raises ValidationError for what is not taken."""
    if len(content) > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(limit)s MB, the most that is accepted.")
            % {"limit": MAX_BYTES // 2**20}
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(_("The file is not written in UTF-8.")) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValidationError(_("A file that declares a document type is not accepted."))
    if text.count("<") > 2 * MAX_NODES:
        refuse_large()
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValidationError(
            _("The file is no XML: line %(line)s cannot be read.") % {"line": error.lineno or 1}
        ) from None
    check_bounds(root)
    return root


def check_bounds(root: etree._Element) -> None:
    """Refuse a tree that is too large or too deep."""
    nodes, depth = 0, 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        nodes, depth = nodes + 1, depth + 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            refuse_large()


def refuse_large() -> None:
    """Raise ValidationError for a file beyond the bounds."""
    raise ValidationError(_("The file has more parts, or deeper ones, than a resolution has."))


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Give the children of these names, in order."""
    return (child for child in element if name_of(child) in names)


def find(root: etree._Element, path: str) -> etree._Element | None:
    """Return the first element on a path of Akoma Ntoso names: "meta/analysis"."""
    return root.find("/".join(f"{NAMESPACE}{name}" for name in path.split("/")))


def below(root: etree._Element | None, name: str, /, **attributes: str) -> Iterator[etree._Element]:
    """Give all elements of a name below another, with these attributes."""
    for element in root.iter(f"{NAMESPACE}{name}") if root is not None else ():
        if all(element.get(key, "").lstrip("#") == value for key, value in attributes.items()):
            yield element
