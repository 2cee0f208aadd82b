"""A partner who keeps a copy of the portal in step, as the documentation of the API says."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.asking import ROOT
from tests.serving import Portal

type Row = dict[str, Any]

GONE = {"withdrawn", "deleted"}
NOT_IN_THE_LOG = {"changes", "sdgs", "topics"}
MOST = 200


def without_moments(told: Any) -> Any:
    """Return JSON without the moments of changes, which are the log's own."""
    if isinstance(told, dict):
        return {name: without_moments(v) for name, v in told.items() if name != "updated_at"}
    return [without_moments(value) for value in told] if isinstance(told, list) else told


class Partner:
    """Copies all lists and records, then follows `/changes/`."""

    def __init__(self, portal: Portal) -> None:
        """Note the number first: what changes during the copy is read again."""
        self.portal = portal
        self.asked: Counter[str] = Counter()
        self.rows: dict[str, dict[str, Row]] = {}
        self.number = 0
        self.number = self.read_lines()[0]
        self.copy()

    def get(self, address: str) -> Any:
        """Return what is at an address; None when it is gone."""
        answer = self.portal.follow(address)
        self.asked[str(answer.status)] += 1
        assert answer.status in {200, 404, 410}, (address, answer.status, self.portal.log_tail)
        return json.loads(answer.body) if answer.status == 200 else None

    def read_list(self, noun: str, size: int = MOST) -> Iterator[Row]:
        """Give the rows of a list, page by page."""
        address = f"{ROOT}{noun}/?page_size={size}"
        while address:
            page = self.get(address)
            yield from page["results"]
            address = page["next"]

    def copy(self) -> None:
        """Copy each noun: the rows of its list, and each record whole."""
        for noun in set(self.get(ROOT)) - NOT_IN_THE_LOG:
            self.rows[noun] = {}
            for row in self.read_list(noun):
                self.keep(noun, row["id"], self.get(row["url"]) if "url" in row else row)

    def keep(self, noun: str, key: str, row: Row | None) -> None:
        """Put a row into the copy, or take it out."""
        if row is None:
            self.rows[noun].pop(key, None)
        else:
            self.rows[noun][row["id"]] = without_moments(row)

    def read_lines(self) -> tuple[int, list[Row]]:
        """Return the number that was reached, and all lines up to it."""
        lines: list[Row] = []
        address, number = f"{ROOT}changes/?since={self.number}", self.number
        while address:
            page = self.get(address)
            lines += page["results"]
            address, number = page["next"], page["latest"]
        numbers = [line["number"] for line in lines]
        assert numbers == sorted(set(numbers)), "lines out of order"
        return number, lines

    def follow(self) -> int:
        """Bring the copy up to date; returns how many lines were read."""
        self.number, lines = self.read_lines()
        latest = {(line["noun"], line["id"]): line for line in lines}
        lists: dict[str, set[str]] = {}
        for (noun, key), line in latest.items():
            if line["kind"] in GONE:
                self.keep(noun, key, None)
            elif line["url"]:
                self.keep(noun, key, self.get(line["url"]))
            else:
                lists.setdefault(noun, set()).add(key)
        for noun, keys in lists.items():
            found = {row["id"]: row for row in self.read_list(noun)}
            for key in keys:
                self.keep(noun, key, found.get(key))
        return len(lines)
