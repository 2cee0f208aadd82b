"""Accounts of people, whom they speak for, and what happened at the doors."""

from typing import Any, ClassVar

from django.contrib.auth.models import User, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.models import Organization, Person
from untfsse.kit.access.visitors import LONGEST_DEVICE

LONGEST_NAME = 150


class AccountManager(UserManager[Any]):
    """Accounts that the Secretariat looks after."""

    def get_queryset(self) -> Any:
        """Leave out those who may do everything: only they look after each other."""
        return super().get_queryset().filter(is_superuser=False)


class Account(User):
    """An account as the Secretariat keeps it: a person who may sign in, in a role."""

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        proxy = True
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering: ClassVar = ["last_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()


class FocalPoint(models.Model):
    """For which organization an account speaks, and which person it is if that is known."""

    account = models.OneToOneField(
        User,
        on_delete=models.CASCADE,
        related_name="focal_point",
        verbose_name=_("account"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organization"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")

    def __str__(self) -> str:
        return f"{self.account} ({self.organization})"


class EventKind(models.TextChoices):
    """What happened to an account, or at the doors."""

    SIGNED_IN = "signed-in", _("Signed in")
    SIGNED_OUT = "signed-out", _("Signed out")
    FAILED = "failed", _("Wrong name or password")
    CODE_FAILED = "code-failed", _("Wrong code")
    LOCKED = "locked", _("Locked for a while")
    UNLOCKED = "unlocked", _("Lock lifted")
    INVITED = "invited", _("Invited")
    JOINED = "joined", _("Invitation accepted")
    RESET_ASKED = "reset-asked", _("New password asked for")
    PASSWORD = "password", _("Password changed")
    ADDRESS = "address", _("Mail address changed")
    FACTOR_ADDED = "factor-added", _("Second factor added")
    FACTOR_REMOVED = "factor-removed", _("Second factor removed")
    CODES_MADE = "codes-made", _("Recovery codes made")
    SESSIONS_ENDED = "sessions-ended", _("Sessions ended")


class AccountEvent(models.Model):
    """One thing that happened to an account; of a failure, the name that was tried.

    The account stays named when it is gone, as in the history of all rows.
    """

    kind = models.CharField(_("what"), max_length=20, choices=EventKind)
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)
    account = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("account"),
    )
    name = models.CharField(_("name tried"), max_length=LONGEST_NAME, blank=True)
    address = models.GenericIPAddressField(_("from"), null=True)
    device = models.CharField(_("device"), max_length=LONGEST_DEVICE, blank=True)

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="event_of_an_account"),
            models.Index(fields=["-happened_at"], name="event_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account or self.name}"
