"""`manage.py demo`: show the portal with the real records on this machine."""

import os
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from untfsse import demo
from untfsse.embedded import EmbeddedError
from untfsse.port import PortError, check_port, read_port


class Command(BaseCommand):
    """Turn what can go wrong into one sentence, and signals into an orderly end."""

    help = "Starts a database, loads the real records and serves the portal on this machine."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the demo until it is stopped."""
        if not settings.IS_DEMO:
            raise CommandError("The demo is for one machine alone: start it with `make demo`.")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
        try:
            port = read_port(os.environ.get("PORT") or "8000")
            check_port(port)
            demo.run(port, self.say)
        except (PortError, EmbeddedError, demo.DemoError) as error:
            raise CommandError(str(error)) from None
        except (DatabaseError, OSError) as error:
            raise CommandError(demo.explain(error)) from None
        except KeyboardInterrupt:
            sys.exit(130)

    def say(self, text: str) -> None:
        """Print at once, whoever reads."""
        self.stdout.write(text)
        self.stdout.flush()
