"""The pages of the Task Force, one function a URL."""

from taskforce.views.decisions import decision_detail, decision_list
from taskforce.views.documents import document_detail, document_file, document_list
from taskforce.views.instruments import instrument_detail, instrument_list
from taskforce.views.meetings import meeting_detail, meeting_list
from taskforce.views.my_organization import my_organization
from taskforce.views.organizations import office_list, organization_detail, organization_list
from taskforce.views.texts import (
    instrument_changes,
    instrument_concordance,
    instrument_text,
    instrument_timeline,
)
from taskforce.views.updates import update_detail, update_list
