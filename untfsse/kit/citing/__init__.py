"""Citing: a fact as a sentence with its day and source, a text as a reference in four formats."""
