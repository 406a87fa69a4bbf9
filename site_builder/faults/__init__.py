"""One fault for each rule, by subject. A rule of a later day needs none as long as its page has a broken example."""

from __future__ import annotations

from site_builder.faults import of_decrees, of_figures, of_files, of_indicators, of_prose, of_years
from site_builder.planting import Plant

FAULTS: dict[str, Plant] = {
    **of_files.FAULTS,
    **of_decrees.FAULTS,
    **of_prose.FAULTS,
    **of_figures.FAULTS,
    **of_indicators.FAULTS,
    **of_years.FAULTS,
}
