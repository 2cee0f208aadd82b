"""The log: what visitors could notice, in the order of commits."""

from untfsse.kit.log.models import (
    Head,
    Kind,
    PublicChange,
    PublicState,
    ask_to_copy_anew,
    changed_since,
    current_number,
    forget_before,
    latest_changes,
    moment_of,
    notice_clock,
    oldest_number,
    read_head,
    with_change_moment,
)
