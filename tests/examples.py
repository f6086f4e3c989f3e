"""The example cases that every test of whole letters is about."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def example_cases() -> list[Path]:
    """The case files in `fixtures/`. Those in `bilag` are appendices, which are no letters of their own."""
    found = sorted((ROOT / "fixtures").glob("*/*"))
    return [path for path in found if path.suffix in (".yaml", ".json") and path.parent.name != "bilag"]
