"""Whatever a hostile client makes up, in ids and in forms, is answered kindly and never an error of ours."""

import logging
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app.hostility import BUTTON, SELECT, filled, forged, sent
from tests.cogs.house import House
from tests.cogs.town import ALL, opened

NAMES = ("Ada", "Mallory")
IDS = st.one_of(
    st.just("1"), st.just("1"), st.integers(0, 3).map(str), st.integers().map(str), st.text(max_size=6)
)
PRESSES = (
    "check-in:weather:{}", "check-in:answer:{}", "check-in:more:{}", "check-in:pass:{}", "check-in:person:{}",
    "check-in:steady:{}", "check-in:shorten:{}", "check-in:shorten-day:{}", "check-in:share:{}:{}",
    "theme:share:{}:{}", "boundary:person:{}", "share:again:{}:{}", "share:withdraw:{}", "share:review:{}",
    "share:approve:{}", "share:decline:{}", "share:queue:{}:{}", "circle:join:{}", "circle:leave:{}",
    "circle:delete:{}", "circle:delete-surely:{}", "circle:consent:{}:check-ins", "circle:post-now:{}",
    "circle:close:{}", "circle:leave-open:{}", "circle:keep:{}", "circle:file:{}",
    "circle:status:{}", "circle:welcome:{}", "privacy:consents:{}", "privacy:delete:{}",
    "grounding:senses:{}", "grounding:kinds:{}", "meeting:tell:{}", "meeting:skip:{}:20300307",
    "meeting:restore:{}:{}", "meeting:end:{}", "meeting:end-surely:{}", "meeting:remind:{}",
    "meeting:stop:{}", "meeting:calendar:{}", "schedule:unskip:{}:2026-13-45",
    "schedule:unskip:{}:2026-12-07", "schedule:see:{}:0", "plan:calendar:{}", "plan:preview:{}",
    "plan:week:{}", "plan:restore:{}:2026-02-30", "plan:restore:{}:2026-12-07", "plan:leave-out:{}",
    "plan:import:{}", "plan:discard:{}", "plan:stop-digest:{}", "check-in:next:{}:{}",
    "share:freely:{}", "share:mine:{}", "share:edit:{}", "share:keep:{}", "share:wish:{}", "share:take-up:{}",
    "share:ask:{}", "share:show:{}", "share:unseal:{}", "history:weeks:{}:4", "history:open:{}",
    "marked:read:{}:0",
    "meeting:restore:{}:20300307", "check-in:take-back:{}", "check-in:take-back-day:{}:{}",
    "check-in:earlier:0", "check-in:earlier-back:0", "grounding:kinds:0",
    "reminder:set:{}",
    "reminder:stop:{}", "reminder:again:{}:q:09:00|Europe/Berlin", "reminder:check-in:{}:{}",
    "privacy:delete:0", "privacy:export:0", "privacy:seen:0", "privacy:clear:0", "privacy:clear-now:0",
    "privacy:wishes:{}", "{}{}",
    "circle:person:{}", "commit:log:{}:kept:today", "commit:log:{}:rest:2026-13-45", "commit:open:{}",
    "commit:day:{}", "commit:unlog:{}:2026-02-30", "commit:unlog:{}:2026-03-02", "commit:change:{}",
    "commit:more:{}", "commit:pause:{}", "commit:go-on:{}", "commit:let-go:{}", "commit:delete:{}",
    "commit:record:{}", "commit:my-day:{}", "commit:again:{}:{}", "commit:insist:{}:{}", "commit:streak:{}",
    "commit:share:{}", "boundary:try:{}", "boundary:another:{}", "boundary:not-for-me:{}",
    "boundary:take:{}:bd-101", "boundary:safe:{}:bd-201", "boundary:unsure:{}:bd-301",
    "boundary:safer:{}:bd-999",
    "boundary:not-today:0", "boundary:other:{}:bd-101:3", "boundary:end:{}:done", "boundary:learned:{}",
    "boundary:all-right:0", "boundary:words:{}:{}:bd-108", "boundary:keep:{}", "boundary:rung:{}:2",
    "boundary:choose:{}:1", "boundary:open:{}", "boundary:mine:{}:9", "boundary:delete:{}",
    "commit:remind:{}", "commit:stop-reminding:{}", "commit:review:{}", "commit:fits:{}",
    "commit:smaller:{}", "partner:open:{}", "partner:name:{}", "partner:show:{}", "partner:send:{}",
    "partner:end:{}", "story:aim:{}", "story:plan:{}", "story:keep:{}", "story:out:{}", "story:file:{}:0",
    "pair:join:{}:0", "pair:join:{}:1", "pair:leave:{}", "pair:apart:{}", "pair:end-apart:{}",
    "pair:show:{}", "pair:turn:{}:here", "pair:turn:{}:out", "pair:listen:{}",
    "story:file:{}:7", "story:show:{}", "map:show:0", "map:back:0", "map:change:0", "map:clear:0",
    "map:clear-surely:0", "map:hide:0", "share:approve-surely:{}", "safety:resume:0",
    "safety:open:danger:{}:n-", "safety:lines:suicide:{}:-", "safety:write:selfharm:{}:d-",
    "safety:tell-danger:danger:{}:n-", "safety:safe-yes:harmother:{}:a-", "safety:misread:distress:{}:-",
    "safety:hide:medical:{}:dns-", "safety:go-on:follow:{}:-", "safety:none-such:child:{}:x-",
    "safety:add-words:suicide:{}:-", "safety:let-be:follow:{}:d-",
    "help:lines:crisis", "help:lines:abuse:GB", "help:lines:child:XX",
    "help:country", "help:choose:{}", "lines:see:{}", "lines:add:{}", "lines:list:{}",
    "lines:check:{}:local-{}", "lines:uncheck:{}:hl-us-988", "lines:remove:{}:local-{}",
    "ground:do:{}:safe:", "ground:do:{}:pick:{}", "ground:do:{}:next:{}", "ground:choose:{}:rate",
    "ground:choose:{}:pick", "ground:start:0", "ground:again:0", "ground:outward:gr-01",
    "ground:worse:gr-99", "ground:done:0", "ground:lines:0", "ground:person:0", "ground:save:gr-01",
    "ground:unsave:gr-99", "ground:helped:0", "ground:keep:yes", "ground:keep:no",
    "mute:begin:{}:1790000000:0", "mute:begin:{}:{}:1", "mute:back:0",
    "mute:not:0", "apart:end:{}", "cover:send:{}:{}", "cover:not:0", "cover:read:{}:{}", "cover:leave:0",
    "channel:tell:{}", "guard:make:{}:hold:0", "guard:make:{}:tell:{}", "guard:look:{}:hold:0", "guard:not:0",
    "alert:take:{}", "alert:hand-on:{}", "alert:false:{}", "alert:close:{}", "alert:read:{}",
    "alert:list:{}:{}", "alert:pick:{}", "alert:fine:0", "alert:talk:{}", "alert:safe:{}:yes",
    "alert:safe:{}:at", "alert:answered:{}", "alert:word:{}", "duty:on:{}", "duty:off:{}", "duty:until:{}",
    "duty:leave:{}", "duty:take:{}:{}", "duty:swap:{}",
)  # fmt: skip
FORMS = (
    "check-in:form:{}", "check-in:day:{}", "share:offer:{}:{}", "share:declining:{}", "circle:joining:{}",
    "share:asking:{}", "share:unsealing:{}", "share:revising:{}", "reminder:setting:{}", "privacy:wishing:{}",
    "privacy:changing:{}", "privacy:deleting:0", "plan:words:{}:2026-02-30", "plan:words:{}:2026-12-07",
    "plan:day:{}:2026-12-07:3", "{}{}", "commit:beginning:{}:0", "commit:changing:{}", "commit:adding:{}",
    "commit:clock:{}", "boundary:noting:{}", "boundary:building:{}:{}:bd-102", "commit:reminding:{}",
    "story:aiming:{}", "story:planning:{}", "map:changing:0",
    "safety:when:danger:{}:n-", "safety:words:suicide:{}:-",
    "lines:adding:{}",
    "alert:when:{}", "alert:tell:{}:{}:3:0", "duty:until:{}",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.text(min_size=1, max_size=5).map(lambda part: (part * 4000)[:4000])
)
VALUES = st.one_of(
    TEXTS, st.lists(st.one_of(TEXTS, st.sampled_from(["rain", "me", "circle", *ALL])), max_size=4)
)
FIELDS = st.dictionaries(
    st.sampled_from(
        [
            "note",
            "words",
            "reason",
            "consents",
            "weather",
            "energy",
            "audience",
            "word",
            "text",
            "share",
            "cadence",
            "way",
            "zone",
            "starts",
            "when",
            "until",
            "concern",
        ]
    ),
    VALUES,
    max_size=4,
).map(lambda fields: filled(**fields))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["component", "components", "custom_id", "value", "values", "type"]), inner
        ),
    ),
    max_leaves=8,
)


