"""Publication: who may see a record, and its way from draft to published to withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from untfsse.kit.generics import DjangoCharField
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.fields import MigratesAsMixin
from untfsse.kit.records.roles import Readership, can

type Reader = AbstractBaseUser | AnonymousUser
VISITOR = AnonymousUser()
WITHDRAWN = _("It can be published again, at this address; no other record is given it.")
"""What is so of a withdrawn record: the editor who withdraws it and its readers are told alike."""


class Status(models.TextChoices):
    """The life of a record."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Audience(models.TextChoices):
    """For whom a published record is meant; each is contained in the one before."""

    PUBLIC = "public", _("Public")
    MEMBERS = "members", _("Members and observers")
    SECRETARIAT = "secretariat", _("Secretariat")


@dataclass(frozen=True, slots=True)
class AnyReader(AnonymousUser):
    """Stands for all who have signed in with the same rights; it has no name and no number."""

    rights: frozenset[str] | None
    """Their permissions; None for all there are."""
    is_active = True  # type: ignore[assignment]

    @property
    def is_authenticated(self) -> Any:
        """Whether pages greet a reader who signed in."""
        return True

    def has_perm(self, perm: str, _obj: Any = None) -> bool:
        """Whether all of them may."""
        return self.rights is None or perm in self.rights


ANY_MEMBER = AnyReader(frozenset({"kit.members_readership"}))


def any_like(user: Reader) -> Reader:
    """Return who stands for all readers that see the same as this one."""
    if isinstance(user, AnyReader):
        return user
    if not user.is_authenticated:
        return VISITOR
    account: Any = user
    is_all = account.is_active and account.is_superuser
    return AnyReader(None if is_all else frozenset(account.get_all_permissions()))


def audiences_of(user: Reader | None) -> list[Audience]:
    """Return the audiences to which a reader belongs by their role; all for the project itself."""
    return [one for one in Audience if one == Audience.PUBLIC or can(user, one, Readership)]


def is_for_others(record: Any, user: Reader | None) -> bool:
    """Whether a record says that it is meant for readers other than this one."""
    rows = type(record)._default_manager.all()
    has_own = isinstance(rows, VisibleQuerySet) and "" in rows.audiences
    return has_own and record.audience not in audiences_of(user)


def name_for(record: Any, user: Reader | None) -> str:
    """Return the name of a record; of one that is meant for other readers its number alone."""
    if is_for_others(record, user):
        return gettext("no. %(key)s, for other readers") % {"key": record.pk}
    return str(record)


def published_by_now(guard: str) -> Q:
    """Return the rule that a record is published; "" is the row itself, "meeting" its meeting."""
    path = f"{guard}__" if guard else ""
    return Q(**{f"{path}status": Status.PUBLISHED, f"{path}published_at__lte": Now()})


def once_published(guard: str) -> Q:
    """Return the rule that a record is published, or was before it was withdrawn."""
    path = f"{guard}__" if guard else ""
    states = [Status.PUBLISHED, Status.WITHDRAWN]
    return Q(**{f"{path}status__in": states, f"{path}published_at__lte": Now()})


