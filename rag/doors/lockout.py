"""Who tried too many wrong tokens, and who a client is."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Scope

TRIES: Final = 10  # wrong tokens of one client, after which it is not heard
LOCKED: Final = 900.0  # seconds
MOST_CLIENTS: Final = 10_000  # that are remembered; the longest unheard goes first
_SUBNET: Final = 64  # bits of an IPv6 address that one household or company has


class Lockout:
    """Wrong tries by client; for the event loop's thread alone."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wrong(self, client: str) -> None:
        """A wrong token was tried."""
        tries, until = self._wrong.pop(client, (0, 0.0))
        if until < time.monotonic():
            tries = 0
        self._wrong[client] = tries + 1, time.monotonic() + LOCKED
        while len(self._wrong) > MOST_CLIENTS:
            self._wrong.popitem(last=False)

    def seconds(self, client: str) -> int:
        """How long a client is not heard; 0 when it is."""
        tries, until = self._wrong.get(client, (0, 0.0))
        return max(0, math.ceil(until - time.monotonic())) if tries >= TRIES else 0


def client_of(scope: Scope) -> str:
    """The address a request comes from; of IPv6 the network, where a client has many."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _SUBNET), strict=False))
