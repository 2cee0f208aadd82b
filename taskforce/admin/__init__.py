"""The back office of the Task Force, one file a noun family."""

from untfsse.kit.apps import import_below

import_below(__name__, __path__)
