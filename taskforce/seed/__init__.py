"""What the rows of the Task Force's files become."""

from taskforce.seed.actors import load_actors
from taskforce.seed.files import Files, read_files
from taskforce.seed.instruments import load_instruments
from taskforce.seed.meetings import load_meetings
from taskforce.seed.names import load_names
from taskforce.seed.organizations import load_organizations
from taskforce.seed.people import load_offices
from taskforce.seed.relations import load_relations
from taskforce.seed.seats import load_seats
from taskforce.seed.updates import load_documents, load_updates
from untfsse.kit.loading import Load

__all__ = ["Files", "load_records", "read_files"]


def load_records(load: Load, files: Files) -> None:
    """Load all nouns, each after those that it refers to."""
    load_organizations(load, files.organizations)
    load_actors(load, files.actors)
    load_instruments(load, files.instruments)
    load_relations(load, files.instruments)
    load_names(load, files.names)
    load_meetings(load, files.meetings, files.actors)
    load_seats(load, files.organizations)
    load_offices(load, files.offices)
    load_documents(load, files.documents)
    load_updates(load, files.news, files.instruments)
