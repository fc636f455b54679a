"""The areas of life in which boundaries are practised."""

from enum import StrEnum


class Domain(StrEnum):
    """One area; each has a ladder of its own."""

    SELF = "self"
    BODY_SPACE = "body_space"
    TIME = "time"
    CONVERSATION = "conversation"
    INFORMATION = "information"
    DIGITAL = "digital"
    MONEY = "money"
    FAMILY = "family"
    FRIENDSHIP = "friendship"
    REPAIR = "repair"
    CHANGE = "change"
