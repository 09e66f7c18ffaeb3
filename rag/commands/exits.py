"""How a command ends when it does not end well."""

import sys
from typing import Final, NoReturn

NOT_ANSWERED: Final = 3  # or not all holds that was looked at
FAILED: Final = 2


def fail(message: str) -> NoReturn:
    """Say in one line what is wrong, and end."""
    sys.stderr.write(f"depeche: {message}\n")
    raise SystemExit(FAILED)
