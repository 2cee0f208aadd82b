"""Accounts and roles: Django's pages, with boxes that everybody can use."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as django_admin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from untfsse.kit.backoffice.lists import ChangeListMixin

if TYPE_CHECKING:
    UserAdmin = django_admin.UserAdmin[User]
else:
    UserAdmin = django_admin.UserAdmin

admin.site.unregister([User, Group])


class TickedChoicesMixin(ChangeListMixin):
    """Ticks instead of Django's two boxes, which name their parts in a way that WCAG forbids."""

    filter_horizontal: Any = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Offer every choice with a box to tick."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


@admin.register(User)
class AccountAdmin(TickedChoicesMixin, UserAdmin):
    """Who may sign in, and in which roles."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("Permissions"),
            {
                "fields": ["is_active", "is_staff", "is_superuser", "groups"],
                "description": _(
                    "Staff may sign in to the back office; what they may do there is said by their "
                    "roles. Whoever is not staff is a focal point, who reads what members may read."
                ),
            },
        ),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]


@admin.register(Group)
class RoleAdmin(TickedChoicesMixin, django_admin.GroupAdmin):
    """What a role may do."""
