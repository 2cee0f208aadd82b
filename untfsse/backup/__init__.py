"""Backup: the database and the files in one archive, kept by a rule, and brought back whole."""

from untfsse.backup.faults import BackupError
from untfsse.backup.making import make_backup
from untfsse.backup.media import Folder, kept_files
from untfsse.backup.restoring import check_archive, restore_backup
from untfsse.backup.shelf import Backup, Failure, Shelf, own_shelf, to_keep
