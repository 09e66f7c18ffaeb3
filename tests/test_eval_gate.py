"""The floors under the figures, and that they hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eval.gate import (
    FUSED,
    SLACK,
    Floors,
    data_hash,
    fallen,
    main,
    measured,
    read_floors,
    updated,
    write_floors,
)
from eval.report import plain, without_texts
from index.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from eval.figures import Figures

PINNED = Floors("data", {"right": 0.5, "refused": 0.4})


def test_no_figure_is_below_its_floor(corpus_figures: Figures) -> None:
    floors = read_floors()
    assert fallen(measured(plain(corpus_figures)), floors) == []
    assert floors.floors["exact quotes"] == 1.0
    assert set(floors.floors) == set(measured(plain(corpus_figures)))


def test_the_floors_are_those_of_these_questions_and_articles() -> None:
    assert read_floors().data == data_hash(), "python -m eval.gate --update"


def test_every_floor_that_was_lowered_has_a_reason() -> None:
    for change in read_floors().lowered:
        assert change["reason"].strip()
        assert change["from"]


def test_a_figure_below_its_floor_and_one_that_is_gone_are_named() -> None:
    assert fallen({"right": 0.5, "refused": 0.41}, PINNED) == []
    assert fallen({"right": 0.49}, PINNED) == [
        "right: 0.490 is below its floor 0.500",
        "refused: not measured any more, floor 0.400",
    ]


def test_an_update_raises_and_never_lowers_of_itself() -> None:
    raised = updated({"right": 0.7, "refused": 0.41, "new": 0.3}, PINNED, "data")
    assert raised.floors == pytest.approx(
        {"right": 0.7 - SLACK, "refused": 0.4, "new": 0.3 - SLACK}
    )
    with pytest.raises(InputError, match=r"not lowered: refused: 0\.200 is below its floor 0\.400"):
        updated({"right": 0.7, "refused": 0.2}, PINNED, "data")
    with pytest.raises(InputError, match="not lowered"):
        updated({"right": 0.7, "refused": 0.2}, PINNED, "data", "  ")


def test_a_floor_is_lowered_for_a_reason_that_is_kept(tmp_path: Path) -> None:
    lowered = updated({"right": 0.7, "refused": 0.2}, PINNED, "new", "harder questions")
    assert lowered.floors == pytest.approx({"right": 0.7 - SLACK, "refused": 0.2 - SLACK})
    assert lowered.lowered == (
        {"reason": "harder questions", "from": {"refused": 0.4}, "to": {"refused": 0.18}},
    )
    write_floors(lowered, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == lowered


def test_the_fusion_may_lose_a_point_to_its_better_arm_whatever_is_measured() -> None:
    assert updated({FUSED: 0.2}, Floors("", {}), "data").floors == {FUSED: -0.01}
    assert fallen({FUSED: -0.02}, updated({FUSED: 0.2}, Floors("", {}), "data"))


def test_exact_quotes_are_pinned_without_slack() -> None:
    assert updated({"exact quotes": 1.0}, Floors("", {}), "data").floors == {"exact quotes": 1.0}


@pytest.mark.parametrize("text", ["{", "[]", '{"data": ""}', json.dumps({"data": "", "floors": 3})])
def test_a_file_without_floors_is_a_clear_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "floors.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="holds no floors"):
        read_floors(tmp_path / "floors.json")


def test_saved_figures_are_taken_when_they_are_of_what_is_here(
    corpus_figures: Figures, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = without_texts(plain(corpus_figures))
    saved = tmp_path / "corpus.json"
    saved.write_text(json.dumps(found), encoding="utf-8")
    assert main(["--saved", str(saved)]) == 0
    assert "Success@5 ranked" in capsys.readouterr().out
    other = found | {"about": found["about"] | {"reader": "another"}}
    saved.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(InputError, match="leave out --saved"):
        main(["--saved", str(saved)])


def test_lowering_without_updating_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--lower", "a reason"])
    assert '--lower goes with --update: --update --lower "why"' in capsys.readouterr().err
