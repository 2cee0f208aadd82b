"""The kit's own tables, where Django looks for them."""

from untfsse.kit.addresses import FormerAddress
from untfsse.kit.history import Change

__all__ = ["Change", "FormerAddress"]
