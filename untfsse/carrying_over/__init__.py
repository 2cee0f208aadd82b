"""Carrying over: records made before the first release, copied once into the tables of today."""

from untfsse.carrying_over.age import check_age, find_fault, find_lacking, is_older
from untfsse.carrying_over.databases import carry_over
from untfsse.carrying_over.plan import CarryOverError

__all__ = ["CarryOverError", "carry_over", "check_age", "find_fault", "find_lacking", "is_older"]
