"""The Task Force's files of records."""

from dataclasses import dataclass, fields
from pathlib import Path

from untfsse.kit.loading import RecordFile, read_file

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Files:
    """The files, read."""

    organizations: RecordFile
    actors: RecordFile
    offices: RecordFile
    meetings: RecordFile
    documents: RecordFile
    instruments: RecordFile
    news: RecordFile
    names: RecordFile

    @property
    def all(self) -> list[RecordFile]:
        """Each of them."""
        return [getattr(self, field.name) for field in fields(self)]


def read_files(folder: Path = DATA) -> Files:
    """Read every file; raise BrokenFileError for the first that cannot be read."""
    return Files(
        **{field.name: read_file(folder / f"{field.name}.yaml") for field in fields(Files)}
    )
