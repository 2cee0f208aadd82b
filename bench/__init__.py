"""Benchmarks: what pages cost the database with few and with many records (`make bench`)."""

import os

import django

# Before any room of the benchmarks imports a model.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")
django.setup()
