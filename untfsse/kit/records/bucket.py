"""The bucket: uploaded files, or backups, in a store that speaks S3."""
# ruff: noqa: SLF001

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import IO, Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from untfsse.kit.faults import StoreError

PATIENCE = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 2})
IN_MEMORY = 4 * 2**20


def told_as_os_error(method: Callable[..., Any]) -> Callable[..., Any]:
    """Tell what the library raises as a folder would."""

    @wraps(method)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise StoreError(f"The bucket refuses, or does not answer: {error}") from error

    return told


class Bucket(S3Storage):
    """A bucket; who may read it, and where it is, the library finds in the environment."""

    _open = told_as_os_error(S3Storage._open)
    _save = told_as_os_error(S3Storage._save)
    delete = told_as_os_error(S3Storage.delete)
    exists = told_as_os_error(S3Storage.exists)
    listdir = told_as_os_error(S3Storage.listdir)
    size = told_as_os_error(S3Storage.size)
    get_modified_time = told_as_os_error(S3Storage.get_modified_time)

    @told_as_os_error
    def sizes(self, begin: str) -> dict[str, int]:
        """Return the bytes of each file whose name begins so."""
        return {found.key: found.size for found in self.bucket.objects.filter(Prefix=begin)}

    @told_as_os_error
    def fetch(self, name: str, file: IO[bytes]) -> None:
        """Write what lies here into a file."""
        self.bucket.download_fileobj(name, file)

    @told_as_os_error
    def forget_cut_off(self, begin: str, before: dt.datetime) -> None:
        """Remove the parts of files whose names begin so and that were never put whole."""
        for upload in self.bucket.multipart_uploads.filter(Prefix=begin):
            if upload.initiated < before:
                upload.abort()

    def get_default_settings(self) -> dict[str, Any]:
        """Keep files to ourselves, and read large ones from the disk."""
        usual: dict[str, Any] = super().get_default_settings()
        return usual | {"client_config": PATIENCE, "max_memory_size": IN_MEMORY}
