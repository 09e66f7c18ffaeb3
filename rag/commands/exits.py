"""How a command ends when it does not end well."""

import sys
from typing import Final, NoReturn

from index.errors import DepecheError

NOT_ANSWERED: Final = 3  # or not all holds that was looked at
FAILED: Final = 2


def fail(message: str) -> NoReturn:
    """Say in one line what is wrong, whatever was given, and end."""
    sys.stderr.write(f"depeche: {DepecheError(message)}\n")
    raise SystemExit(FAILED)
