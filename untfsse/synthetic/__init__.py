"""Synthetic records: thousands of each noun, to measure pages with. Never beside real records."""

from untfsse.synthetic.creation import RealRecordsError, check_place, create_synthetic

__all__ = ["RealRecordsError", "check_place", "create_synthetic"]
