"""The kit's own tables, where Django looks for them."""

from untfsse.kit.addresses import FormerAddress
from untfsse.kit.history import Change
from untfsse.kit.seeding import LoadedRow

__all__ = ["Change", "FormerAddress", "LoadedRow"]
