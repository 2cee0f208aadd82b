"""What the pages of all nouns share in the back office."""

import dataclasses
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import Q, Value
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.backoffice.acts import Act, ActsMixin
from untfsse.kit.backoffice.conflicts import ConflictMixin
from untfsse.kit.backoffice.exchange import ImportExportMixin
from untfsse.kit.backoffice.history import HistoryMixin
from untfsse.kit.backoffice.lists import ChangeListMixin, VerifiedFilter
from untfsse.kit.backoffice.preview import PreviewMixin
from untfsse.kit.backoffice.publishing import (
    HIDE,
    VERIFY,
    WITHDRAW,
    PublishingActionsMixin,
    VerifyingActionsMixin,
)
from untfsse.kit.backoffice.queue import VerifyQueueMixin
from untfsse.kit.backoffice.todo import DRAFTS, UNSURE, Task, TodoFilter
from untfsse.kit.forms.fields import PlainTextarea
from untfsse.kit.forms.model_forms import KnownSelect, KnownSelectMultiple, ModelForm, is_relation
from untfsse.kit.forms.richtext import pictures_left_out, safe_html
from untfsse.kit.generics import (
    DjangoBaseModelAdmin,
    DjangoInline,
    DjangoInlineFormSet,
    DjangoModelAdmin,
    DjangoStackedInline,
    DjangoTabularInline,
)
from untfsse.kit.records.dates import PartialDate, PrintedDate
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.fields import RichTextField
from untfsse.kit.records.noun import Noun, has_column
from untfsse.kit.records.publication import (
    AudienceField,
    Reader,
    VisibleQuerySet,
    is_for_others,
    name_for,
)
from untfsse.kit.records.search import PlainText

MOST_WORDS = 12
MOST_LETTERS = 200
VERIFICATION = ("verified_on", "verified_by")


class FormFieldsMixin(DjangoBaseModelAdmin):
    """How a model field becomes a box in a form; for pages and for the parts inside them."""

    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": PlainTextarea(attrs={"rows": 6})}
    }
    consequences: ClassVar[dict[str, Any]] = {}
    """What follows from a field's value, said beside its box in place of the model's help text:
    `consequences = {"meeting": _("Readers see the document only where they see the meeting.")}`."""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what is meant for readers to whom the role does not belong."""
        rows = super().get_queryset(request)
        return rows.meant_for(request.user) if isinstance(rows, VisibleQuerySet) else rows

    def get_autocomplete_fields(self, _request: HttpRequest) -> list[str]:
        """Choose every related row by typing a part of its name."""
        opts = self.model._meta
        return [field.name for field in [*opts.fields, *opts.many_to_many] if is_relation(field)]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say beside the box what follows from its value."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.consequences:
            field.help_text = self.consequences[db_field.name]
        return field

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let the form know who decides for whom something is meant."""
        field: Any = super().formfield_for_choice_field(db_field, request, **kwargs)
        if isinstance(db_field, AudienceField):
            field.asker = request.user
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose by typing; what the row holds already needs no query."""
        kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))
        kwargs.setdefault("queryset", rows_to_choose(db_field, request.user))
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.label_from_instance = partial(name_for, user=request.user)
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose several by typing."""
        kwargs.setdefault("widget", KnownSelectMultiple(db_field, self.admin_site))
        kwargs.setdefault("queryset", rows_to_choose(db_field, request.user))
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None:
            field.help_text = db_field.help_text
            field.label_from_instance = partial(name_for, user=request.user)
        return field


def rows_to_choose(db_field: Any, user: Reader) -> Any:
    """Return the rows to which somebody may lead: what is meant for others they cannot name."""
    rows = db_field.remote_field.model._default_manager.all()
    return rows.meant_for(user) if isinstance(rows, VisibleQuerySet) else rows


