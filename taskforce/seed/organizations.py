"""Organizations and their former names."""

from taskforce.models import FormerName, Organization
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import record

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


def load_organizations(load: Load, file: RecordFile) -> None:
    """Load organizations with their former names; tell the counts that have no place."""
    rows = file.rows("organizations")
    load.each(ORGANIZATIONS, rows, _load_organization)
    load.each(FORMER_NAMES, rows, _load_former_name)
    for row in file.rows("membership_counts"):
        load.leave_out("membership counts", row, "no noun for it: seats are counted by the portal")
    file.leave(["organizations.hq_country"], "hq_country_code says it")


def _load_organization(load: Load, row: FileRow) -> None:
    website = row.text("website")
    values = record(row, SOURCES) | {
        "slug": row.key("id"),
        "name": row.text("name"),
        "acronym": row.text("acronym"),
        "other_names": "; ".join(row.texts("other_names")),
        "kind": row.text("org_type"),
        "website": f"https://{website}" if website and "://" not in website else website,
        "city": row.text("hq_city"),
        "country": row.text("hq_country_code"),
    }
    load.put(ORGANIZATIONS, row, row.key("id"), values)


def _load_former_name(load: Load, row: FileRow) -> None:
    name = row.text("former_name")
    if not name:
        return
    organization = load.get(ORGANIZATIONS, row.key("id"))
    key = f"{row.key('id')}/{name}"
    load.put(FORMER_NAMES, row, key, {"organization": organization, "name": name, "until_on": None})
