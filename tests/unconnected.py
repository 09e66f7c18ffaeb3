"""Import, index, serve, ask, stop: what test_network.py runs as `python -c`, and watches.

Arguments: the folder to work in, the number of questions, the files to index. Run in a network of
its own where the system has such a thing (Linux: `unshare --net`). There nothing but this machine
can be reached, and the kernel counts what was meant for elsewhere, also by code that is not
Python's. The last line printed has the attempts that Python saw and those that the kernel counted.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from urllib.request import Request, urlopen

HOOK = """
import os, sys

def told(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}:
        where = arguments[1]
        where = where[0] if isinstance(where, tuple) else where
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        where = arguments[0]
    else:
        return
    where = where.decode(errors="replace") if isinstance(where, bytes) else where
    if where in {None, "localhost", "::1"} or str(where).startswith(("127.", "/", "\\0")):
        return
    with open(os.environ["SEEN"], "a", encoding="utf-8") as seen:
        seen.write(f"{event} {where} {sys.argv[:2]}\\n")
    raise PermissionError(f"this test has no network: {event} {where}")

sys.addaudithook(told)
"""
# Where these are set, packages do not call out that do so at home.
BEHAVED = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_DISABLE_TELEMETRY", "HF_HUB_OFFLINE")
QUESTIONS = (
    "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
    "Pourquoi le pont de Brissagne est-il fermé ?",
    "How many troops are in the Kursk region?",
    "Wer hat die Finale gewonnen?",
    "Quel est le prix du caviar à Bakou ?",
)


def main(folder: Path, count: int, files: list[str]) -> None:
    seen = folder / "seen"
    seen.touch()
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    paths = os.pathsep.join((str(folder), str(Path.cwd()), os.environ.get("PYTHONPATH", "")))
    told = os.environ | {"SEEN": str(seen), "PYTHONPATH": paths}
    for name in BEHAVED:
        told.pop(name, None)
    alone = raise_loopback()
    if alone and sys.argv[-1] == "--control":
        ask_outside(told)
    else:
        journey(folder / "library", count, files, told)
    counted = unrouted() if alone else None
    sys.stdout.write(json.dumps([seen.read_text(encoding="utf-8").splitlines(), counted]) + "\n")


def journey(library: Path, count: int, files: list[str], told: dict[str, str]) -> None:
    command = [sys.executable, "-c", "from rag.cli import main; main()"]
    run = [sys.executable, "-c", "import index.build, rag, rag.langchain"]
    subprocess.run(run, env=told, check=True)
    subprocess.run(
        [*command, "index", *files, "--library", library], env=told, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    serve = [*command, "serve", "--port", "0", "--rate", "0", "--library", str(library)]
    with subprocess.Popen(serve, env=told, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[1]
        for path in ("/fr/", "/readyz", "/metrics", "/openapi.json"):
            with urlopen(address + path, timeout=60) as response:
                assert response.status == 200
        for question in islice(cycle(QUESTIONS), count):
            ask(address, question)
        server.terminate()


def ask(address: str, question: str) -> None:
    body = json.dumps({"question": question}).encode()
    kind = {"Content-Type": "application/json"}
    request = Request(f"{address}/v1/ask", body, kind)
    with urlopen(request, timeout=60) as response:
        assert json.load(response)["question"] == question


def ask_outside(told: dict[str, str]) -> None:
    """The positive control: through Python, where the hook is, and past it."""
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    subprocess.run([sys.executable, "-c", code], env=told, check=False, stderr=subprocess.DEVNULL)
    code = "socket.socket().connect_ex(('192.0.2.1', 80))"
    without = [sys.executable, "-S", "-c", f"import socket; {code}"]
    subprocess.run(without, env=told, check=False)


def raise_loopback() -> bool:
    """Whether this is a network of its own, whose loopback is now up."""
    if sys.platform != "linux" or len(socket.if_nameindex()) > 1:
        return False
    import fcntl

    up_and_running, set_flags = 0x1 | 0x40, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh22x", b"lo", up_and_running))
    return True


def unrouted() -> int:
    """How often the kernel was asked for a way that this network does not have."""
    names, values = (
        line.split()
        for line in Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
        if line.startswith("Ip:")
    )
    count = int(dict(zip(names, values, strict=True))["OutNoRoutes"])
    for line in Path("/proc/net/snmp6").read_text(encoding="ascii").splitlines():
        name, value = line.split()
        count += int(value) if name == "Ip6OutNoRoutes" else 0
    return count


main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