class InlineMixin(FormFieldsMixin, DjangoInline):
    """Rows of another noun on the page of the one they belong to."""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch with the rows what their names need: no query a row."""
        fields = self.model._meta.fields
        names = [field.name for field in fields if isinstance(field, models.ForeignKey)]
        many = [field.name for field in self.model._meta.many_to_many if is_relation(field)]
        rows = super().get_queryset(request)
        return rows.select_related(*names).prefetch_related(*many)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave verification to the queue: a save never verifies."""
        return [*(super().get_exclude(request, obj) or []), *VERIFICATION]


class LabelledFormSet(DjangoInlineFormSet):
    """The rows of a table; each box says what it is, since a table has no labels of its own."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name every box for those who do not see the heading of its column."""
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            if not widget.is_hidden and field.label:
                widget.attrs.setdefault("aria-label", str(field.label).capitalize())


class TabularInline(InlineMixin, DjangoTabularInline):
    """Parts as a table."""

    extra = 0
    form = ModelForm
    formset = LabelledFormSet
    show_change_link = True


class StackedInline(InlineMixin, DjangoStackedInline):
    """Parts one under another, for those with sources."""

    extra = 0
    form = ModelForm
    show_change_link = True
    classes = ("collapse",)


class ModelAdmin(
    ImportExportMixin,
    PreviewMixin,
    VerifyQueueMixin,
    ConflictMixin,
    HistoryMixin,
    ActsMixin,
    FormFieldsMixin,
    ChangeListMixin,
    DjangoModelAdmin,
):
    """A noun in the back office."""

    form = ModelForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    key_field = ""
    """A column without accents by which rows are also found."""
    is_part: ClassVar[bool] = False
    """Edited on the page of what it belongs to; not listed on the front page."""
    tasks: ClassVar[tuple[Task, ...]] = ()
    """Questions that find rows of this noun which wait for somebody: `tasks = (OVERDUE,)`."""
    common_tasks: ClassVar[tuple[Task, ...]] = ()
    """Those of a base class, such as old drafts; a noun's own come first."""

    def get_tasks(self, _request: HttpRequest) -> list[Task]:
        """Return the questions that find waiting rows of this noun."""
        return [*self.tasks, *self.common_tasks]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Put what waits first."""
        chosen = super().get_list_filter(request)
        return [TodoFilter, *chosen] if self.get_tasks(request) else chosen

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Leave parts out of the lists of nouns."""
        return not self.is_part and super().has_module_permission(request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Find rows also without their accents; only the first words of a long text count."""
        words = search_term.replace("\0", "")[:MOST_LETTERS].split()[:MOST_WORDS]
        term = " ".join(words)
        found, may_repeat = super().get_search_results(request, queryset, term)
        if self.key_field and words:
            rule = Q()
            for word in words:
                rule &= Q(**{f"{self.key_field}__contains": PlainText(Value(word))})
            found |= queryset.filter(rule)
        return found, may_repeat

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show in words what only is read."""
        parts = context.get("inline_admin_formsets", [])
        forms = [form for part in parts for form in part.formset.forms]
        for record in [context.get("original"), *(form.instance for form in forms)]:
            if record is not None:
                put_into_words(record)
                hide_names(record, request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Say which texts were not kept as they were sent."""
        super().save_related(request, form, formsets, change)
        for sentence in pictures_left_out([form, *(each for part in formsets for each in part)]):
            messages.warning(request, sentence)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave verification to its own button: a save never verifies."""
        own = {field.name for field in self.opts.fields}
        chosen = super().get_readonly_fields(request, obj)
        return [*chosen, *(name for name in VERIFICATION if name in own and name not in chosen)]


def put_into_words(record: models.Model) -> None:
    """Let a record that a page shows print its texts with their layout, its dates in words."""
    for field in record._meta.concrete_fields:
        if field.generated:  # a part that is not saved, or not any more, has none of it
            continue
        value = field.value_from_object(record)
        if isinstance(field, RichTextField):
            setattr(record, field.name, safe_html(value))
        elif isinstance(value, PartialDate):
            setattr(record, field.name, PrintedDate(**dataclasses.asdict(value)))


def hide_names(record: models.Model, user: Reader) -> None:
    """Let a record that a page shows tell no name of what it leads to and is for other readers."""
    column: Any
    for column in record._meta.concrete_fields:
        row: Any = column.is_relation and column.is_cached(record) and getattr(record, column.name)
        if row and is_for_others(row, user) and hasattr(row, "noun"):
            setattr(row, row.noun.title, name_for(row, user))


EVIDENCE: Any = (
    _("Evidence"),
    {"fields": ["sources", "confidence", "internal_note", "verified_on", "verified_by"]},
)
RECORD_EVIDENCE: Any = (
    _("Evidence"),
    {"fields": ["sources", "confidence", "note", "internal_note", "verified_on", "verified_by"]},
)
PUBLICATION: Any = (
    _("Publication"),
    {
        "fields": ["status_words", "published_at", "withdrawal_reason"],
        "description": _(
            "Publish, plan or withdraw with the actions at the top of this page: "
            "saving the form changes nothing here."
        ),
    },
)


class EvidencedAdmin(VerifyingActionsMixin, ModelAdmin):
    """A noun with sources."""

    common_fieldsets: ClassVar[tuple[Any, ...]] = (EVIDENCE,)
    """What follows the fields of the noun."""
    common_tasks: ClassVar[tuple[Task, ...]] = (UNSURE,)
    queue_task: ClassVar[Task | None] = UNSURE
    queue_acts: ClassVar[tuple[Act, ...]] = (VERIFY, HIDE)
    list_filter: ClassVar[Any] = ["confidence", VerifiedFilter]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return those of the noun, then what is alike for all."""
        return [*super().get_fieldsets(request, obj), *self.common_fieldsets]

    @admin.display(description=_("evidence"), ordering="verified_on")
    def evidence(self, record: Any) -> str:
        """Say how sure it is, and whether somebody checked."""
        sure = Confidence(record.confidence).name.capitalize()
        words = {"High": gettext("High"), "Medium": gettext("Medium"), "Low": gettext("Low")}
        state = gettext("verified") if record.verified_on else gettext("not verified")
        return f"{words[sure]}, {state}"


class RecordAdmin(PublishingActionsMixin, EvidencedAdmin):
    """A noun with an address of its own, published by a decision of an editor."""

    common_tasks = (DRAFTS, UNSURE)
    queue_acts = (VERIFY, dataclasses.replace(WITHDRAW, label=_("Hide")))
    list_filter: ClassVar[Any] = ["status", "confidence", VerifiedFilter]
    date_hierarchy = "updated_at"
    common_fieldsets = (PUBLICATION, RECORD_EVIDENCE)

    def __init__(self, model: Any, admin_site: Any) -> None:
        """Look for words where the noun says."""
        super().__init__(model, admin_site)
        noun: Noun = model.noun
        self.search_fields = self.search_fields or (noun.title, "slug")  # type: ignore[misc]
        self.key_field = noun.name_key if has_column(model, noun.name_key) else ""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave publication to its own buttons."""
        chosen = super().get_readonly_fields(request, obj)
        return [*chosen, "status_words", "published_at", "withdrawal_reason"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Say of a planned publication that it is planned, and when."""
        shown = super().get_list_display(request)
        return ["status_words" if column == "status" else column for column in shown]

    @admin.display(description=_("status"), ordering="status")
    def status_words(self, record: Any) -> str:
        """Return the status; of a planned publication with its moment."""
        return str(record.status_words)


class ReadOnlyAdmin(ModelAdmin):
    """Rows that only the database writes."""

    common_list_acts = ()

    def exports(self, _request: HttpRequest) -> list[tuple[str, str]]:
        """Offer no file: the memory of changes is read here."""
        return []

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds one."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody deletes one."""
        return False