class VisibleQuerySet(models.QuerySet[Any]):
    """The question every public query starts from.

    Each tuple below holds paths from the row to a record: "" is the row itself, "meeting" its
    meeting, "part__work" the work of its part.
    """

    guards: ClassVar[tuple[str, ...]] = ("",)
    """What must be published for a row to be seen. An entry is seen with its book:
    `guards = ("", "part__work")`; a row without a status of its own leaves "" out."""
    optional: ClassVar[tuple[str, ...]] = ()
    """What must be published if there is any. A document belongs to a meeting or to an
    instrument, not to both: `optional = ("meeting", "instrument")`."""
    audiences: ClassVar[tuple[str, ...]] = ()
    """Whose `audience` must allow the reader: `audiences = ("",)` asks the row itself."""
    evidenced: ClassVar[tuple[str, ...]] = ()
    """Whose facts of low confidence stay hidden until verified. A row that no editor publishes
    hides by its own confidence: `evidenced = ("",)`."""
    seen_with: ClassVar[tuple[str, ...]] = ()
    """What a `visible_to` of its own asks besides: the log of public changes must know it."""

    def named_by_value(self) -> tuple[tuple[str, Any, str], ...]:
        """Return what a column names without a foreign key: (column, model, its column)."""
        return ()

    def guarded_by(self, state: Callable[[str], Q]) -> Q:
        """Return the rule that all of which a row depends is in a state, and sure."""
        rule = Q()
        for guard in self.guards:
            rule &= state(guard)
        for guard in self.optional:
            rule &= Q(**{f"{guard}__isnull": True}) | state(guard)
        for guard in self.evidenced:
            path = f"{guard}__" if guard else ""
            rule &= ~Q(**{f"{path}confidence": "low"}) | Q(**{f"{path}verified_on__isnull": False})
        return rule

    def published(self) -> Self:
        """Published by now, and so is what guards it."""
        return self.filter(self.guarded_by(published_by_now))

    def meant_for(self, user: Reader | None) -> Self:
        """Whose audience the reader belongs to."""
        if not self.audiences:
            return self.all()
        mine, rule = audiences_of(user), Q()
        for guard in self.audiences:
            path = f"{guard}__" if guard else ""
            rule &= Q(**{f"{path}audience__in": mine})
        return self.filter(rule)

    def for_citation(self, _user: Reader) -> Self:
        """With what citing it names besides its columns."""
        return self

    def for_page(self, user: Reader) -> Self:
        """What the page of the list shows a reader, in its order."""
        rows: Any = self.visible_to(user)
        shown: Self = rows.for_list()
        return shown

    def visible_to(self, user: Reader) -> Self:
        """What a reader may see: the published; of a noun that their role may view, every state.

        What is meant for an audience is seen by that audience alone, published or not.
        """
        rows = self.all() if can(user, "view", self.model) else self.published()
        return rows.meant_for(user)

    def withdrawn_from(self, user: Reader) -> Self:
        """Withdrawn from a reader who could have seen it: its address answers 410."""
        return self.withdrawn().filter(self.guarded_by(once_published)).meant_for(user)

    def rows_of(self, relation: str) -> Any:
        """Return the rows of the noun behind a relation, to ask `visible_to` of them."""
        field: Any = self.model._meta.get_field(relation)
        return field.related_model._default_manager.all()

    def with_visible(
        self, user: Reader, *paths: str, each: Callable[[Any], Any] | None = None
    ) -> Self:
        """Fetch what hangs on the rows along these paths, at each hop what a reader may see.

        One query a hop, whatever the rows; none for a single record that guards its row, since
        it comes with it. A single record that is hidden reads as None; its search column is left
        out. `each` may add to the rows of a hop.
        """
        hops: dict[str, Any] = {}
        mode: Any = vars(self)["_fetch_mode"]
        for path in paths:
            model: Any = self.model
            names = path.split("__")
            for length, name in enumerate(names, start=1):
                model = model._meta.get_field(name).related_model
                hop, before = "__".join(names[:length]), "__".join(names[: length - 1])
                if hop in hops:
                    continue
                has_search = any(field.name == "search" for field in model._meta.fields)
                if each is None and before in hops and hops[before].brings(user, name):
                    rows = hops[before].select_related(name)
                    hops[before] = rows.defer(f"{name}__search") if has_search else rows
                else:
                    visible = model._default_manager.visible_to(user).fetch_mode(mode)
                    rows = visible.defer("search") if has_search else visible
                    hops[hop] = each(rows) if each else rows
        return self.prefetch_related(*(Prefetch(hop, rows) for hop, rows in hops.items()))

    def brings(self, user: Reader, name: str) -> bool:
        """Whether a reader who sees a row sees the one record that it names by this column.

        So it is where the record is a guard of the row, and nothing else is asked of it.
        """
        field: Any = self.model._meta.get_field(name)
        if not (field.concrete and field.is_relation and name in {*self.guards, *self.optional}):
            return False
        rows = field.related_model._default_manager.all()
        is_plain = rows.guards == ("",) and not (rows.optional or rows.audiences or rows.evidenced)
        may_view = can(user, "view", field.related_model)
        return is_plain and (may_view or not can(user, "view", self.model))

    def withdrawn(self) -> Self:
        """Withdrawn from its readers."""
        return self.filter(status=Status.WITHDRAWN)

    def drafts(self) -> Self:
        """Not yet published."""
        return self.filter(status=Status.DRAFT)


class RecordQuerySet(VisibleQuerySet):
    """Questions about a record whose noun has no others of its own."""

    def for_list(self) -> Self:
        """What a list shows, in the noun's own order."""
        return self.defer("search").order_by(*self.model._meta.ordering)

    def for_detail(self, user: Reader) -> Self:
        """What a page shows: the record, and what it names as far as the reader may see it."""
        named = [
            field.name
            for field in self.model._meta.concrete_fields
            if field.is_relation
            and isinstance(field.related_model._default_manager.all(), VisibleQuerySet)
        ]
        rows = self.with_visible(user, *named)
        links = self.model._meta.many_to_many
        topics = [each.name for each in links if isinstance(each, TaggableManager)]
        return rows.prefetch_related(*topics)


class Publishable(Legible):
    """A record that starts as a draft and is published by a decision of an editor."""

    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text=_("Visitors see only what is published. A withdrawn record answers “gone”."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("When it appears in public. A moment in the future plans its publication."),
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"),
        max_length=300,
        blank=True,
        help_text=_("Readers of the old address are told this."),
    )
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="%(class)s_published_has_a_moment",
                violation_error_message=_("A published record needs the moment of publication."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawal_reason=""),
                name="%(class)s_withdrawn_has_a_reason",
                violation_error_message=_("Say why the record is withdrawn."),
            ),
        ]

    @property
    def is_published(self) -> bool:
        """Whether an editor has published it (its moment may still lie ahead)."""
        return self.status == Status.PUBLISHED

    @property
    def is_planned(self) -> bool:
        """Whether its publication lies ahead."""
        return bool(self.is_published and self.published_at and self.published_at > now())

    @property
    def status_words(self) -> str:
        """The status; of a planned publication with its moment."""
        if not self.is_planned:
            return str(self.get_status_display())
        moment = date_format(localtime(self.published_at), "DATETIME_FORMAT")
        return gettext("Planned for %(moment)s") % {"moment": moment}


def index_of_published(name: str, *columns: str) -> models.Index:
    """Return the index that alone answers how many are published, and with which values."""
    published = Q(status=Status.PUBLISHED)
    return models.Index(fields=[*columns, "published_at"], condition=published, name=name)


class AudienceField(MigratesAsMixin, DjangoCharField):
    """For whom a published record is meant."""

    migrates_as = "django.db.models.CharField"

    def __init__(self, **kwargs: Any) -> None:
        """Take what a CharField takes; the rest is alike for every noun."""
        alike = {
            "verbose_name": _("audience"),
            "max_length": 12,
            "choices": Audience,
            "default": Audience.PUBLIC,
            "help_text": _("Who sees it once it is published."),
        }
        super().__init__(**{**alike, **kwargs})
