"""Submissions become records: they run, are judged, and are kept."""
