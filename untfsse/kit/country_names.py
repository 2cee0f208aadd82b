"""Country names of the United Nations, where ISO 3166 or everyday English says another.

Source: the short names in "Standard country or area codes for statistical use" (M49) of the United
Nations Statistics Division, https://unstats.un.org/unsd/methodology/m49/, which follow UNTERM. M49
does not list Taiwan: there stands the short name of ISO 3166-1.
"""

from django.utils.translation import gettext_lazy as _

UN_NAMES = {
    "BO": _("Bolivia (Plurinational State of)"),
    "BN": _("Brunei Darussalam"),
    "BS": _("Bahamas"),
    "FM": _("Micronesia (Federated States of)"),
    "GB": _("United Kingdom of Great Britain and Northern Ireland"),
    "IR": _("Iran (Islamic Republic of)"),
    "KP": _("Democratic People's Republic of Korea"),
    "KR": _("Republic of Korea"),
    "LA": _("Lao People's Democratic Republic"),
    "MD": _("Republic of Moldova"),
    "NL": _("Netherlands (Kingdom of the)"),
    "PS": _("State of Palestine"),
    "RU": _("Russian Federation"),
    "SY": _("Syrian Arab Republic"),
    "TR": _("Türkiye"),
    "TW": _("Taiwan (Province of China)"),
    "TZ": _("United Republic of Tanzania"),
    "VA": _("Holy See"),
    "VE": _("Venezuela (Bolivarian Republic of)"),
    "VG": _("British Virgin Islands"),
    "VI": _("United States Virgin Islands"),
    "VN": _("Viet Nam"),
}
ALSO_KNOWN = {
    "cape verde": "CV",
    "cote d'ivoire": "CI",
    "czech republic": "CZ",
    "great britain": "GB",
    "ivory coast": "CI",
    "nauru": "NR",
    "swaziland": "SZ",
    "turkey": "TR",
    "turkiye": "TR",
    "uk": "GB",
    "united states": "US",
    "usa": "US",
}
"""Names that people type and no list of ours has, in small letters; they are never shown."""
