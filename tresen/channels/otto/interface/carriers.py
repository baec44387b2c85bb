"""The carriers that OTTO takes, by its word for each, and those that bring goods back."""

from collections.abc import Mapping

CARRIERS: Mapping[str, str] = {
    "DHL": "DHL",
    "DHL_EXPRESS": "DHL Express",
    "DPD": "DPD",
    "GLS": "GLS",
    "HERMES": "Hermes",
    "UPS": "UPS",
    "HES": "Hermes Einrichtungs-Service",
    "DHL_FREIGHT": "DHL Freight",
    "DHL_HOME_DELIVERY": "DHL Home Delivery",
    "BTW": "BTW",
    "BURSPED": "Bursped",
    "CARGOLINE": "CargoLine",
    "DACHSER": "Dachser",
    "DB_SCHENKER": "DB Schenker",
    "DSV": "DSV",
    "EMONS": "Emons",
    "EPH_DIREKT": "EPH Direkt",
    "IDS": "IDS",
    "GEIS": "Geis",
    "GEL": "GEL",
    "GUETTLER": "Güttler",
    "HELLMANN": "Hellmann",
    "HEUEL": "Heuel",
    "KOCH": "Koch",
    "KUEHNE_NAGEL": "Kühne + Nagel",
    "LOGWIN": "Logwin",
    "MEYER_JUMBO": "Meyer-Jumbo",
    "RABEN_LOGISTIK": "Raben Logistik",
    "RHENUS": "Rhenus",
    "REIMER": "Reimer",
    "REITHMEIER": "Reithmeier",
    "SCHOCKEMOEHLE": "Schockemöhle",
    "SCHMIDT_GEVELSBERG": "Schmidt-Gevelsberg",
    "ZUFALL": "Zufall",
    "OTHER_FORWARDER": "Another forwarder",
}
PARCEL_CARRIERS = frozenset({"DHL", "DHL_EXPRESS", "DPD", "GLS", "HERMES", "UPS"})
"""Whose parcels come back by a number told beforehand. OTTO's examples leave it out for freight alone."""
RETURN_CARRIERS: Mapping[str, str] = {"DHL": "DHL", "GLS": "GLS", "HERMES": "Hermes"}
