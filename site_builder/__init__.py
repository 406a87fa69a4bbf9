"""Check, render and keep the budget-performance disclosures of small governments."""

__version__ = "0.1.0"
