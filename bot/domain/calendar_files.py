"""A circle's meetings as an iCalendar file (RFC 5545) that a calendar can follow, and no more."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.meetings import Meeting

if TYPE_CHECKING:
    from icalendar import Event

MADE_BY = "-//Trellis//Meetings//EN"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONE_YEARS = 10  # for which the file tells the zone's changes; what is beyond, calendars know or ask anew


def calendar_file(meeting: Meeting, circle_name: str, zone: ZoneInfo) -> bytes:
    """The whole series. The same UID with a rising SEQUENCE lets an added calendar follow later changes."""
    from icalendar import Calendar  # a tenth of a second, for those alone who ask for a file

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(meeting, circle_name, zone))
    calendar.add_missing_timezones(
        first_date=date(meeting.first.year, 1, 1),
        last_date=date(max(meeting.first, meeting.changed_at.date()).year + ZONE_YEARS, 1, 1),
    )
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, circle_name: str, zone: ZoneInfo) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.revision)
    event.add("dtstamp", meeting.changed_at)
    event.add("summary", circle_name)
    event.add("class", "PRIVATE")  # others who see the calendar see that there is something, not what
    event.add("dtstart", _local(meeting, meeting.first, zone))
    event.add("duration", timedelta(minutes=meeting.minutes))
    event.add("rrule", {"freq": "weekly", "interval": meeting.every, "byday": DAYS[meeting.day - 1]})
    left_out = sorted(day for day in meeting.skips if _in_series(meeting, day))
    if left_out:
        event.add("exdate", [_local(meeting, day, zone) for day in left_out])
    if meeting.where:
        event.add("location", meeting.where)
    return event


def _local(meeting: Meeting, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, meeting.time, zone)


def _in_series(meeting: Meeting, day: date) -> bool:
    return day >= meeting.first and (day - meeting.first).days % (7 * meeting.every) == 0
