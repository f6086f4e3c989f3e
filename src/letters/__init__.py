"""Official letters for Danish municipalities, made from case files and a wording library."""

__version__ = "0.1.0"
