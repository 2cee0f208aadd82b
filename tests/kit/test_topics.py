"""Topics: the first of a list that are filed under one, wherever in the list they stand."""

import pytest
from taggit.models import Tag

from taskforce.models import Meeting
from tests import make
from untfsse.kit.pages import topics
from untfsse.kit.pages.topics import filed_first, items_of, tagged
from untfsse.kit.records.publication import VISITOR

pytestmark = pytest.mark.django_db

LATEST_FIRST = ["bears", "draft", "", "bears", "draft", "bears", "", "bears"]


@pytest.mark.parametrize("gone_through", [1, 2, 4, 8, 300])
def test_the_first_under_a_topic_are_found_however_far_a_list_is_gone_through(
    gone_through: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "MOST_GONE_THROUGH", gone_through)
    for day, bears in enumerate(reversed(LATEST_FIRST), 1):
        status = "draft" if bears == "draft" else "published"
        meeting = make.meeting(starts_on=f"2024-05-0{day}", status=status)
        meeting.tags.add("Care economy" if bears else "Finance")
    topic = Tag.objects.get(name="Care economy").pk
    visible = Meeting.objects.visible_to(VISITOR)
    wanted = list(tagged(visible, topic).for_list())
    assert [str(meeting.starts_on) for meeting in wanted] == [
        "2024-05-08",
        "2024-05-05",
        "2024-05-03",
        "2024-05-01",
    ]
    items = items_of(Meeting).filter(tag=topic)
    for number in range(1, 6):
        assert list(filed_first(visible, items, number)) == wanted[:number]
