"""`make demo` as a newcomer meets it: the real process, the real page, a real Chromium."""
