"""Pause: what did not answer is left alone for a while, so that not every request waits."""

import time


class Pause:
    """A pause that this process makes in asking for something."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until = 0.0

    def begin(self) -> None:
        """Begin one, or begin it anew."""
        self.until = time.monotonic() + self.seconds

    @property
    def is_on(self) -> bool:
        """Whether one is made now."""
        return time.monotonic() < self.until
