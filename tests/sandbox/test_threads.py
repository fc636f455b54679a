"""Who may open, join, write in, change and take away a private thread, as Discord has it."""

from typing import Any

import pytest

from sandbox.permissions import Permission
from sandbox.refusals import Refused
from tests.sandbox.town import Reply, Town


def refusal(reply: Reply) -> tuple[int, int]:
    return reply.status, reply.body["code"]


@pytest.fixture
def managing(town: Town) -> None:
    """The bot manages threads."""
    town.channel.overwrite(town.application.bot, allow=int(Permission.MANAGE_THREADS))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": None}, "name"),
        ({"name": ["x"]}, "name"),
        ({"type": 5}, "type"),
        ({"auto_archive_duration": 61}, "auto_archive_duration"),
        ({"rate_limit_per_user": 21_601}, "rate_limit_per_user"),
        ({"invitable": "no"}, "invitable"),
    ],
)
async def test_what_a_thread_cannot_be_is_refused_by_its_path(
    town: Town, body: dict[str, Any], field: str
) -> None:
    reply = await town.open_thread(**body)
    assert refusal(reply) == (400, 50035)
    assert list(reply.body["errors"]) == [field]


async def test_each_kind_of_thread_needs_its_own_permission_and_the_sight_of_its_parent(town: Town) -> None:
    bot = town.application.bot
    town.channel.overwrite(bot, deny=int(Permission.CREATE_PRIVATE_THREADS))
    assert refusal(await town.open_thread()) == (403, 50013)
    public = await town.open_thread(type=11)
    assert (public.status, public.body["type"]) == (201, 11)
    town.channel.overwrite(bot, deny=int(Permission.CREATE_PUBLIC_THREADS))
    assert refusal(await town.open_thread(type=11)) == (403, 50013)
    assert (await town.open_thread()).body["type"] == 12
    town.channel.overwrite(bot, deny=int(Permission.VIEW_CHANNEL))
    assert refusal(await town.open_thread()) == (403, 50001)


async def test_a_thread_stands_beneath_a_text_channel_only(town: Town) -> None:
    thread, voice = await town.thread(), town.guild.add_voice_channel("Parlour")
    for place in (thread, voice):
        reply = await town.ask("POST", f"/channels/{place.id}/threads", {"name": "Deeper"})
        assert refusal(reply) == (400, 50024)
    members = await town.ask("PUT", f"/channels/{town.channel.id}/thread-members/@me")
    assert refusal(members) == (400, 50024)


async def test_who_adds_someone_is_in_the_thread_and_may_write_there(town: Town) -> None:
    maya, tom, lena = (town.member(name) for name in ("Maya", "Tom", "Lena"))
    thread = await maya.open_thread(town.channel, "Two of us", invitable=False)
    with pytest.raises(Refused, match="Missing Access"):
        await tom.add_to(thread, lena)
    await maya.add_to(thread, tom)
    with pytest.raises(Refused, match="Missing Permissions"):  # only its owner adds, as it is not invitable
        await tom.add_to(thread, lena)
    thread.change(invitable=True)
    await tom.add_to(thread, lena)
    assert set(thread.members) == {maya.id, tom.id, lena.id}
    town.channel.overwrite(maya.user, deny=int(Permission.SEND_MESSAGES_IN_THREADS))
    with pytest.raises(Refused, match="Missing Permissions"):
        await maya.add_to(thread, town.member("Noor"))


async def test_only_people_who_see_the_parent_can_be_added(town: Town) -> None:
    thread, maya = await town.thread(), town.member("Maya")
    stranger = town.sandbox.world.add_user("Stranger")
    members = f"/channels/{thread.id}/thread-members"
    town.channel.overwrite(maya.user, deny=int(Permission.VIEW_CHANNEL))
    assert refusal(await town.ask("PUT", f"{members}/{maya.id}")) == (403, 50001)
    assert refusal(await town.ask("PUT", f"{members}/{stranger.id}")) == (404, 10007)
    assert refusal(await town.ask("PUT", f"{members}/1234567")) == (404, 10013)


