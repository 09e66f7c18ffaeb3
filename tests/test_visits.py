"""Which pages were read when: a file that only saves time, and stops nothing when it is damaged."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.visits import FILE, Visits, digest

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "https://exemple.fr/a"
ETAG = f'"{"0" * 900}"'  # so that few fill several of SQLite's pages


def recorded(folder: Path) -> None:
    with closing(Visits(folder)) as visits:
        for number in range(20):
            visits.record(f"{PAGE}/{number}", "Le port est fermé.", ETAG, None)


def test_a_visit_is_known_again(tmp_path: Path) -> None:
    recorded(tmp_path)
    with closing(Visits(tmp_path)) as visits:
        last = visits.last(f"{PAGE}/7")
        assert last
        assert (last.text, last.etag, last.modified) == (digest("Le port est fermé."), ETAG, None)
        assert visits.last(PAGE) is None
    assert b"exemple.fr" not in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize("whole", [0, 4096], ids=["no database", "damaged within"])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, whole: int) -> None:
    recorded(tmp_path)
    data = (tmp_path / FILE).read_bytes()
    assert len(data) > 3 * 4096
    (tmp_path / FILE).write_bytes(data[:whole] + b"\xff" * (len(data) - whole))
    with closing(Visits(tmp_path)) as visits:
        assert visits.last(f"{PAGE}/7") is None
        visits.record(PAGE, "Le port rouvre.", None, None)
        assert visits.last(PAGE)
    with closing(Visits(tmp_path)) as visits:
        assert visits.last(PAGE)
