"""When to log, to measure and to save."""

import time


class Every:
    """True once after each stretch of so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.last = time.monotonic()

    def due(self) -> bool:
        """Whether the stretch is over; if so the next one begins."""
        over = time.monotonic() - self.last > self.seconds
        if over:
            self.last = time.monotonic()
        return over


def stamp() -> str:
    """The time of day, for the log."""
    return time.strftime("%H:%M:%S")