def ids_of(places: Sequence[str]) -> st.SearchStrategy[str]:
    """Custom ids of these shapes; most of them of something that is there."""
    return st.builds(lambda place, a, b: place.format(a, b)[:100], st.sampled_from(places), IDS, IDS)


async def test_no_button_and_no_form_is_left_out_here(house: House) -> None:
    client = house.trellis.client
    presses = [place.format(1, 1) for place in PRESSES]
    templates = client.presses.templates()
    forms = [place.format(1, 1) for place in FORMS]
    patterns = [form.pattern for form in client.forms._forms]
    missing = [each.pattern for each in templates if not any(map(each.fullmatch, presses))]
    missing += [each.pattern for each in patterns if not any(map(each.fullmatch, forms))]
    assert " ".join(missing) == ""


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_whatever_is_sent_is_answered_kindly_and_never_an_error(
    house: House, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    people, post = await _lived_in(house)
    person = data.draw(st.sampled_from(people))
    if data.draw(st.booleans()):
        await sent(house, person, data.draw(ids_of(FORMS)), data.draw(st.one_of(FIELDS, JSON)))
    else:
        kind, values = data.draw(st.sampled_from([BUTTON, SELECT])), data.draw(st.one_of(VALUES, JSON))
        await forged(house, person, data.draw(ids_of(PRESSES)), kind=kind, values=values, on=post)
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


async def _lived_in(house: House) -> tuple[list[Any], Any]:
    """A member, a stranger and a post, made at the first example and met again at the others."""
    people = [
        house.sandbox.person(user.id) for user in house.sandbox.world.users.values() if user.name in NAMES
    ]
    if not people:
        _, ada, _ = await opened(house)
        people = [ada, house.member("Mallory")]
    return people, next(each for each in house.messages(house.facilitator) if each.author.bot)
