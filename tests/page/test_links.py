"""A link to a message or a channel leads there inside the page; every other link to a tab of its own."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


def address(stage: Stage, channel: Any, message_id: str = "") -> str:
    return f"https://discord.com/channels/{stage.guild.id}/{channel.id}/{message_id}".rstrip("/")


async def is_shown(page: Page, words: str) -> None:
    found = page.locator(".message.found")
    await expect(found).to_contain_text(words)
    await expect(found).to_be_in_viewport()
    await expect(found).to_be_focused()


async def test_a_message_link_leads_to_the_message_and_lights_it_up(visit: Visitor, stage: Stage) -> None:
    here, there = stage.channel(), stage.channel()
    ines = stage.person("Ines")
    told = await ines.send(there, "This one is meant")
    for number in range(70):
        await ines.send(there, f"Later words {number}\nand more\nand more")
    await ines.send(here, f"Look: {address(stage, there, told.id)} and {address(stage, there)}")
    page = await visit("Maya", here)
    links = page.get_by_role("article").get_by_role("link")
    await expect(links).to_have_text([f"#{there.name} › message", f"#{there.name}"])
    await links.first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"#{there.name}")
    await is_shown(page, "This one is meant")
    await expect(page).to_have_url(re.compile(f"message={told.id}$"))
    await page.reload()
    await is_shown(page, "This one is meant")


async def test_a_message_higher_than_the_window_is_shown_from_its_head(visit: Visitor, stage: Stage) -> None:
    here, there = stage.channel(), stage.channel()
    ines = stage.person("Ines")
    long = await ines.send(there, "The head of it\n" + "a line\n" * 60 + "the end of it")
    await ines.send(there, "Later words\n" * 40)
    await ines.send(here, address(stage, there, long.id))
    page = await visit("Maya", here)
    await page.get_by_role("article").get_by_role("link").click()
    found, log = page.locator(".message.found"), page.get_by_role("region", name=f"#{there.name}")
    await expect(found).to_be_in_viewport()
    heads = [await each.evaluate("each => each.getBoundingClientRect().top") for each in (found, log)]
    assert heads[0] == pytest.approx(heads[1], abs=30)


async def test_what_one_cannot_see_is_named_and_leads_nowhere(visit: Visitor, stage: Stage) -> None:
    here = stage.channel()
    hidden = stage.channel(private_to=[stage.sandbox.world.find_user("Ines")])
    ines = stage.person("Ines")
    secret = await ines.send(hidden, "Between facilitators")
    await ines.send(
        here, f"{address(stage, hidden, secret.id)} [there]({address(stage, hidden)}) <#{hidden.id}>"
    )
    page = await visit("Maya", here)
    shown = page.get_by_role("article")
    await expect(shown.locator(".unseen")).to_have_text(
        ["a message you can't see", "there (a channel you can't see)", "a channel you can't see"]
    )
    await expect(shown.get_by_role("link")).to_have_count(0)
    await expect(page.locator("body")).not_to_contain_text(hidden.name)


async def test_a_link_to_a_direct_message_leads_there_though_the_page_has_not_heard_of_it(
    visit: Visitor, stage: Stage
) -> None:
    channel = stage.channel()
    address_ = "https://discord.com/channels/@me/4000000000000000001/4000000000000000002"
    await stage.person("Ines").send(channel, f"[Open it]({address_})")
    page = await visit("Maya", channel)
    link = page.get_by_role("article").get_by_role("link", name="Open it")
    await expect(link).to_have_attribute("href", re.compile("channel=4000000000000000001&message="))
    await expect(page.locator(".unseen")).to_have_count(0)


async def test_a_link_to_a_message_that_is_gone_says_so(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(channel, f"[back then]({address(stage, channel, '4')})")
    page = await visit("Maya", channel)
    await page.get_by_role("link", name="back then").click()
    await expect(page.locator(".notes")).to_contain_text("That message is not here any more")


async def test_a_link_elsewhere_opens_a_tab_of_its_own_without_a_trace(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(
        channel,
        "https://example.org/discord.com/channels/1/2/3 <https://evil.discord.com.example/channels/1/2>",
    )
    page = await visit("Maya", channel)
    links = page.get_by_role("article").get_by_role("link")
    await expect(links).to_have_count(2)
    for link in await links.all():
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).to_have_attribute("rel", re.compile("noreferrer"))


async def test_a_number_in_international_form_is_a_link_that_dials_or_texts(
    visit: Visitor, stage: Stage
) -> None:
    channel = stage.channel()
    words = "<tel:+254722178177> <+1 (555) 010-0199> <sms:+254722178177> <tel:116123> <tel:+1:x>"
    await stage.person("Ines").send(channel, words)
    page = await visit("Maya", channel)
    links = page.get_by_role("article").get_by_role("link")
    found = [await link.get_attribute("href") for link in await links.all()]
    assert found == ["tel:+254722178177", "tel:+15550100199", "sms:+254722178177"]


async def test_a_reader_further_up_is_offered_the_new_messages(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    for number in range(30):
        await stage.person("Ines").send(channel, f"Words {number}\nand more")
    page = await visit("Maya", channel)
    await page.locator(".log").evaluate("node => { node.scrollTop = 0; }")
    news = page.get_by_role("button", name="New messages")
    await stage.person("Tom").send(channel, "Something new")
    await news.click()
    await expect(page.get_by_text("Something new")).to_be_in_viewport()
    await expect(news).to_be_hidden()
