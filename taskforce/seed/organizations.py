"""Organizations, their former names, and how many of them official texts count."""

from typing import Any

from taskforce.choices import SeatCategory
from taskforce.models import FormerName, Organization, ReportedCount
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import evidence, record

ORGANIZATIONS = SeedModel(
    "organizations",
    Organization,
    {
        "slug": "id",
        "kind": "org_type",
        "city": "hq_city",
        "country": "hq_country_code",
    },
)
SOURCES = ("sources", "profile_sources")
"""The file tells apart what was read of the seat and of the organization; both are evidence."""
FORMER_NAMES = SeedModel("former names", FormerName, {"name": "former_name"})
REPORTED_COUNTS = SeedModel("reported counts", ReportedCount, {"reported_on": "date"})
COUNTED = {"members": SeatCategory.MEMBER, "observers": SeatCategory.OBSERVER}


def load_organizations(load: Load, file: RecordFile) -> None:
    """Load organizations with their former names, and the counts that sources give of them."""
    rows = file.rows("organizations")
    load.each(ORGANIZATIONS, rows, _load_organization)
    load.each(FORMER_NAMES, rows, _load_former_name)
    load.each(REPORTED_COUNTS, file.rows("membership_counts"), _load_counts)
    file.leave(["organizations.hq_country"], "hq_country_code says it")


def organization_values(row: FileRow) -> dict[str, Any]:
    """Return what a row says of an organization, besides its evidence."""
    website = row.text("website")
    return {
        "slug": row.key("id"),
        "name": row.text("name"),
        "acronym": row.text("acronym"),
        "other_names": "; ".join(row.texts("other_names")),
        "kind": row.text("org_type"),
        "website": f"https://{website}" if website and "://" not in website else website,
        "city": row.text("hq_city"),
        "country": row.text("hq_country_code"),
    }


def _load_organization(load: Load, row: FileRow) -> None:
    load.put(ORGANIZATIONS, row, row.key("id"), record(row, SOURCES) | organization_values(row))


def _load_former_name(load: Load, row: FileRow) -> None:
    name = row.text("former_name")
    if not name:
        return
    organization = load.get(ORGANIZATIONS, row.key("id"))
    key = f"{row.key('id')}/{name}"
    load.put(FORMER_NAMES, row, key, {"organization": organization, "name": name, "until_on": None})


def _load_counts(load: Load, row: FileRow) -> None:
    for field, category in COUNTED.items():
        number = row.whole(field)
        if number is None:
            continue
        values = evidence(row) | {
            "reported_on": row.date("date"),
            "category": category,
            "number": number,
            "wording": row.text("wording"),
        }
        load.put(REPORTED_COUNTS, row, f"{row.key('date')}/{category}", values)
