"""Ask the portal in this container; exit with 1 unless it lives: `healthy.py readyz`, can serve."""

import os
import sys
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
page = "readyz" if "readyz" in sys.argv else "healthz"
request = urllib.request.Request(f"http://127.0.0.1:8000/{page}", headers={"Host": host})
try:
    with urllib.request.urlopen(request, timeout=8) as answer:
        sys.exit(answer.status != 200)
except OSError as error:
    sys.exit(f"not well: {error}")
