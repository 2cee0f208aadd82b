"""What tests of the kit share: a worker that does what waits."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def done(client: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Return the page to which an answer leads, once a worker has done what waits."""
    # This file may be read before Django knows its models.
    from untfsse.kit.tasks.worker import do_all_that_is_due

    def page_after(answer: Any, client: Client = client) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            do_all_that_is_due()
        return client.get(answer.url)

    return page_after