async def test_its_owner_takes_people_out_and_anyone_leaves(town: Town) -> None:
    maya, tom, lena = (town.member(name) for name in ("Maya", "Tom", "Lena"))
    thread = await town.thread()
    members = f"/channels/{thread.id}/thread-members"
    for person in (maya, tom):
        assert (await town.ask("PUT", f"{members}/{person.id}")).status == 204
    await maya.leave(thread)
    assert (await town.ask("DELETE", f"{members}/{tom.id}")).status == 204
    assert refusal(await town.ask("DELETE", f"{members}/{lena.id}")) == (404, 10007)
    assert set(thread.members) == {town.application.id}
    theirs = await maya.open_thread(town.channel, "Ours")
    await maya.add_to(theirs, town.application.bot)
    refused = await town.ask("DELETE", f"/channels/{theirs.id}/thread-members/{maya.id}")
    assert refusal(refused) == (403, 50013)
    assert (await town.ask("DELETE", f"/channels/{theirs.id}/thread-members/@me")).status == 204
    assert refusal(await town.ask("GET", f"/channels/{theirs.id}")) == (403, 50001)


async def test_the_list_of_who_is_in_it_is_for_bots_with_the_members_intent(town: Town) -> None:
    thread, maya = await town.thread(), town.member("Maya")
    thread.add(maya.user)
    path = f"/channels/{thread.id}/thread-members"
    assert refusal(await town.ask("GET", path)) == (403, 50001)
    town.application.privileged = 1 << 1
    everyone = (await town.ask("GET", path + "?with_member=true")).body
    assert [each["user_id"] for each in everyone] == [town.application.id, maya.id]
    assert everyone[1]["member"]["user"]["id"] == maya.id
    rest = (await town.ask("GET", f"{path}?limit=1&after={town.application.id}")).body
    assert [each["user_id"] for each in rest] == [maya.id]


