"""Akoma Ntoso: resolutions as the United Nations publishes them, read and laid side by side."""

from taskforce.akoma_ntoso.aligning import AlignedText, Row, align
from taskforce.akoma_ntoso.reading import Step, read_resolution
