"""Synthetic records: thousands of each noun, to measure pages with. Never beside real records."""

from untfsse.synthetic.creation import RealRecordsError, create_synthetic

__all__ = ["RealRecordsError", "create_synthetic"]
