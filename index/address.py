"""Addresses on the web: how they are written, and which machines may be asked.

Knows nothing of connections: who fetches asks here about every address, also after a redirect.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from index.errors import InputError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

PORTS: Final = frozenset({None, 80, 443})
LONGEST: Final = 2000  # characters; browsers take about as many
_RELAY: Final = IPv4Network("192.88.99.0/24")  # of 6to4
_NAT64: Final = IPv6Network("64:ff9b::/96")
_UNICAST: Final = IPv6Network("2000::/3")  # all that is given out on the internet
_6TO4: Final = IPv6Network("2002::/16")
_TEREDO: Final = IPv6Network("2001::/32")
_EXAMPLES: Final = IPv6Network("3fff::/20")  # for manuals (RFC 9637), later than Python 3.11
_ISATAP: Final = 0x5EFE  # in the third quarter of an address that embeds one of version 4
_TRACKING: Final = ("utm_", "at_", "xtor", "fbclid", "gclid", "mc_cid", "mc_eid")


class Address(str):
    """A page's address, where a file has its path."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Its last part, as of a path."""
        return urlsplit(self).path.rstrip("/").rpartition("/")[2]

    @property
    def stem(self) -> str:
        return self.name.partition(".")[0]

    @property
    def parents(self) -> tuple[Address, ...]:
        return ()

    def absolute(self) -> Address:
        return self

    def exists(self) -> bool:
        """As far as is known without asking."""
        return True


Place: TypeAlias = Path | Address


def is_address(written: str) -> bool:
    return written.lower().startswith(("http://", "https://"))


def place(written: str) -> Place:
    return Address(written) if is_address(written) else Path(written)


def tidy(written: str) -> Address:
    """The same page's address without fragment and without what only tells where one came from.

    :raises InputError: nothing may be asked there, whatever machine it is
    """
    parts = split(written)
    host = parts.netloc.lower()
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(_TRACKING)
    ]
    return Address(urlunsplit((parts.scheme, host, parts.path or "/", urlencode(query), "")))


def split(written: str) -> SplitResult:
    """:raises InputError: it is no address of a page"""
    try:
        parts = urlsplit(written.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{written[:80]!r} is no address ({error}); check it") from error
    odd = any(character.isspace() or not character.isprintable() for character in written.strip())
    if parts.scheme not in {"http", "https"} or not host or odd or "\\" in written:
        raise InputError(f"{written[:80]!r} is no address of a page; it begins with https://")
    if "@" in parts.netloc:
        raise InputError(f"the address of {host} holds a name or a password; leave it out")
    if len(written) > LONGEST:
        raise InputError(f"the address at {host} has over {LONGEST} characters; shorten it")
    del port  # only its form mattered
    return parts


def name_of(address: Address) -> str:
    """What its article is called: host, path without suffix, query."""
    parts = urlsplit(address)
    stem, dot, suffix = parts.path.rpartition(".")
    path = stem if dot and "/" not in suffix else parts.path
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc}{path.rstrip('/')}{query}"


def is_public(written: str) -> bool:
    """Whether a resolved address is a machine of the internet, and none of the user's own network.

    Judged again for an address of version 4 inside of one of version 6.
    """
    try:
        found = ip_address(written)
    except ValueError:  # "fe80::1%eth0", and what is no address at all
        return False
    return _is_public(found)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv4Address):
        special = found.is_multicast or found.is_reserved or found in _RELAY
        return found.is_global and not special
    if found in _NAT64:
        return _is_public(IPv4Address(int(found) & 0xFFFFFFFF))
    if found in _6TO4:
        return _is_public(IPv4Address(int(found) >> 80 & 0xFFFFFFFF))
    isatap = int(found) >> 32 & 0xFFFF == _ISATAP
    special = isatap or found in _TEREDO or found in _EXAMPLES
    return found in _UNICAST and found.is_global and not special
