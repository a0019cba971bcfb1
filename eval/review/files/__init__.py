"""Reviews taken away and brought back: JSON lines, which hold everything, and CSV, a row for each mark.

What comes back is believed in nothing: each line is checked, and what is refused says why.
"""

from eval.review.files.checking import Checked, Good, Refused, Standing, check_file, keep
from eval.review.files.json_lines import as_json_lines
from eval.review.files.table import as_csv

__all__ = ["Checked", "Good", "Refused", "Standing", "as_csv", "as_json_lines", "check_file", "keep"]
