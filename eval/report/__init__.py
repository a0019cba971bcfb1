"""An evaluation report: what was evaluated, on which sample, how, with which figures, examples and limits."""

from __future__ import annotations

from eval.report.material import Material, gather
from eval.report.report_document import evaluation_report
from eval.report.report_file import report_bytes, write_report

__all__ = ["Material", "evaluation_report", "gather", "report_bytes", "write_report"]
