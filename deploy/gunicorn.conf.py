"""Gunicorn in production; the demo has its own few lines in `untfsse/demo.py`."""

import gc
import os
import shutil
import tempfile

from gunicorn import glogging

from untfsse.kit.request_log import JsonFormatter


class Logger(glogging.Logger):
    """What gunicorn itself has to say, as the portal's own log is, which tells each request."""

    def _set_handler(self, log, output, fmt, stream=None):
        super()._set_handler(log, output, JsonFormatter(), stream)


bind = ["0.0.0.0:8000"]
if metrics_port := os.environ.get("METRICS_PORT"):
    bind.append(f"{os.environ.get('METRICS_HOST') or '127.0.0.1'}:{metrics_port}")
    # Each process counts in a file of this folder; see `untfsse/metrics.py`.
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # at a reload it is
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="untfsse-metrics-")


def on_exit(_server):
    """Leave no counts behind."""
    if metrics_port:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


# The portal is loaded once, before the workers are made, and they share its memory as long as
# nobody writes on it: so the collector of each leaves alone what was there before.
preload_app = True


def when_ready(_server):
    """Keep apart what all workers share."""
    gc.collect()
    gc.freeze()


workers = int(os.environ.get("GUNICORN_WORKERS") or 2)
threads = 4
worker_class = "gthread"
# A worker that gives no sign of life for so long is replaced. A long import is no such silence: it
# runs in a thread beside the one that gives the sign, and sends its progress line by line.
timeout = 60
# Told to end, a worker takes nothing new, and ends what it has begun.
graceful_timeout = 30
keepalive = 75
# More than the portal takes (`untfsse/kit/faults.py`), so that it can refuse in its own words.
limit_request_line = 8_190
limit_request_field_size = 16_380
# A worker makes room for a new one now and then, each at another moment.
max_requests = 10_000
max_requests_jitter = 1_000
# Memory, so that a slow disk never makes a worker look dead.
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
logger_class = Logger
# Only the proxy reaches this port, from an address that the container network gives it.
forwarded_allow_ips = "*"
