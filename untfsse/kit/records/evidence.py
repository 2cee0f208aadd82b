"""Evidence: where a fact comes from, how sure it is, and who has verified it."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.validators import ArrayMaxLengthValidator
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from untfsse.kit.forms.fields import MOST_LINES, SourcesFormField
from untfsse.kit.generics import DjangoJSONField
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.fields import MigratesAsMixin, NoteField

LONGEST_TITLE = 1_000


class Confidence(models.TextChoices):
    """How sure a fact is."""

    HIGH = "high", _("High: seen in a source with a web address")
    MEDIUM = "medium", _("Medium: seen on no web page, or partly recalled or inferred")
    LOW = "low", _("Low: recalled only")


def validate_sources(value: Any) -> None:
    """Refuse what is not a list of {title, url} with a title each and a web address or null."""
    if not isinstance(value, list):
        raise ValidationError(_("Sources are a list, each with a title and a web address."))
    ArrayMaxLengthValidator(MOST_LINES)(value)
    check_url = URLValidator(schemes=["http", "https"])
    for number, source in enumerate(value, start=1):
        if not isinstance(source, dict) or set(source) != {"title", "url"}:
            raise ValidationError(
                _("Source %(number)s needs a title and a web address (or none), nothing else."),
                params={"number": number},
            )
        check_title(source["title"], number)
        if source["url"] is not None:
            try:
                check_url(source["url"])
            except ValidationError:
                raise ValidationError(
                    _("The address of source %(number)s is not a web address."),
                    params={"number": number},
                ) from None


def check_title(title: Any, number: int) -> None:
    """Refuse a title that says nothing, or too much."""
    if not isinstance(title, str) or not title.strip():
        raise ValidationError(_("Source %(number)s has no title."), params={"number": number})
    if len(title) > LONGEST_TITLE:
        raise ValidationError(
            _("The title of source %(number)s has more than %(most)s characters."),
            params={"number": number, "most": LONGEST_TITLE},
        )


def has_address(sources: Any) -> bool:
    """Whether one of the sources has a web address; what is no list of sources has none."""
    rows = sources if isinstance(sources, list) else []
    return any(isinstance(source, dict) and source.get("url") for source in rows)


@models.JSONField.register_lookup
class JsonbIsArray(models.lookups.BuiltinLookup):
    """`sources__jsonb_is_array=True`: the JSON value is a list."""

    lookup_name = "jsonb_is_array"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare the JSON type with the wish."""
        sql, params = self.process_lhs(compiler, connection)
        sign = "=" if self.rhs else "<>"
        return f"jsonb_typeof({sql}) {sign} 'array'", params


@models.JSONField.register_lookup
class JsonbHasAddress(models.lookups.BuiltinLookup):
    """`sources__jsonb_has_address=True`: one of the sources has a web address."""

    lookup_name = "jsonb_has_address"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Look for a source whose address is not null."""
        sql, params = self.process_lhs(compiler, connection)
        sign = "" if self.rhs else "NOT "
        return f"{sign}jsonb_path_exists({sql}, '$[*] ? (@.url != null)')", params


HIGH_NEEDS_AN_ADDRESS = _(
    "High confidence needs a source with a web address: add one, or choose medium."
)


class SourcesField(MigratesAsMixin, DjangoJSONField):
    """A list of {title, url}; in a form one source a line."""

    migrates_as = "django.db.models.JSONField"

    def formfield(self, **kwargs: Any) -> Any:
        """Return the box in which a source is a line."""
        return super().formfield(**{"form_class": SourcesFormField, **kwargs})


class Evidenced(Legible):
    """A fact with its sources."""

    sources = SourcesField(
        _("sources"),
        default=list,
        blank=True,
        validators=[validate_sources],
        help_text=_("Where this is known from. Readers see the list."),
    )
    confidence = models.CharField(
        _("confidence"),
        max_length=8,
        choices=Confidence,
        default=Confidence.MEDIUM,
        help_text=_("High needs a source with a web address. Low stays hidden until verified."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("The day somebody checked it against a source."),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    internal_note = NoteField(
        _("internal note"),
        blank=True,
        help_text=_("For the staff: what is open or recalled. Readers never see it."),
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(sources__jsonb_is_array=True),
                name="%(class)s_sources_are_a_list",
                violation_error_message=_("Sources are a list."),
            ),
            models.CheckConstraint(
                condition=~Q(confidence=Confidence.HIGH) | Q(sources__jsonb_has_address=True),
                name="%(class)s_high_confidence_has_an_address",
                violation_error_message=HIGH_NEEDS_AN_ADDRESS,
            ),
        ]

    def clean(self) -> None:
        """Refuse high confidence without an address, at its field."""
        super().clean()
        if self.confidence == Confidence.HIGH and not has_address(self.sources):
            raise ValidationError({"confidence": HIGH_NEEDS_AN_ADDRESS})

    @property
    def is_verified(self) -> bool:
        """Whether somebody of the secretariat has checked it."""
        return self.verified_on is not None
