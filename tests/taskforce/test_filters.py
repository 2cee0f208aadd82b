"""What one may ask of a list."""

from typing import Any

import pytest

from taskforce import filters
from tests import make
from tests.taskforce.questions import asked, found

pytestmark = pytest.mark.django_db

# --- Organizations and seats on a day ------------------------------------------------------


def seats_on(day: str, **facts: Any) -> list[tuple[str, str]]:
    """Return category and certainty of who held a seat on the day, by both doors."""
    make.seat(**facts)
    rows = found(filters.OrganizationFilter, f"on={day}")
    seats = found(filters.SeatFilter, f"on={day}")
    answer = [(row.seat_category, row.seat_certainty) for row in rows]
    assert answer == [(seat.category, seat.certainty) for seat in seats]
    return answer


SURE = [("member", "certain")]
PRESUMED = [("member", "presumed")]
PERHAPS = [("member", "possible")]


@pytest.mark.parametrize(
    ("from_on", "day", "answer"),
    [
        ("2022-07-19", "2022-07-18", []),
        ("2022-07-19", "2022-07-19", SURE),
        ("2022-07-19", "2022-07-20", PRESUMED),
        ("2022-07", "2022-06-30", []),
        ("2022-07", "2022-07-01", PERHAPS),
        ("2022-07", "2022-07-30", PERHAPS),
        ("2022-07", "2022-07-31", PRESUMED),
        ("2022-07", "2022-08-01", PRESUMED),
        ("2022", "2021-12-31", []),
        ("2022", "2022-01-01", PERHAPS),
        ("2022", "2022-12-30", PERHAPS),
        ("2022", "2022-12-31", PRESUMED),
        ("2022", "2023-01-01", PRESUMED),
        ("by 2019-11-22", "2019-11-21", PERHAPS),
        ("by 2019-11-22", "2019-11-22", SURE),
        ("by 2019-11-22", "2019-11-23", PRESUMED),
        ("by 2019-11", "2019-11-29", PERHAPS),
        ("by 2019-11", "2019-11-30", SURE),
        ("by 2019", "2019-12-30", PERHAPS),
        ("by 2019", "2019-12-31", SURE),
        (None, "2019-12-31", PERHAPS),
    ],
)
def test_each_beginning_of_a_seat(
    from_on: str | None, day: str, answer: list[tuple[str, str]]
) -> None:
    assert seats_on(day, from_on=from_on) == answer


@pytest.mark.parametrize(
    ("until_on", "day", "answer"),
    [
        ("2022-07-19", "2022-07-18", SURE),
        ("2022-07-19", "2022-07-19", SURE),
        ("2022-07-19", "2022-07-20", []),
        ("2022-07", "2022-06-30", SURE),
        ("2022-07", "2022-07-01", SURE),
        ("2022-07", "2022-07-02", PERHAPS),
        ("2022-07", "2022-07-31", PERHAPS),
        ("2022-07", "2022-08-01", []),
        ("2022", "2022-01-01", SURE),
        ("2022", "2022-01-02", PERHAPS),
        ("2022", "2022-12-31", PERHAPS),
        ("2022", "2023-01-01", []),
        ("by 2022-07-19", "2014-01-31", SURE),
        ("by 2022-07-19", "2014-02-01", PERHAPS),
        ("by 2022-07-19", "2022-07-19", PERHAPS),
        ("by 2022-07-19", "2022-07-20", []),
        ("by 2022-07", "2022-07-31", PERHAPS),
        ("by 2022-07", "2022-08-01", []),
        ("by 2022", "2022-12-31", PERHAPS),
        ("by 2022", "2023-01-01", []),
        (None, "2099-12-31", PRESUMED),
    ],
)
def test_each_end_of_a_seat(until_on: str | None, day: str, answer: list[tuple[str, str]]) -> None:
    assert seats_on(day, from_on="2014-01-31", until_on=until_on) == answer


def test_a_change_within_a_year_leaves_both_seats_open() -> None:
    network = make.organization(slug="network")
    make.seat(organization=network, category="observer", from_on="2014-01-01", until_on="2016")
    make.seat(organization=network, category="member", from_on="2016")

    assert found(filters.OrganizationFilter, "on=2016-05-01&category=observer") == [network]
    assert found(filters.OrganizationFilter, "on=2016-05-01&category=member") == [network]
    assert found(filters.OrganizationFilter, "on=2017-01-01&category=observer") == []
    assert found(filters.OrganizationFilter, "on=2015-12-31&category=member") == []


def test_a_sure_seat_shuts_out_a_possible_one() -> None:
    network = make.organization()
    make.seat(organization=network, category="observer", from_on="2014-01-01", until_on="2016")
    member = make.seat(organization=network, category="member", from_on="2016-03-01")

    assert found(filters.SeatFilter, "on=2016-05-01") == [member]
    assert found(filters.OrganizationFilter, "on=2016-05-01&category=observer") == []