async def test_a_private_thread_is_there_for_who_is_in_it_and_who_manages_threads(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    thread = await maya.open_thread(town.channel, "Ours")
    await maya.send(thread, "Between us")
    asks = [("GET", ""), ("GET", "/messages"), ("POST", "/messages"), ("PATCH", ""), ("DELETE", "")]
    for method, path in asks:
        reply = await town.ask(method, f"/channels/{thread.id}{path}", {"content": "x"})
        assert refusal(reply) == (403, 50001), path
    with pytest.raises(Refused, match="Missing Access"):
        await tom.send(thread, "May I?")
    active = f"/guilds/{town.guild.id}/threads/active"
    assert (await town.ask("GET", active)).body == {"threads": [], "members": [], "has_more": False}
    town.channel.overwrite(town.application.bot, allow=int(Permission.MANAGE_THREADS))
    listed = (await town.ask("GET", active)).body
    assert ([each["id"] for each in listed["threads"]], listed["members"]) == ([thread.id], [])
    assert (await town.say({"content": "A moderator"}, thread)).status == 200
    assert [each["user_id"] for each in (await town.ask("GET", active)).body["members"]] == [
        town.application.id
    ]
    town.channel.overwrite(maya.user, deny=int(Permission.VIEW_CHANNEL))  # without the parent, no thread
    assert (maya.threads(town.channel), maya.messages(thread)) == ([], [])


async def test_writing_in_a_thread_has_a_permission_of_its_own(town: Town) -> None:
    thread, bot = await town.thread(), town.application.bot
    town.channel.overwrite(bot, deny=int(Permission.SEND_MESSAGES))
    assert refusal(await town.say({"content": "x"})) == (403, 50013)
    assert (await town.say({"embeds": [{"title": "x"}]}, thread)).status == 200
    town.channel.overwrite(bot, deny=int(Permission.SEND_MESSAGES_IN_THREADS))
    assert refusal(await town.say({"content": "x"}, thread)) == (403, 50013)
    assert (await town.say({"content": "x"})).status == 200


async def test_messages_in_a_thread_are_sent_once_edited_found_and_deleted(town: Town) -> None:
    thread = await town.thread()
    body = {"content": "Once", "nonce": "walk-7", "enforce_nonce": True}
    first, again = await town.say(body, thread), await town.say(body, thread)
    assert first.body["id"] == again.body["id"]
    message = f"/channels/{thread.id}/messages/{first.body['id']}"
    assert (await town.ask("PATCH", message, {"content": "Better"})).body["content"] == "Better"
    listed = (await town.ask("GET", f"/channels/{thread.id}/messages")).body
    assert [each["content"] for each in listed] == ["Better"]
    shown = (await town.ask("GET", f"/channels/{thread.id}")).body
    assert (shown["last_message_id"], shown["message_count"]) == (first.body["id"], 1)
    assert shown["member"]["user_id"] == town.application.id
    assert (await town.ask("DELETE", message)).status == 204
    left = (await town.ask("GET", f"/channels/{thread.id}")).body
    assert (left["message_count"], left["total_message_sent"]) == (0, 1)


async def test_an_archived_thread_can_only_be_woken(town: Town) -> None:
    thread, maya = await town.thread(), town.member("Maya")
    thread.add(maya.user)
    sent = await town.say({"content": "x"}, thread)
    path = f"/channels/{thread.id}"
    archived = await town.ask("PATCH", path, {"archived": True, "name": "Done"})
    assert (archived.body["thread_metadata"]["archived"], archived.body["name"]) == (True, "Done")
    assert (maya.threads(town.channel), maya.threads(town.channel, archived=True)) == ([], [thread])
    asks = [
        ("PATCH", path, {"archived": True}),
        ("PATCH", path, {"name": "Not yet"}),
        ("PATCH", f"{path}/messages/{sent.body['id']}", {"content": "y"}),
        ("PUT", f"{path}/thread-members/{maya.id}", None),
        ("DELETE", f"{path}/thread-members/{maya.id}", None),
    ]
    for method, where, body in asks:
        assert refusal(await town.ask(method, where, body)) == (400, 50083), where
    await maya.send(thread, "Are you there?")
    assert not thread.archived
    assert (await town.ask("PATCH", path, {"archived": True})).status == 200
    assert (await town.ask("PATCH", path, {"archived": False})).status == 200


async def test_a_locked_thread_is_for_those_who_manage_threads(town: Town, managing: None) -> None:
    maya = town.member("Maya")
    thread = await maya.open_thread(town.channel, "Ours")
    locked = await town.ask("PATCH", f"/channels/{thread.id}", {"locked": True})
    assert locked.body["thread_metadata"]["locked"] is True
    with pytest.raises(Refused) as open_still:
        await maya.send(thread, "x")
    thread.change(archived=True)
    with pytest.raises(Refused) as archived:
        await maya.send(thread, "x")
    with pytest.raises(Refused):
        town.sandbox.threads.change(maya.user, thread, {"archived": False})
    assert (open_still.value.code, archived.value.code) == (160005, 50083)
    assert (await town.ask("PATCH", f"/channels/{thread.id}", {"archived": False})).status == 200


async def test_the_owner_changes_a_name_but_neither_locks_nor_deletes(town: Town) -> None:
    thread = await town.thread()
    path = f"/channels/{thread.id}"
    changed = await town.ask("PATCH", path, {"name": "Walk", "invitable": False})
    assert (changed.body["name"], changed.body["thread_metadata"]["invitable"]) == ("Walk", False)
    assert refusal(await town.ask("PATCH", path, {"name": ""})) == (400, 50035)
    assert refusal(await town.ask("PATCH", path, {"locked": True})) == (403, 50013)
    assert refusal(await town.ask("DELETE", path)) == (403, 50013)
    town.channel.overwrite(town.application.bot, allow=int(Permission.MANAGE_THREADS))
    assert (await town.ask("DELETE", path)).status == 200
    assert refusal(await town.ask("GET", path)) == (404, 10003)


async def test_someone_else_in_it_changes_nothing_but_wakes_it(town: Town) -> None:
    maya = town.member("Maya")
    thread = await maya.open_thread(town.channel, "Ours")
    thread.add(town.application.bot)
    path = f"/channels/{thread.id}"
    for body in ({"name": "Theirs"}, {"archived": True}, {"locked": True}, {"rate_limit_per_user": 5}):
        assert refusal(await town.ask("PATCH", path, body)) == (403, 50013)
    thread.change(archived=True)
    assert refusal(await town.ask("PATCH", path, {"archived": False, "name": "Theirs"})) == (403, 50013)
    assert (await town.ask("PATCH", path, {"archived": False})).status == 200


async def test_faults_and_limits_meet_a_thread_like_a_channel(town: Town) -> None:
    thread = await town.thread()
    town.sandbox.faults.fail_next("POST", rf"/channels/{thread.id}/messages")
    assert (await town.say({"content": "x"}, thread)).status == 503
    answered = await town.say({"content": "x"}, thread)
    assert answered.status == 200
    assert answered.headers["X-RateLimit-Limit"] == "10000"
