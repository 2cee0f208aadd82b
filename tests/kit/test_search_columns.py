"""Columns to search by: what PostgreSQL makes of names, texts, days and goals."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("call", "made"),
    [
        pytest.param(
            "search_document(ARRAY['Société co-opérative; ILO', 'A/RES/77/281'],"
            " ARRAY['国际劳工组织', 'L''économie sociale'], ARRAY[NULL, 'well-being'], '{}',"
            " ARRAY['2022-07-30', '2022-08-01'], ARRAY[8, 1])",
            "'281':9A '77':8A '=a/res/77/281':32A '=ilo':32A '=societeco-operative':32A 'co':3A"
            " 'co-op':2A 'cooper':10A 'd20220730':33A 'd20220731':34A 'd20220801':35A"
            " 'econom':22B 'economi':13B,26B 'goal1':40A 'goal8':39A 'ilo':5A 'l':12B,25B"
            " 'm202207':36A 'm202208':37A 'oper':4A 'res':7A 'social':14B,23B,27B 'societ':1A"
            " 'well':29C 'well-b':28C 'wellb':31C 'y2022':38A '劳工':17B '国际':15B"
            " '国际劳工组织':11B,20B,24B '工组':18B '组织':19B '际劳':16B",
            id="a whole row",
        ),
        pytest.param(
            "search_names(ARRAY[NULL, '; O''X ;a', 'A'])", "'=a':1A '=o''x':1A", id="names"
        ),
        pytest.param(
            "search_days(ARRAY['../2019-05', NULL])", "'m201905':1 'y2019':2", id="by a month"
        ),
        pytest.param(
            "search_days(ARRAY['2022-07-19', '2023'])",
            "'m202207':1 'y2022':2 'y2023':3",
            id="from a day to a year",
        ),
        pytest.param("search_days(ARRAY[NULL, '2022-07'])", "'m202207':1", id="no beginning"),
        pytest.param("search_days('{}')", "", id="no day"),
        pytest.param("search_goals(NULL) || search_goals('{}')", "", id="no goal"),
    ],
)
def test_it_is_found_by_these_words(call: str, made: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({call})::text")
        assert cursor.fetchone()[0] == made
