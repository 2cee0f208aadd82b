"""Visitors: the address they come from, and the browser they come with."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

LONGEST_DEVICE = 200


def address_of(request: HttpRequest) -> str:
    """Return the address of a visitor, as the proxies that are ours have seen it; "" if unknown.

    Each proxy adds the address that it saw at the end of `X-Forwarded-For`; what stands further
    to the left is what the visitor claims.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    found = seen[-proxies] if 0 < proxies <= len(seen) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(found.partition("%")[0])  # without the name of a card
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


def network_of(address: str) -> str:
    """Return what one visitor can choose from: an address of IPv4, a /64 of IPv6."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def site_of(address: str) -> str:
    """Return what one customer of a provider has at most: an address of IPv4, a /48 of IPv6."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/48", strict=False))


def device_of(request: HttpRequest) -> str:
    """Return what a browser says it is, cut to a length."""
    return request.headers.get("User-Agent", "").replace("\0", "")[:LONGEST_DEVICE]
