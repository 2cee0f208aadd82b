"""The roof as Django knows it."""

from django.contrib.admin import apps


class BackOfficeConfig(apps.AdminConfig):
    """Django's admin with our own front page."""

    default = False
    default_site = "untfsse.admin.BackOffice"
