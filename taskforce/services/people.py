"""People: their contacts, and how these are erased."""

from django.db import transaction

from taskforce.models import Person, PersonContact
from untfsse.kit.history.changes import Change, erase_from_history
from untfsse.kit.records.roles import Actor, require


@transaction.atomic
def erase_contact(person: Person, *, by: Actor) -> int:
    """Delete a person's contact and take it out of the history, in all its versions.

    That a contact was there, and who entered and erased it, remains. Returns how many kept
    changes held it.
    """
    require(by, "delete", PersonContact)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    PersonContact.objects.filter(person=person).delete()
    table = PersonContact._meta.db_table
    kept = Change.objects.filter(table=table)
    rows = kept.filter(after__person_id=person.pk) | kept.filter(before__person_id=person.pk)
    return erase_from_history(
        table, set(rows.values_list("row_id", flat=True)), ["email", "telephone"]
    )
