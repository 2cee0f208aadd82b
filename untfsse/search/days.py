"""Days: a date in words or figures, in the languages in which visitors write it."""

import datetime as dt
import re
from typing import NamedTuple

from untfsse.kit.records.dates import PartialDate
from untfsse.search.plain import plain

NAMES = (
    "january janvier enero januar января январь يناير",
    "february fevrier febrero февраля февраль فبراير",
    "march mars marzo марта март مارس",
    "april avril abril апреля апрель ابريل",
    "may mai mayo мая май مايو",
    "june juin junio июня июнь يونيو يونيه",
    "july juillet julio июля июль يوليو يوليه",
    "august aout agosto августа август اغسطس",
    "september septembre septiembre setiembre sept сентября сентябрь سبتمبر",
    "october octobre octubre октября октябрь اكتوبر",
    "november novembre noviembre ноября ноябрь نوفمبر",
    "december decembre diciembre декабря декабрь ديسمبر",
)
SHORT = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTHS = {plain(name): n for n, names in enumerate(NAMES, start=1) for name in names.split()}
MONTHS |= {name: number for number, name in enumerate(SHORT, start=1)}
MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
OF = r"(?:\s+(?:of|de|del|du))?"
YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|er|º|°)?"
FORMS = [
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-])")
    for form in (
        rf"{YEAR}-(?P<number>[01][0-9])-{DAY}",
        rf"{DAY}[/.](?P<number>[01]?[0-9])[/.]{YEAR}",
        rf"{DAY}{OF}\s+(?P<month>{MONTH})\.?{OF},?\s+{YEAR}",
        rf"(?P<month>{MONTH})\.?\s+{DAY},?\s+{YEAR}",
        rf"(?P<month>{MONTH})\.?{OF},?\s+{YEAR}",
        rf"{YEAR}\s+(?P<month>{MONTH})",
        rf"{YEAR}-(?P<number>[01][0-9])",
    )
]
CHINESE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})年(?:(?P<number>[0-9]{1,2})月)?(?:(?P<day>[0-9]{1,2})日)?"
)


class FoundDay(NamedTuple):
    """A day, month or year in a text, and where it stands."""

    date: PartialDate
    start: int
    end: int

    @property
    def sign(self) -> str:
        """The word by which search columns hold it."""
        digits = self.date.iso.replace("-", "")
        return f"#{'ymd'[(len(digits) - 4) // 2]}{digits}"


def find_day(text: str) -> FoundDay | None:
    """Return the first day or month of a year that a plain text names; a year alone is a word."""
    for form in (*FORMS, CHINESE):
        if (match := form.search(text)) and (date := read(match)):
            return FoundDay(date, *match.span())
    return None


def read(match: re.Match[str]) -> PartialDate | None:
    """Return the date of a match; None for one that no calendar has."""
    facts = match.groupdict()
    month = MONTHS[facts["month"]] if facts.get("month") else facts.get("number")
    date = PartialDate(
        int(facts["year"]),
        int(month) if month else None,
        int(facts["day"]) if facts.get("day") else None,
    )
    try:
        dt.date(date.year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return date
