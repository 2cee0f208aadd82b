"""An account in a real browser: invited, with a second factor, signed out while typing, locked."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from tests import make
from tests.accounts.test_factors import code_of
from tests.browser.barriers import faults_of
from tests.browser.test_admin import sign_in
from untfsse.accounts.limits import PAIR
from untfsse.kit.access.throttle import TryCount
from untfsse.kit.records.roles import EDITOR, SECRETARIAT
from untfsse.kit.tasks.worker import do_all_that_is_due

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long pass phrase"
NEW = "quite another sentence"


def link_in_mail(subject: str) -> str:
    do_all_that_is_due()
    [message] = [each for each in mail.outbox if each.subject == subject]
    found = re.search(r"https?://\S+", str(message.body))
    assert found is not None
    return found[0]


def press(page: Page, name: str) -> None:
    """Press a button that leads on, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def give_code(page: Page, secret: str) -> None:
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    press(page, "Sign in")


def test_from_an_invitation_to_what_was_typed_when_the_session_was_lost(
    live_server: Any, browser: Browser, page: Page, complaints: list[str], settings: Any
) -> None:
    secretary = make.user(username="ada", password=PASSWORD, is_staff=True)
    secretary.groups.add(Group.objects.get(name=SECRETARIAT))
    record = make.meeting(city="Geneva", starts_on="2022-07-19")
    office = browser.new_context().new_page()
    sign_in(office, live_server.url, "ada")
    office.goto(f"{live_server.url}/admin/accounts/account/")
    office.get_by_role("link", name="Invite somebody").click()
    office.fill("#id_email", "grace@example.org")
    office.select_option("#id_role", label=EDITOR)
    office.click(".submit-row [type=submit]")
    expect(office.locator(".messagelist .success")).to_be_visible()
    office.context.close()

    settings.SECOND_FACTOR_REQUIRED = True
    page.goto(link_in_mail("Your account on the UNTFSSE portal"))
    page.get_by_label("New password").fill(NEW)
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Second factor", exact=True)).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("main p code").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    press(page, "Set up")
    expect(page.locator("main li code")).to_have_count(10)
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.locator("#user-tools")).to_be_visible()

    page.goto(f"{live_server.url}/admin/taskforce/meeting/{record.pk}/change/")
    page.fill("#id_city", "Bern")
    page.context.clear_cookies(name="sessionid")
    page.click("[name=_continue] >> nth=0")
    expect(page.locator(".messagelist")).to_contain_text("what you typed is kept")
    page.fill("#id_username", "grace@example.org")
    page.fill("#id_password", NEW)
    page.click("[type=submit]")
    give_code(page, secret)
    expect(page.locator("#content")).to_contain_text("Here is what you typed")
    expect(page.locator("#id_city")).to_have_value("Bern")
    page.click("[name=_continue] >> nth=0")
    expect(page.locator(".messagelist .success").first).to_be_visible()
    record.refresh_from_db()
    assert record.city == "Bern"
    assert complaints == []


def test_a_lock_and_its_end_and_a_new_password_by_mail(live_server: Any, page: Page) -> None:
    make.user(username="ada", password=PASSWORD, email="ada@example.org")
    page.goto(f"{live_server.url}/sign-in/")
    for number in range(PAIR.most + 1):
        page.fill("#id_username", "ada")
        page.fill("#id_password", "wrong" if number < PAIR.most else PASSWORD)
        press(page, "Sign in")
        expect(page.locator(".message.error")).to_be_visible()
    expect(page.locator(".message.error")).to_contain_text("Too many tries: wait 15 minutes")
    for row in TryCount.objects.all():
        TryCount.objects.filter(pk=row.pk).update(until=row.until - PAIR.window)
    page.fill("#id_username", "ada")
    page.fill("#id_password", PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_text("Signed in as ada.")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()

    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("link", name="Lost your password?").click()
    page.get_by_label("Mail address").fill("ada@example.org")
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Look into your mails")).to_be_visible()
    page.goto(link_in_mail("A new password for the UNTFSSE portal"))
    page.get_by_label("New password").fill(NEW)
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert User.objects.get().check_password(NEW)


def test_a_passkey_opens_the_door_and_no_page_of_an_account_keeps_anybody_out(
    live_server: Any, page: Page, complaints: list[str]
) -> None:
    make.user(username="ada", password=PASSWORD, email="ada@example.org")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    site = live_server.url
    page.goto(f"{site}/sign-in/?next=/account/")
    page.fill("#id_username", "ada")
    page.fill("#id_password", PASSWORD)
    press(page, "Sign in")
    page.goto(f"{site}/account/second-factor/webauthn/add/")
    press(page, "Add")
    expect(page.locator("main li code")).to_have_count(10)
    found = {
        path: faults_of(page, f"{site}/account/{path}", complaints)
        for path in (
            *("", "password/", "address/", "second-factor/", "second-factor/webauthn/"),
            *("second-factor/totp/activate/", "second-factor/recovery-codes/"),
        )
    }
    page.goto(f"{site}/account/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{site}/sign-in/?next=/account/")
    page.fill("#id_username", "ada")
    page.fill("#id_password", PASSWORD)
    press(page, "Sign in")
    step = "/account/second-factor/authenticate/"
    page.wait_for_url(f"**{step}")
    found["step"] = faults_of(page, f"{site}{step}", complaints)
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert {path: faults for path, faults in found.items() if faults} == {}
