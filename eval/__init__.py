"""Judged questions, metrics, runs and benchmarks."""
