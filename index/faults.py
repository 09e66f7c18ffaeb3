"""Points between durable steps where a test has the process killed; nothing unless one is named."""

from __future__ import annotations

import os
import signal

# "point:n": the process is killed when it comes to this point and passed it n times before.
asked = os.environ.get("DEPECHE_FAULT", "")
_passed = 0


def at(point: str) -> None:
    """Be killed here, if this is where."""
    if asked:
        _pass(point)


def _pass(point: str) -> None:
    global _passed  # noqa: PLW0603 - one process is killed once
    wanted, _, times = asked.partition(":")
    if point == wanted:
        if _passed >= int(times or 0):
            os.kill(os.getpid(), signal.SIGKILL)
        _passed += 1
