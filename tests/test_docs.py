"""What the documentation names is there: files, tests, targets of make, commands."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
AT_THE_DOOR = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
DOCUMENTS = sorted([*AT_THE_DOOR, *(ROOT / "docs").glob("*.md")])
FILE = re.compile(r"[\w./-]*/[\w.-]+\.(?:py|html|css|js|yaml|toml|md|txt|yml)\b(?:::(\w+))?")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
MADE_HERE = ("/", ".local/", ".venv/", "locale/")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text()
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    for code in re.findall(r"`([^`\n]+)`", text):
        for found in FILE.finditer(code):
            path, _colons, test = found[0].partition("::")
            if path.startswith(MADE_HERE) or "pledge" in path or re.search(r"[…<{*]", code):
                continue
            if not (ROOT / path).exists() and not list(ROOT.glob(f"*/{path}")):
                missing.append(path)
            elif test and f"def {test}(" not in (ROOT / path).read_text():
                missing.append(found[0])
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    missing += set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) - targets
    missing += set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands())
    assert missing == []
