"""What `make bench` says of itself: a missed target shows, and what was kept is read again as it was."""

import importlib.util
from pathlib import Path

import pytest

from benchmarks import results, table
from benchmarks.__main__ import LONG, SECONDS
from benchmarks.figures import Figure, Target

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", [*SECONDS, *LONG])
def test_each_benchmark_is_a_module_of_that_name(name: str) -> None:
    assert importlib.util.find_spec(f"benchmarks.{name}") is not None


def test_a_target_bounds_the_ratio_or_the_figure_from_its_side() -> None:
    slow = Figure("tick", 3.0, 2.0, "ms", "a floor", Target(1.4))
    rate = Figure("posts", 46.0, 46.0, "/s", "a floor", Target(47, "at least", "figure"))
    assert slow.met is False
    assert rate.met is False
    assert Figure("refused", 0, 5, "", "a floor", Target(0, of="figure")).met is True
    assert Figure("untold", 1, 1, "ms", "a floor").met is None


def test_several_runs_are_one_result_that_keeps_its_spread(tmp_path: Path) -> None:
    runs = [("ticks", [Figure("tick", ours, 2.0, "ms", "a floor", Target(1.4))]) for ours in (3.0, 2.0, 4.0)]
    kept = results.Results({"processor": "some"}, "2026-11-28T04:00:00+00:00", results.gathered(runs))
    kept.write(tmp_path / "bench.json")
    again = results.read(tmp_path / "bench.json")
    assert again == kept
    [one] = kept.results
    assert (one.ratio.least, one.ratio.middle, one.ratio.most) == (1.0, 1.5, 2.0)
    assert one.met is False
    assert "≤ 1.4×: **missed**" in table.in_markdown(kept)


def test_a_benchmark_measured_again_takes_the_place_of_its_earlier_figures() -> None:
    def measured(ours: float, *names: str) -> results.Results:
        runs = [(name, [Figure(name, ours, 1.0, "ms", "a floor")]) for name in names]
        return results.Results({}, "", results.gathered(runs))

    both = measured(1.0, "ticks", "pages").with_later(measured(2.0, "ticks"))
    assert {each.benchmark: each.ours.middle for each in both.results} == {"pages": 1.0, "ticks": 2.0}


def test_the_page_has_a_place_for_the_figures() -> None:
    assert len(table.PLACE.findall((ROOT / table.PAGE).read_text(encoding="utf-8"))) == 1
