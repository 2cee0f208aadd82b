"""The portal as a WSGI application, for the production server."""

import logging
import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from untfsse.deadlines import SECONDS, BodyDeadline
from untfsse.kit.time_limits import limit_the_web

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")

logging.captureWarnings(capture=True)  # every line of the log has one form
seconds = int(os.environ.get("BODY_SECONDS") or SECONDS)
application: Any = BodyDeadline(get_wsgi_application(), seconds=seconds)
if port := os.environ.get("METRICS_PORT"):
    from untfsse.metrics import MetricsDoor

    application = MetricsDoor(application, port=port)
limit_the_web()
reverse("home")  # so every view is loaded now, before gunicorn makes its workers
