"""Carrying over: records made before the first release, copied once into the tables of today."""

from untfsse.carrying_over.age import OLDER, check_age, is_older
from untfsse.carrying_over.databases import carry_over
from untfsse.carrying_over.plan import CarryOverError

__all__ = ["OLDER", "CarryOverError", "carry_over", "check_age", "is_older"]
