"""The addresses of accounts."""

from allauth.account.views import reauthenticate
from allauth.socialaccount.providers.openid_connect import views as agency
from django.urls import include, path

from untfsse.accounts import views
from untfsse.accounts.links import Purpose

own = [
    path("", views.overview, name="overview"),
    path("password/", views.change_password, name="change_password"),
    path("address/", views.change_address, name="change_address"),
    path("address/<key>/", views.confirm_address, name="address"),
    path("sessions/<uuid:number>/end/", views.end_session, name="end_session"),
    path("sessions/end/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("reset/", views.ask_reset, name="ask_reset"),
    path("reset/<key>/", views.choose_password, {"purpose": Purpose.RESET}, name="reset"),
    path(
        "invitation/<key>/",
        views.choose_password,
        {"purpose": Purpose.INVITATION},
        name="invitation",
    ),
]
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-in/agency/", agency.login, {"provider_id": "agency"}, name="openid_connect_login"),
    path(
        "sign-in/agency/back/",
        agency.callback,
        {"provider_id": "agency"},
        name="openid_connect_callback",
    ),
    path("sign-in/agency/given-up/", views.given_up, name="socialaccount_login_cancelled"),
    path("sign-out/", views.SignOut.as_view(next_page="home"), name="sign_out"),
    # What the library of second factors looks for by these names.
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/", views.SignIn.as_view(), name="account_inactive"),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/", include((own, "accounts"))),
]