def test_a_seat_that_nobody_has_verified_answers_no_question() -> None:
    make.seat(category="observer", from_on="2014", confidence="low")

    assert found(filters.OrganizationFilter, "on=2022-07-19") == []
    assert found(filters.OrganizationFilter, "category=observer") == []
    assert found(filters.SeatFilter, "on=2022-07-19") == []


def test_the_category_without_a_day_is_any_seat_ever_held() -> None:
    past = make.seat(category="observer", from_on="2014", until_on="2016").organization
    make.seat(category="member", from_on="2014")

    assert found(filters.OrganizationFilter, "category=observer") == [past]


def test_organizations_are_found_by_kind_words_and_country() -> None:
    ilo = make.organization(name="International Labour Organization", acronym="ILO", country="CH")
    make.organization(name="Committee on Cooperatives", kind="umbrella_network", country="BE")

    assert found(filters.OrganizationFilter, "q=ilo") == [ilo]
    assert found(filters.OrganizationFilter, "kind=ngo") == [ilo]
    assert found(filters.OrganizationFilter, "country=CH") == [ilo]


# --- The other nouns -----------------------------------------------------------------------


def test_meetings_are_found_by_each_filter() -> None:
    ilo = make.organization(slug="ilo")
    wanted = make.meeting(
        kind="special",
        state="held",
        starts_on="2022-07",
        format="virtual",
        country="CH",
        title="Économie sociale",
    )
    make.meeting(
        kind="regular", state="planned", starts_on="2023-01-01", format="hybrid", country="FR"
    )
    make.attendance(meeting=wanted, organization=ilo)

    queries = [
        "q=economie",
        "kind=special",
        "state=held",
        "year=2022",
        "format=virtual",
        "country=CH",
        "organization=ilo",
    ]
    assert [found(filters.MeetingFilter, query) for query in queries] == [[wanted]] * 7


@pytest.mark.parametrize("state", ["apologies", "absent", "invited"])
def test_only_presence_counts_as_present(state: str) -> None:
    ilo = make.organization(slug="ilo")
    make.attendance(organization=ilo, state=state)

    assert found(filters.MeetingFilter, "organization=ilo") == []


@pytest.mark.parametrize(
    ("starts_on", "year", "is_found"),
    [
        ("2021-12-31", 2022, False),
        ("2022-01-01", 2022, True),
        ("2022-12-31", 2022, True),
        ("2023-01-01", 2022, False),
        ("2022-12", 2022, True),
        ("2022", 2022, True),
        ("by 2022-03", 2022, True),
        (None, 2022, False),
    ],
)
def test_each_end_of_a_year(starts_on: str | None, year: int, is_found: bool) -> None:
    make.meeting(starts_on=starts_on)

    assert len(found(filters.MeetingFilter, f"year={year}")) == is_found


def test_decisions_are_found_by_each_filter() -> None:
    wanted = make.decision(
        meeting=make.meeting(slug="special", starts_on="2022-07-19"),
        kind="agrees",
        follow_up="open",
        text="To form sub-groups",
    )
    wanted.addressees.add(make.organization(slug="ilo"))
    make.decision(meeting=make.meeting(starts_on="2023"), kind="notes")

    queries = [
        "q=sub-groups",
        "meeting=special",
        "kind=agrees",
        "follow_up=open",
        "addressee=ilo",
        "year=2022",
    ]
    assert [found(filters.DecisionFilter, query) for query in queries] == [[wanted]] * 6


def test_instruments_are_found_by_each_filter() -> None:
    wanted = make.instrument(
        symbol="OECD/LEGAL/0472",
        kind="recommendation",
        level="regional",
        jurisdiction=["FR", "ES"],
        adopted_on="2022-06-10",
        sdgs=[8, 11],
        is_binding=False,
        stage="in_force",
    )
    make.instrument(jurisdiction=["BR"], sdgs=[1], is_binding=True)
    make.instrument(adopted_on=None)

    queries = [
        "q=OECD/LEGAL/0472",
        "kind=recommendation",
        "level=regional",
        "country=ES",
        "year=2022",
        "sdg=8",
        "binding=false",
        "stage=in_force",
    ]
    assert [found(filters.InstrumentFilter, query) for query in queries] == [[wanted]] * 8


def test_a_rare_field_stands_in_the_form_once_it_is_asked_for() -> None:
    assert "stage" not in asked(filters.InstrumentFilter, "").form.fields
    assert "stage" in asked(filters.InstrumentFilter, "stage=adopted").form.fields


def test_countries_are_offered_that_visible_records_name() -> None:
    make.instrument(jurisdiction=["FR", "ES"])
    make.instrument(jurisdiction=["BR"], status="draft")

    field = asked(filters.InstrumentFilter, "").form.fields["country"]

    assert list(field.choices) == [("", "Any"), ("FR", "France"), ("ES", "Spain")]
    assert found(filters.InstrumentFilter, "country=BR") == []


