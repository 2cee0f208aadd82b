"""Seeding: load records from YAML files again and again without ever undoing a person's work."""

from untfsse.kit.loading.cache import check_at_once
from untfsse.kit.loading.ledger import LoadedRow
from untfsse.kit.loading.loads import Load, Watcher
from untfsse.kit.loading.reports import Remark, Report, Tally
from untfsse.kit.loading.rows import BrokenFileError, FileRow, RecordFile, RowError, read_file
from untfsse.kit.loading.seed_models import SeedModel, is_proposed, is_unsure
