"""skip.py - a test that cannot run here says why"""


class Skip(Exception):
    """Counted as skipped, never as passed."""
