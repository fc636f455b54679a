"""Kinds of posts, and why one did not come, in plain words."""

KINDS = {
    "check-in": "check-in",
    "boundary": "boundary challenge",
    "theme": "theme",
    "reflection": "reflection",
}
REASONS = {
    "late": "I was away for more than two hours when it was due",
    "paused": "the circle rests",
    "skipped": "it was skipped",
    "not-permitted": "Discord did not let me post there; `/circle status` names what is missing",
    "channel-gone": "the channel was deleted or is hidden from me",
    "unreachable": "Discord could not be reached for two hours",
    "nothing-planned": "there was no text left for it",
    "no-theme": "the plan has no such text left for that week",
    "holiday": "it is a public holiday, and the circle rests on those",
    "rejected": "Discord refused it as I had written it",
}
