"""The product without a window: analyse, search, recover, evaluate and export. No Qt anywhere."""

__version__ = "0.1.0"
