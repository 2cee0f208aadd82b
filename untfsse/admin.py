"""The back office as a whole: today's work in front, sign-in that loses nothing, restoring."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure as plain_failure

from untfsse.accounts.forms import StaffSignInForm
from untfsse.accounts.limits import may_keep_form
from untfsse.accounts.views import SignIn, SignOut
from untfsse.backup.state import backup_state
from untfsse.kit.backoffice.appeared import appeared_as_planned
from untfsse.kit.backoffice.history import PlainDescriber
from untfsse.kit.backoffice.kept_forms import KEPT, PATH, files_lost, keep_typed, typed_in
from untfsse.kit.backoffice.todo import DRAFTS, UNSURE, panels
from untfsse.kit.backoffice.verify_queue import VerifyQueueSite
from untfsse.kit.history.changes import Change
from untfsse.kit.history.describing import PAGE, Event, readable_by
from untfsse.kit.history.restore import deleted_rows, model_of, restore
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import is_anybody_working

STANDING = (DRAFTS, UNSURE)
"""Tasks that many nouns have: shown together, after what is of today."""
ORDER = ("taskforce", "encyclopedia", "actionplan", "taggit")
"""The apps of the daily work, in the order of the lists; the others follow by name."""


class PortalAdminSite(VerifyQueueSite):
    """Django's admin under our name, with today's work on its front page."""

    site_header = _("UNTFSSE back office")
    site_title = _("UNTFSSE back office")
    index_title = _("Today's work")

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show what waits, then the nouns."""
        found = panels(self, request)
        waiting = [panel for panel in found if panel.count]
        standing = [panel for panel in waiting if panel.task in STANDING]
        context = {
            "waiting": [panel for panel in waiting if panel.task not in STANDING],
            "standing": [
                (task.label, [panel for panel in standing if panel.task == task])
                for task in STANDING
                if any(panel.task == task for panel in standing)
            ],
            "unsure": UNSURE.label,
            "done": [panel for panel in found if not panel.count],
            "appeared": appeared_as_planned(self, request),
            "backups": backup_state(timezone.now()),
            "lacks_worker": self.lacks_worker(request),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def lacks_worker(self, request: HttpRequest) -> bool:
        """Whether somebody who may see the tasks must know that nobody does them."""
        tasks = self.get_model_admin(BackgroundTask)
        return tasks.has_view_permission(request) and not is_anybody_working()

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Put the daily work first, and what keeps the house last."""
        found: list[Any] = super().get_app_list(request, app_label)
        return sorted(found, key=lambda app: (*ORDER, app["app_label"]).index(app["app_label"]))

    def get_urls(self) -> list[Any]:
        return [
            path("restore/<int:pk>/", self.admin_view(self.restore_view), name="restore"),
            path(
                "deleted/<slug:app_label>/<slug:model_name>/",
                self.admin_view(self.deleted_view),
                name="deleted",
            ),
            *super().get_urls(),
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Keep what somebody typed whose session has ended, until they have signed in again."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not self.has_permission(request):
                return self.ask_to_sign_in(request)
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        return guarded

    def ask_to_sign_in(self, request: HttpRequest) -> HttpResponse:
        """Show the sign-in with what was typed in its luggage."""
        typed = typed_in(request)
        words = gettext("You were signed out meanwhile. Sign in: what you typed is kept.")
        messages.warning(request, f"{words} {files_lost(typed)}".strip())
        request.method = "GET"
        kept = {KEPT: typed.urlencode(), PATH: request.get_full_path()}
        way = {"next": request.get_full_path(), "app_path": reverse("admin:login")}
        return self.login(request, {**kept, **way})

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign in; what was typed before then waits in the session for its form."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        luggage = {name: request.POST[name] for name in (KEPT, PATH) if name in request.POST}
        is_by_agency = luggage and settings.OIDC_NAME and "agency" in request.POST
        if is_by_agency and may_keep_form(request):  # what was typed does not go there and back
            way = reverse("openid_connect_login", query={"next": unpack(request)})
            return TemplateResponse(request, "accounts/agency.html", {"way": way})
        context = {
            **self.each_context(request),
            "title": gettext("Sign in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **luggage,
            **(extra_context or {}),
        }
        request.current_app = self.name
        response: Any = SignIn.as_view(
            authentication_form=StaffSignInForm,
            template_name="admin/login.html",
            extra_context=context,
        )(request)
        if luggage and isinstance(response, HttpResponseRedirect):  # the password is right
            unpack(request)
        return response  # type: ignore[no-any-return]

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the one page where people change their password."""
        return HttpResponseRedirect(reverse("accounts:change_password"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """End the session as everywhere."""
        return SignOut.as_view(next_page="admin:login")(request)

    def show_again(self, request: HttpRequest) -> HttpResponse:
        """Show a form whose token is outdated as it was typed, to be sent once more."""
        if KEPT in request.POST:  # a sign-in, while somebody signed in elsewhere
            request.method = "GET"
            if not self.has_permission(request):
                return self.login(request, {"app_path": reverse("admin:login")})
            return HttpResponseRedirect(unpack(request))
        if not self.has_permission(request):
            return self.ask_to_sign_in(request)
        keep_typed(request, request.get_full_path(), typed_in(request))
        return HttpResponseRedirect(request.get_full_path())

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a version, and bring it back."""
        change = get_object_or_404(Change.objects.select_related("made_by"), pk=pk)
        model = model_of(change.table)
        if not self.is_registered(model):
            raise Http404
        page = self.get_model_admin(model)
        if not page.has_view_or_change_permission(request):
            raise PermissionDenied
        if not Change.objects.filter(readable_by(request.user), pk=pk).exists():
            raise Http404
        error = ""
        if request.method == "POST":
            try:
                record = restore(change, by=request.user)
            except (ValidationError, PermissionDenied) as refused:
                error = " ".join(getattr(refused, "messages", [str(refused)]))
            else:
                messages.success(request, gettext("It is as it was then."))
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
                return HttpResponseRedirect(reverse(name, args=[record.pk]))
        return self.restore_page(request, change, model, error)

    def restore_page(
        self, request: HttpRequest, change: Change, model: Any, error: str
    ) -> HttpResponse:
        """Return the page that shows the version field by field."""
        version = Change(table=change.table, row_id=change.row_id, after=change.after)
        if change.operation == "DELETE":
            version.after = change.before
        context = {
            **self.each_context(request),
            "title": gettext("Bring back a version"),
            "opts": model._meta,
            "change": change,
            "lines": PlainDescriber([version], user=request.user).lines(version),
            "error": error,
        }
        return TemplateResponse(request, "admin/restore.html", context)

    def deleted_view(self, request: HttpRequest, app_label: str, model_name: str) -> HttpResponse:
        """List what was deleted of a noun and can come back."""
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError:
            raise Http404 from None
        if not self.is_registered(model):
            raise Http404
        if not self.get_model_admin(model).has_view_or_change_permission(request):
            raise PermissionDenied
        rows = deleted_rows(model).filter(readable_by(request.user)).select_related("made_by")
        page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
        events = [Event(change, name_in(change, model)) for change in page.object_list]
        context = {
            **self.each_context(request),
            "title": gettext("Deleted %(nouns)s") % {"nouns": model._meta.verbose_name_plural},
            "opts": model._meta,
            "page": page,
            "events": events,
        }
        return TemplateResponse(request, "admin/deleted.html", context)


def unpack(request: HttpRequest) -> str:
    """Let what a sign-in carried wait in the session for its form; return the form's address."""
    target = request.POST.get(PATH, "")
    keep_typed(request, target, QueryDict(request.POST[KEPT]))
    return target if target.startswith(reverse("admin:index")) else reverse("admin:index")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a forged request; of the back office's own pages, keep what was typed.

    Signing in gives a new token, so that a form opened before in another tab has an old one.
    Nothing is done with what was sent but to show it. A page elsewhere is told by its origin,
    which browsers name with every such request.
    """
    origin = request.META.get("HTTP_ORIGIN")
    is_own = origin and reason != REASON_BAD_ORIGIN % origin
    match = request.resolver_match
    is_form = match and match.namespace == "admin" and match.url_name != "logout"
    is_plain_sign_in = match and match.url_name == "login" and KEPT not in request.POST
    if is_own and is_form and not is_plain_sign_in and isinstance(admin.site, PortalAdminSite):
        return admin.site.show_again(request)
    return plain_failure(request, reason)


def name_in(change: Change, model: Any) -> str:
    """Return what a deleted row was called."""
    row = change.before or {}
    for name in ("title", "short_title", "name", "number", "label", "value"):
        if row.get(name):
            return str(row[name])
    return f"{model._meta.verbose_name} {change.row_id}"
