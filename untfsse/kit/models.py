"""The kit's own tables, where Django looks for them."""

from untfsse.kit.access.sessions import AccountSession
from untfsse.kit.access.throttle import TryCount
from untfsse.kit.error_reports.models import ErrorReport, ErrorReportContact
from untfsse.kit.history.changes import Change
from untfsse.kit.loading import LoadedRow
from untfsse.kit.log.models import PublicChange, PublicState
from untfsse.kit.missed import MissedSearch
from untfsse.kit.records.addresses import FormerAddress
from untfsse.kit.records.roles import Readership
from untfsse.kit.tasks.models import BackgroundTask
