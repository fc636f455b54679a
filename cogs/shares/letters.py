"""Letters about words: to the circle the words themselves; to their author and to facilitators the news."""

from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from bot.domain.shares import Draft, Wish
from cogs.embeds import calm
from cogs.items import Panel, button
from cogs.shares.card import share_card
from cogs.shares.own import Edit, Keep, ShowOwn, TakeBack
from cogs.shares.reviewing import Review
from cogs.speech import Phrase, say
from cogs.words import lines, text

Look = dict[str, Any]  # what discord.py's `send` takes

WAITING = Phrase(
    "A member offers words to the circle, and they wait for one of you. Only facilitators see "
    "them until then."
)
LATE = Phrase(
    "Words that a member offered to the circle have been waiting since <t:{since}:f> (<t:{since}:R>)."
)
DECLINED = Phrase(
    "Thank you for what you offered to the circle. A facilitator has read it and would not post "
    "it as it stands. Your words stay yours; you can change them and offer them again."
)
NEWS_OF = frozenset({"share-approved", "share-reword", "share-declined", "share-delayed", "author-unsealed"})
NEWS = Phrase("There is something new for you here. You can read it when it suits you.")
UNSEALED = Phrase(
    "A facilitator asked me, for safety, who wrote words that you offered without your name, and "
    "I told them. Who asked, when and why stands in `/privacy` under **Who saw what**. The "
    "reason they gave:"
)


def waiting(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To facilitators, as soon as words wait."""
    return {"content": WAITING(), "view": Panel(Review(_share(letter)))}


def late(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To facilitators, after each of LATE_AFTER."""
    said = LATE(since=letter.facts.get("since"))
    return {"content": said, "view": Panel(Review(_share(letter)))}


def posted(letter: Letter, _circle: Circle, account: Account | None, content: Content) -> Look:
    """To the circle: the words in their frame; the author only where they chose to be named."""
    facts = letter.facts
    wish = str(facts.get("wish") or "")
    draft = Draft(
        text=str(facts.get("text") or ""),
        named=bool(facts.get("named")),
        wish=Wish(wish) if wish else None,
        topic=str(facts.get("topic") or ""),
        covered=bool(facts.get("covered")),
    )
    author = account.id if account and draft.named else None
    title = facts.get("title")
    return {"embed": share_card(draft, content, str(title) if title else None, author)}


def approved(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> Look:
    """To the author."""
    button = TakeBack(_share(letter), say("Take it out of the channel"))
    return {"content": text(content, "sf-m-approved"), "view": Panel(button)}


def reword(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> Look:
    """To the author: what could change, and every way to go on."""
    said = text(content, "sf-m-trim", reason=say("it stands below"))
    id_ = _share(letter)
    return {"content": said, "embed": _reason(letter), "view": Panel(Edit(id_), Keep(id_), TakeBack(id_))}


def declined(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To the author: why, and that the words stay theirs."""
    id_ = _share(letter)
    return {"content": DECLINED(), "embed": _reason(letter), "view": Panel(Edit(id_), Keep(id_))}


def delayed(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> Look:
    """To the author: that it takes longer than said."""
    return {"content": text(content, "sf-m-late"), "view": Panel(TakeBack(_share(letter)))}


def unsealed(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To the author: that a facilitator asked for their name, and why."""
    return {"content": lines([UNSEALED()]), "embed": _reason(letter)}


def news(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To the author, where somebody else may see the screen: that there is something, and not what."""
    asked = letter.kind == "author-unsealed"
    view = Panel(button(say("Read it"), "privacy:seen:0") if asked else ShowOwn(_share(letter)))
    return {"content": NEWS(), "view": view}


def _share(letter: Letter) -> int:
    return int(letter.facts.get("share") or 0)


def _reason(letter: Letter) -> discord.Embed:
    return calm(description=str(letter.facts.get("reason") or say("No reason is kept."))[:4096])
