"""People, offices and terms."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.models import Office, Person, PersonContact, Term
from taskforce.services.people import erase_contact
from untfsse.kit.backoffice import (
    TENURE_COLUMN,
    Act,
    EvidencedAdmin,
    ModelAdmin,
    RecordAdmin,
    StackedInline,
    TabularInline,
)


def do_erase(request: HttpRequest, person: Any, _data: Any) -> str:
    """Erase a contact, also from the history."""
    erase_contact(person, by=request.user)
    return gettext("Erased, also from the history. It cannot be brought back.")


ERASE = Act(
    "erase-contact",
    _("Erase the contact"),
    do_erase,
    _("E-mail and telephone are deleted here and in every kept version. Nobody can undo it."),
    is_offered=lambda person: PersonContact.objects.filter(person=person).exists(),
    permission="delete",
)


class ContactInline(TabularInline):
    """How the secretariat reaches somebody; only a role with that permission sees it."""

    model = PersonContact
    show_change_link = False


class TermInline(StackedInline):
    """The offices somebody holds and held."""

    model = Term
    fields: ClassVar = [
        "office",
        "organization",
        "position_held",
        ("from_on", "until_on", "last_documented_on"),
        "welcomed_by",
        "sources",
        "confidence",
        "note",
        "internal_note",
    ]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """Office holders and authors; nobody else is public."""

    list_display = ("name", "organization", "orcid", "status", "evidence")
    list_select_related = ("organization",)
    search_fields = ("name", "orcid", "slug")
    search_help_text = _("Name or ORCID iD; accents do not matter.")
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    ordering = ("name_key", "id")
    inlines = (TermInline, ContactInline)
    acts = (*RecordAdmin.acts, ERASE)
    fields: ClassVar = ["name", "slug", "orcid", "organization"]


@admin.register(PersonContact)
class PersonContactAdmin(ModelAdmin):
    """Contacts: for the secretariat alone, in no public door."""

    list_display = ("person", "email", "telephone")
    list_select_related = ("person",)
    search_fields = ("person__name", "email")
    date_hierarchy = "person__updated_at"
    consequences: ClassVar = {
        "email": _(
            "Never shown through a public door. Erasing a contact erases it from the history too."
        ),
        "telephone": _(
            "Never shown through a public door. Erasing a contact erases it from the history too."
        ),
    }
    list_filter = (("email", admin.EmptyFieldListFilter), ("telephone", admin.EmptyFieldListFilter))


@admin.register(Office)
class OfficeAdmin(ModelAdmin):
    """The functions in the governance of the Task Force."""

    list_display = ("title", "slug", "position")
    search_fields = ("title", "slug")
    prepopulated_fields: ClassVar = {"slug": ["title"]}


@admin.register(Term)
class TermAdmin(EvidencedAdmin):
    """Who held which office, and when."""

    list_display = ("office", "person", "organization", TENURE_COLUMN, "evidence")
    list_filter: ClassVar = [
        ("until_on", admin.EmptyFieldListFilter),
        *EvidencedAdmin.list_filter,
    ]
    list_select_related = ("office", "person", "organization")
    search_fields = (
        "office__title",
        "person__name",
        "organization__name",
        "organization__acronym",
    )
    search_help_text = _("Office, person or organization.")
    date_hierarchy = "from_on_first"
    fields: ClassVar = [
        "office",
        "person",
        "organization",
        "position_held",
        ("from_on", "until_on", "last_documented_on"),
        "welcomed_by",
        "note",
    ]
