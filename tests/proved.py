"""What the real records prove of decisions, by their numbers."""

PROVED = {
    "2016/TS1/D1": "one action plan",
    "2016/TS1/D2": "one activity done (2018)",
    "2016/TS1/D3": "one activity",
    "2019/RM/D1": "one seat (since 23 July 2019)",
    "2019/TS2/D1": "one action plan",
    "2020/R32/D1": "one seat (since October 2020)",
    "2021/TS3/D1": "one action plan",
    "2022/SM/D1": "one seat (since 19 July 2022)",
    "2022/SM/D2": "one term of office (already by 19 July 2022, over by 7 March 2023)",
    "2022/SM/D3": (
        "three sub-groups (without members), two meetings held (last 13 December 2022), one "
        "instrument adopted (18 April 2023), seven deliveries (last 2023), nine activities done "
        "(last 2023)"
    ),
    "2023/R43/D1": (
        "one meeting held (2\N{EN DASH}3 October 2023), one delivery (3 October 2023), one "
        "activity done (2023)"
    ),
    "2023/R44/D1": "one activity",
    "2024/R47/D1": "two seats (since 14 March 2024)",
}
"""Which decision shows what; the others have nothing on record."""
