"""The demo's server: the bot is invited as the README invites it, and can do there what it says it does."""

import re
from pathlib import Path

from bot.demo import _stage
from sandbox import Sandbox
from sandbox.permissions import Permission

README = Path(__file__).parents[2] / "README.md"
LINK = re.compile(r"scope=bot\+applications\.commands&permissions=(\d+)")


async def test_the_bot_holds_what_the_readme_s_link_asks_for_and_wakes_the_role_without_more(
    tmp_path: Path,
) -> None:
    [asked_for] = LINK.findall(README.read_text(encoding="utf-8"))
    assert int(asked_for) == _stage.INVITED_WITH
    assert not _stage.INVITED_WITH & (Permission.MENTION_EVERYONE | Permission.ADMINISTRATOR)
    async with Sandbox(data=tmp_path) as sandbox:
        stage = _stage.lay(sandbox)
        role, ping = stage.role, f"<@&{stage.role.id}> @everyone"
        allowed = {"roles": [role.id], "parse": ["everyone"]}
        told = sandbox.sender.send(
            stage.application.bot, stage.facilitators, {"content": ping, "allowed_mentions": allowed}
        )
        assert (told.mention_roles, told.mention_everyone) == ([role.id], False)
