"""The portal as a WSGI application, for the production server."""

import os

from django.core.wsgi import get_wsgi_application

from untfsse.kit.time_limits import limit_the_web

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")

application = get_wsgi_application()
limit_the_web()
