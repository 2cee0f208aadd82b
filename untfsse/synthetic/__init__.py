"""Synthetic records: thousands of each noun, to measure pages with. Never beside real records."""

from untfsse.synthetic.creation import RealRecordsError, check_place, create_synthetic
from untfsse.synthetic.rows import MOST_OF_OTHERS

__all__ = ["MOST_OF_OTHERS", "RealRecordsError", "check_place", "create_synthetic"]
