"""Home on its first screen, with the real records."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from untfsse.seeding import seed

SCREENS = {(1280, 800): 1, (390, 844): 2}
"""Widths and heights of a desk and of a telephone, with how many of them home may fill."""


@pytest.fixture
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load all records, and take them back."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


def test_home_fits_one_screen_of_a_desk_and_two_of_a_telephone(page: Page, loaded: None) -> None:
    style = Path(str(finders.find("css/portal.css"))).read_text()
    html = Client().get("/").text.replace("</head>", f"<style>{style}</style></head>")
    filled = {}
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.set_content(html)
        filled[width] = page.evaluate("document.documentElement.scrollHeight")
    limits = {width: height * screens for (width, height), screens in SCREENS.items()}
    too_high = {width: filled[width] for width in filled if filled[width] > limits[width]}
    assert too_high == {}, filled