def test_updates_are_found_by_each_filter() -> None:
    wanted = make.update(title="ECLAC joins", kind="membership", happened_on="2022-07")
    wanted.organizations.add(make.organization(slug="eclac"))
    make.update(happened_on="2023")

    queries = ["q=eclac", "kind=membership", "year=2022", "organization=eclac"]
    assert [found(filters.UpdateFilter, query) for query in queries] == [[wanted]] * 4


def test_documents_are_found_by_each_filter() -> None:
    special = make.meeting(slug="special")
    wanted = make.document(title="Minutes", kind="minutes", issued_on="2022-08", meeting=special)
    make.rendition(document=wanted, language="fr")
    other = make.document(instrument=make.instrument(slug="resolution"))
    make.rendition(document=other, language="en")

    queries = ["q=minutes", "kind=minutes", "language=fr", "year=2022", "meeting=special"]
    assert [found(filters.DocumentFilter, query) for query in queries] == [[wanted]] * 5
    assert found(filters.DocumentFilter, "instrument=resolution") == [other]


# --- Nouns that belong to another ----------------------------------------------------------


def test_seats_and_terms_are_found_by_organization_and_word() -> None:
    seat = make.seat(organization=make.organization(slug="ilo"), category="member", from_on="2013")
    make.seat(category="observer", from_on="2014")
    term = make.term(organization=seat.organization, office=make.office(slug="chair"))
    make.term()

    assert found(filters.SeatFilter, "organization=ilo") == [seat]
    assert found(filters.SeatFilter, "category=member") == [seat]
    assert found(filters.TermFilter, "organization=ilo") == [term]
    assert found(filters.TermFilter, "office=chair") == [term]


def test_parts_of_a_meeting_are_found_by_each_filter() -> None:
    special = make.meeting(slug="special")
    item = make.agenda_item(meeting=special, kind="update")
    item.instruments.add(make.instrument(slug="resolution"))
    make.agenda_item()
    guest = make.attendance(meeting=special, organization=make.organization(slug="ilo"))
    make.attendance(state="apologies")

    for query in ["meeting=special", "kind=update", "instrument=resolution"]:
        assert found(filters.AgendaItemFilter, query) == [item]
    for query in ["meeting=special", "organization=ilo", "state=present"]:
        assert found(filters.AttendanceFilter, query) == [guest]


def test_parts_of_an_instrument_are_found_by_each_filter() -> None:
    text = make.instrument(slug="resolution")
    provision = make.provision(instrument=text, kind="operative")
    event = make.instrument_event(instrument=text, kind="tabled", happened_on="2022-12")
    party = make.instrument_party(instrument=text, country="SN", role="main_sponsor")
    relation = make.instrument_relation(source=text, kind="implements")
    back = make.instrument_relation(target=text, kind="cites")
    make.provision()
    make.instrument_event()
    make.instrument_party()
    make.instrument_relation(kind="amends")

    for query in ["instrument=resolution", "kind=operative"]:
        assert found(filters.ProvisionFilter, query) == [provision]
    for query in ["instrument=resolution", "kind=tabled", "year=2022"]:
        assert found(filters.InstrumentEventFilter, query) == [event]
    for query in ["instrument=resolution", "role=main_sponsor", "country=SN"]:
        assert found(filters.InstrumentPartyFilter, query) == [party]
    assert found(filters.InstrumentRelationFilter, "instrument=resolution") == [relation, back]
    assert found(filters.InstrumentRelationFilter, "kind=implements") == [relation]


def test_people_are_found_by_words_and_organization() -> None:
    ilo = make.organization(slug="ilo")
    person = make.person(name="Ana Núñez", organization=ilo)
    make.person()

    assert found(filters.PersonFilter, "q=nunez") == [person]
    assert found(filters.PersonFilter, "organization=ilo") == [person]


# --- Queries -------------------------------------------------------------------------------


def test_the_options_of_a_list_are_asked_for_once(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        make.organization(country="CH")
        make.meeting(country="FR")

    with django_assert_num_queries(3):
        form = asked(filters.DocumentFilter, "meeting=nothing").form
        str([list(bound.subwidgets) for bound in form.visible_fields()])
        assert not form.is_valid()


def test_what_is_chosen_stays_among_the_options_of_a_long_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("untfsse.kit.pages.filters.MOST_OPTIONS", 2)
    for letter in "ABCD":
        make.organization(name=letter, slug=letter.lower())

    question = asked(filters.UpdateFilter, "organization=d")
    assert question.is_valid()

    labels = [str(label) for _, label in question.form.fields["organization"].choices]
    assert labels == ["Any", "D", "A", "B"]
