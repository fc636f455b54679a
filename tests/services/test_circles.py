"""A circle is set up by who manages the server, and run by its facilitators alone."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain import errors
from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Home, QuietHours, Sharing
from bot.domain.ids import ShareId
from bot.domain.schedules import Kind
from bot.services.circle_settings import Typed
from bot.services.circles import MAX_NAME
from tests.services.house import ADA, MARA, SERVER, YES, House, person
from tests.services.recorder import Fault

HOME = Home(platform=Platform.DISCORD, server=SERVER, channel="10", facilitators="11", role="77")


async def test_a_fresh_circle_gets_its_daily_check_in(house: House) -> None:
    circle = await house.circle()
    [(schedule, dues, skips)] = await house.schedules.list(MARA, circle.id)
    assert (schedule.kind, schedule.time, len(schedule.days)) == (Kind.CHECK_IN, time(9), 7)
    assert dues[0].at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert not skips


@pytest.mark.parametrize(
    ("home", "given", "error"),
    [
        (replace(HOME, role=SERVER), {}, errors.EveryoneIsFacilitator),
        (replace(HOME, facilitators="10"), {}, errors.SameChannel),
        (replace(HOME, server="901"), {}, errors.NotServerManager),
        (HOME, {"zone": "Europe/Berln"}, errors.UnknownZone),
        (HOME, {"region": "Atlantis"}, errors.UnknownRegion),
        (HOME, {"name": "  "}, errors.BadName),
        (HOME, {"name": "x" * (MAX_NAME + 1)}, errors.BadName),
    ],
)
async def test_what_is_wrong_with_a_setup_is_named_and_nothing_is_made(
    house: House, home: Home, given: dict[str, str], error: type[Exception]
) -> None:
    options = {"name": "Tuesday", "zone": "Europe/Berlin", "region": None, **given}
    with pytest.raises(error):
        await house.circles.setup(MARA, home, **options)  # type: ignore[arg-type]
    assert await house.circles.of_server(MARA) == []


async def test_setting_up_needs_manage_server(house: House) -> None:
    with pytest.raises(errors.NotServerManager):
        await house.circles.setup(person("5", "77"), HOME, name=None, zone="UTC")


async def test_of_setups_at_once_in_one_channel_one_makes_the_circle(house: House) -> None:
    setups = (house.circles.setup(MARA, HOME, name="T", zone="UTC") for _ in range(4))
    outcomes = await asyncio.gather(*setups, return_exceptions=True)
    assert sum(isinstance(one, errors.CircleExists) for one in outcomes) == 3


@pytest.mark.parametrize(("channel", "facilitators"), [("10", "12"), ("11", "12"), ("12", "10")])
async def test_no_channel_is_private_in_one_circle_and_open_in_another(
    house: House, channel: str, facilitators: str
) -> None:
    await house.circles.setup(MARA, HOME, name="T", zone="UTC")
    with pytest.raises(errors.CircleExists):
        await house.circles.setup(
            MARA, replace(HOME, channel=channel, facilitators=facilitators), name="T", zone="UTC"
        )


async def test_two_circles_may_share_their_facilitators_channel(house: House) -> None:
    await house.circles.setup(MARA, HOME, name="T", zone="UTC")
    await house.circles.setup(MARA, replace(HOME, channel="12"), name="U", zone="UTC")
    assert [circle.name for circle in await house.circles.of_server(MARA)] == ["T", "U"]


async def test_a_channel_means_its_circle_and_elsewhere_the_only_one_possible(house: House) -> None:
    with pytest.raises(errors.NoCircle):
        await house.circles.here(ADA, "10")
    first = await house.circle("10")
    assert await house.circles.here(ADA, "555") == first
    second = await house.circle("20", role="78")
    assert await house.circles.here(ADA, "20") == second
    assert await house.circles.here(ADA, "100") == first  # its facilitators' channel
    with pytest.raises(errors.ManyCircles) as many:
        await house.circles.here(ADA, "555")
    assert many.value.names == ("Circle 10", "Circle 20")
    assert await house.circles.here(person("9", "78"), "555") == second
    await house.members.join(ADA, second.id, YES)
    assert await house.circles.here(ADA, "555") == second
    assert await house.circles.here(replace(ADA, server=None), "dm") == second
    with pytest.raises(errors.NoCircle):
        await house.circles.here(replace(ADA, server="901"), "10")


Act = Callable[[House, Circle], Awaitable[object]]
WHO = person("5", "78")
ACTS: dict[str, Act] = {
    "status": lambda h, c: h.circles.status(WHO, c.id),
    "settings": lambda h, c: h.circles.settings(WHO, c.id, Typed(discreet=False)),
    "pause": lambda h, c: h.circles.pause(WHO, c.id),
    "resume": lambda h, c: h.circles.resume(WHO, c.id),
    "as_facilitator": lambda h, c: h.circles.as_facilitator(WHO, c.id),
    "add": lambda h, c: h.schedules.add(WHO, c.id, Kind.THEME, "9:00", "daily"),
    "list": lambda h, c: h.schedules.list(WHO, c.id),
    "remove": lambda h, c: h.schedules.remove(WHO, c.id, 1),  # type: ignore[arg-type]
    "skip": lambda h, c: h.schedules.skip(WHO, c.id, 1),  # type: ignore[arg-type]
    "preview": lambda h, c: h.schedules.preview(WHO, c.id, 1),  # type: ignore[arg-type]
    "post_now": lambda h, c: h.schedules.post_now(WHO, c.id, Kind.CHECK_IN),
    "queue": lambda h, c: h.reviewing.queue(WHO, c.id),
    "read": lambda h, _: h.reviewing.read(WHO, ShareId(1)),
    "approve": lambda h, _: h.reviewing.approve(WHO, ShareId(1)),
    "decline": lambda h, _: h.reviewing.decline(WHO, ShareId(1), "no"),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    ("server", "error"), [(SERVER, errors.NotFacilitator), ("901", errors.NoCircle), (None, errors.NoCircle)]
)
async def test_a_facilitator_of_another_circle_or_someone_from_elsewhere_can_do_nothing(
    house: House, name: str, server: str | None, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = await house.circle("10")
    await house.circle("20", role="78")
    await house.members.join(ADA, circle.id, YES)
    await house.offer(ADA, None, circle.id, "words")
    roles = {"78"} if server == SERVER else {"77", "78"}
    monkeypatch.setitem(globals(), "WHO", replace(WHO, server=server, roles=frozenset(roles)))
    with pytest.raises(error):
        await ACTS[name](house, circle)
    assert await house.circles.as_facilitator(MARA, circle.id) == circle
    assert len(await house.schedules.list(MARA, circle.id)) == 1
    assert len(await house.reviewing.queue(MARA, circle.id)) == 1


async def test_settings_change_what_is_named_and_nothing_else(house: House) -> None:
    circle = await house.circle()
    typed = Typed(discreet=False, quiet_from="22:30", region="germany", sharing="off")
    changed = await house.circles.settings(MARA, circle.id, typed)
    assert changed.settings == replace(
        circle.settings,
        discreet=False,
        quiet=QuietHours(time(22, 30), time(7)),
        region="DE",
        sharing=Sharing.OFF,
    )
    later = await house.circles.settings(MARA, circle.id, Typed(quiet_until="22:30"))
    assert later.settings.quiet is None
    assert await house.circles.settings(MARA, circle.id, Typed()) == later


@pytest.mark.parametrize(
    ("given", "error"),
    [({"prompt_time": "25:61"}, errors.BadTime), ({"region": "Atlantis"}, errors.UnknownRegion)],
)
async def test_a_wrong_setting_changes_nothing(
    house: House, given: dict[str, str], error: type[Exception]
) -> None:
    circle = await house.circle()
    with pytest.raises(error):
        await house.circles.settings(MARA, circle.id, Typed(discreet=False, **given))  # type: ignore[arg-type]
    assert await house.circles.as_facilitator(MARA, circle.id) == circle


async def test_the_daily_check_in_follows_the_prompt_time_and_comes_once_a_day(house: House) -> None:
    circle = await house.circle()
    await house.circles.settings(MARA, circle.id, Typed(prompt_time="10:00"))
    await house.step(hours=1)
    assert await house.occurrences(circle.id) == []
    await house.step(hours=1)
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    await house.schedules.skip(MARA, circle.id, schedule.id, "2026-03-04")
    await house.circles.settings(MARA, circle.id, Typed(prompt_time="18:00"))
    await house.step(hours=20)
    assert len(await house.occurrences(circle.id)) == 1  # today's went out at ten
    await house.step(hours=12)
    await house.step(days=1)
    days = [(one.date.day, one.state) for one in await house.occurrences(circle.id)]
    assert days == [(2, "sent"), (3, "sent"), (4, "held")]


async def test_a_pause_ends_at_the_beginning_of_the_day_that_was_named(house: House) -> None:
    circle = await house.circle()
    for wrong in ("2026-03-02", "2025-01-01", "soon"):
        with pytest.raises(errors.BadDate):
            await house.circles.pause(MARA, circle.id, wrong)
    resting = await house.circles.pause(MARA, circle.id, "2026-03-04")
    assert resting.pause is not None
    assert resting.pause.until == datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
    assert (await house.circles.status(MARA, circle.id)).paused
    await house.step(hours=1)
    await house.step(days=1)
    await house.step(days=1)
    assert [one.state for one in await house.occurrences(circle.id)] == ["held", "held", "sent"]
    assert not (await house.circles.status(MARA, circle.id)).paused


async def test_the_status_shows_what_is_next_what_was_and_what_waits(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await house.step(hours=1)
    await house.step(days=1)
    house.face.letter_faults = [Fault(errors.ChannelGone())] * 9
    await house.offer(ADA, None, circle.id, "words")
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    await house.schedules.skip(MARA, circle.id, schedule.id)
    offered = house.clock.now()
    await house.step(hours=2)
    status = await house.circles.status(MARA, circle.id)
    assert status.members == 1
    assert [due.date for _, due in status.nexts if due] == [date(2026, 3, 5)]
    assert [last.date for last in status.lasts] == [date(2026, 3, 3)]
    assert (status.waiting_shares, status.waiting_since) == (1, offered)
    assert [letter.kind for letter in status.stuck] == ["share-waiting"]
    assert (status.promises.sent, status.promises.promised) == (2, 2)
    assert status.promises == await house.circles.promises(circle.id)


async def test_the_welcome_card_is_remembered(house: House) -> None:
    circle = await house.circle()
    await house.circles.welcomed(circle.id, "4711")
    assert (await house.circles.as_facilitator(MARA, circle.id)).welcome == "4711"


async def test_the_role_is_checked_anew_at_each_call(house: House) -> None:
    circle = await house.circle()
    await house.circles.as_facilitator(MARA, circle.id)
    with pytest.raises(errors.NotFacilitator):
        await house.circles.as_facilitator(replace(MARA, roles=frozenset()), circle.id)
    assert await house.circles.of_server(replace(MARA, server=None)) == []
    house.clock.step(timedelta(days=1))
    with pytest.raises(errors.NoCircle):
        await house.circles.promises(99)  # type: ignore[arg-type]
