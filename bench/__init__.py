"""Measurements, each as a ratio against a baseline that runs beside it: `python -m bench [NAME …]`."""
