"""The addresses of the whole portal."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path

from untfsse import views
from untfsse.former_pages import SHAPES
from untfsse.health import healthz, readyz
from untfsse.kit.error_reports.views import report_error, report_sent
from untfsse.kit.kept import keep
from untfsse.search.feeds import search_feed
from untfsse.sitemaps import SITEMAPS, robots, sitemap_index

handler500 = "untfsse.views.server_error"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.search_suggestions, name="search_suggestions"),
    path("search/feed/", search_feed, name="search_feed"),
    path("sdgs/<int:number>/", views.sdg_detail, name="sdg_detail"),
    path("timeline/", views.timeline, name="timeline"),
    path("topics/", views.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic_detail"),
    path("report/", report_error, name="report_error"),
    path("report/sent/", report_sent, name="report_sent"),
    path("sitemap.xml", keep()(sitemap_index), name="sitemap"),
    path(
        "sitemap-<section>.xml",
        keep("p")(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path("robots.txt", keep()(robots), name="robots"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("untfsse.accounts.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("untfsse.api")),
    path("", include("taskforce.urls")),
    path("", include("encyclopedia.urls")),
    path("", include("actionplan.urls")),
    re_path(rf"^(?P<path>{SHAPES})$", views.old_address, name="old_address"),
]
