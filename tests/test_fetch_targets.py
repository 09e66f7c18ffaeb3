"""Which machines are never asked for a page: the user's own, in every spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents import html
from sites import site

from index import fetch
from index.address import is_public
from index.fetch import Fetcher, FetchError

if TYPE_CHECKING:
    from promises import Promise

LOOPBACK = [  # what the system takes for a machine of its own, in many spellings
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1",
    "017700000001", "0177.0.0.1", "0x7f.0x0.0x0.0x1", "127.0.0.1.", "localhost", "LOCALHOST",
    "localhost.", "0", "0.0.0.0",
    "0x0", "00000000", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:1::1]",
    "[2001:0:7f00:1::1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[fe80::5efe:127.0.0.1]",
    "[2001:db8::5efe:7f00:1]", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1",
]  # fmt: skip
PRIVATE = [
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1",
    "198.18.0.1", "198.19.255.254", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "0.1.2.3", "2852039166", "0xa9fea9fe",
    "0xc0a80001", "3232235521", "10.1", "172.16.1", "192.168.257", "0300.0250.0.1",
    "[fc00::1]", "[fd12:3456:789a::1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]",
    "[ff0e::1]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[64:ff9b::10.0.0.1]",
    "[64:ff9b::a9fe:a9fe]", "[2002:a00:1::]", "[2002:c0a8:101::]", "[2002:a9fe:a9fe::]",
    "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::10.0.0.1]", "[2001:10::1]",
    "[2001:20::5efe:a00:1]", "[2a00:1450::5efe:a00:1]",
]  # fmt: skip
MALFORMED = [
    "http://", "http:///a", "https://user:secret@exemple.fr/", "http://exemple.fr@127.0.0.1/",
    "http://127.0.0.1\\@exemple.fr/", "http://exemple.fr:99999/", "http://exemple.fr:22/",
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://exemple.fr/", "http://[::1", "http://a b/",
    "http://exemple.fr\r\nHost: x/", "data:text/html,a", "http://exemple.fr:6379/",
]  # fmt: skip


def test_there_are_a_hundred_targets() -> None:
    assert len({*LOOPBACK, *PRIVATE, *MALFORMED}) >= 100


def refusal(address: str) -> str:
    """What is said instead of fetching."""
    fetcher = Fetcher(pause=0)
    with pytest.raises(FetchError) as told:
        fetcher.fetch(address)
    fetcher.close()
    return str(told.value)


def test_the_users_own_network_is_never_asked(
    monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    targets = {*LOOPBACK, *PRIVATE}
    with site({"/": html()}) as (address, asked):
        port = int(address.rpartition(":")[2])
        monkeypatch.setattr(fetch, "PORTS", frozenset({port}))
        said = [refusal(f"http://{host}:{port}/") for host in targets]
        said += [refusal(written) for written in MALFORMED]
        reached = len(asked)
    assert not [line for line in said if "\n" in line or "secret" in line]
    assert not [line for line in said if "cannot be reached" in line], "it was tried"
    promise("SSRF: pages of the user's own network", "0 of 100 targets reached",
            f"{reached} of {len(said)}")  # fmt: skip
    assert reached == 0
    assert len(said) >= 100


def test_a_redirect_is_judged_anew() -> None:
    inner = {"/robots.txt": b"", "/secret": html()}
    with site(inner) as (inside, asked), site({}) as (outside, _):
        port = int(inside.rpartition(":")[2])
        for target in (f"http://127.1:{port}/secret", f"http://[::ffff:127.0.0.1]:{port}/secret"):
            pages = {"/robots.txt": b"", "/": (302, {"Location": target}, b"")}
            with site(pages) as (start, _):
                fetcher = _Careful(allowed=start)
                with pytest.raises(FetchError, match="your own network"):
                    fetcher.fetch(f"{start}/")
                fetcher.close()
        assert asked == []
        del outside


class _Careful(Fetcher):
    """Takes one server of this machine for the internet, as a test must."""

    def __init__(self, allowed: str) -> None:
        super().__init__(may_ask_this_machine=True, pause=0)
        self._allowed = int(allowed.rpartition(":")[2])

    def _resolved(self, host: str, port: int) -> str:
        self._local = port == self._allowed
        if not self._local:
            raise FetchError("a machine of your own network")
        return super()._resolved(host, port)


def test_public_machines_may_be_asked() -> None:
    for machine in ("93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946",
                    "64:ff9b::808:808", "2002:808:808::1"):  # fmt: skip
        assert is_public(machine), machine
