"""What must hold when the dust has settled: each promise beside the channels and the database."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from bot.domain.alerts import AlertState
from bot.domain.occurrences import State
from bot.domain.outbox import NEVER, Recipient
from bot.domain.shares import Review
from cogs.reasons import REASONS
from tests.reliability.books import Books
from tests.reliability.house import House
from tests.reliability.ledger import MARK, Attempt, ids_in, text_of
from tests.reliability.town import unexplained

LAST_BREATH = timedelta(seconds=5)  # what a press at the very end has written stays in the outbox


def wrong(house: House, books: Books) -> list[str]:
    """Everything that does not hold, in words; there is to be nothing."""
    return [
        *_posts(house, books),
        *_nonces(house),
        *_answers(house, books),
        *_words_of_members(house, books),
        *_alerts(house, books),
        *_commitments(house, books),
        *_cards(house, books),
        *_given_back(house),
        *_letters(house, books),
        *_log(house),
        *(f"a life ended by itself while it ran: {each}" for each in house.collapsed),
    ]


def _posts(house: House, books: Books) -> Iterator[str]:
    """Every occurrence stands once, or is missed with a reason that the promise log names."""
    posted = house.town.posted()
    yield from (f"occurrence {id_} stands {times} times" for id_, times in posted.items() if times > 1)
    known = {int(one.id) for one in books.occurrences}
    yield from (f"occurrence {id_} stands and is unknown" for id_ in posted if id_ not in known)
    standing = {m.id for channel in house.town.channels for m in house.sandbox.world.messages(channel)}
    for attempt in house.ledger.of("post"):
        shown = re.search(r"/(\d+)$", attempt.said.strip())
        if attempt.acknowledged and (shown is None or shown[1] not in standing):
            yield f"a post by hand was said to be up and is not: {attempt.said}"
    for one in unexplained(books.occurrences, posted):
        yield f"occurrence {one.id} is {one.state} for {one.reason} and stands {posted[one.id]} times"
    for log in books.promises:
        if log.waiting or any(one.state is not State.SENT and one.reason is None for one in log.exceptions):
            yield f"the promise log leaves something open: {log}"
        if any(one.reason is not None and one.reason.value not in REASONS for one in log.exceptions):
            yield "the promise log has no words for a reason"
    explained = sum(log.missed + log.held for log in books.promises)
    missing = sum(
        one.state in (State.MISSED, State.HELD) and one.schedule is not None for one in books.occurrences
    )
    if explained != missing:
        yield f"{missing} posts are missing and {explained} explained"


def _nonces(house: House) -> Iterator[str]:
    """What carries a nonce of ours stands once, wherever: posts, letters, notes, alerts."""
    found: dict[str, list[str]] = defaultdict(list)
    for channel in house.sandbox.world.channels.values():
        for message in channel.messages.values():
            if str(message.nonce).startswith("trellis-"):
                found[message.nonce].append(
                    f"{message.timestamp} {text_of(message)[:90]!r} {ids_in(message)}"
                )
    yield from (f"{nonce} stands {len(each)} times: {each}" for nonce, each in found.items() if len(each) > 1)


def _answers(house: House, books: Books) -> Iterator[str]:
    """The latest acknowledged answer is the one that is kept, or a later one that was not acknowledged."""
    tried: dict[tuple[str, int], list[Attempt]] = defaultdict(list)
    for attempt in house.ledger.of("tap", "form"):
        tried[attempt.who, attempt.about].append(attempt)
    for place, attempts in tried.items():
        kept = books.check_ins.get(place)
        weather = kept.answer.weather[0].value if kept is not None and kept.answer.weather else ""
        note = kept.answer.note if kept is not None else ""
        notes = [each for each in attempts if each.what == "form"]
        if not _fits([(each, each.value) for each in attempts], weather):
            yield f"answer {place}: {weather} is kept of {_told(attempts)}"
        if not _fits([(each, each.words) for each in notes], note):
            yield f"note {place}: {note!r} is kept of {_told(notes)}"
    yield from (
        f"answer {place} is kept and nobody gave it" for place in books.check_ins if place not in tried
    )


def _fits(values: Sequence[tuple[Attempt, str]], kept: str) -> bool:
    """Whether a value may be the one that stands after these attempts, in their order."""
    latest = max((n for n, (each, _) in enumerate(values) if each.acknowledged), default=-1)
    allowed = {value for _, value in values[max(latest, 0) :]} | ({""} if latest < 0 else set())
    return kept in allowed


def _told(attempts: Sequence[Attempt]) -> list[tuple[str, bool]]:
    return [(each.value or each.words, each.acknowledged) for each in attempts]


def _words_of_members(house: House, books: Books) -> Iterator[str]:
    """Offered words are there; approved ones stand once in their channel, all others nowhere."""
    by_text = Counter(share.text for share in books.shares)
    by_id = {int(share.id): share for share in books.shares}
    for attempt in house.ledger.of("offer"):
        times = by_text[attempt.words]
        if times > 1 or (attempt.acknowledged and times != 1):
            yield f"offered words are kept {times} times, acknowledged: {attempt.acknowledged}"
    for what, state in (("approve", Review.APPROVED), ("decline", Review.DECLINED)):
        for attempt in house.ledger.of(what):
            if attempt.acknowledged and by_id[attempt.about].review is not state:
                yield f"share {attempt.about} was told to be {state} and is {by_id[attempt.about].review}"
    posts = [text_of(m) for channel in house.town.channels for m in house.sandbox.world.messages(channel)]
    for share in books.shares:
        times = sum(share.text in text for text in posts)
        if times != (share.review is Review.APPROVED):
            yield f"share {share.id} is {share.review} and stands {times} times"


def _alerts(house: House, books: Books) -> Iterator[str]:
    """None that was acknowledged is lost; each was told to the facilitators; what was taken is taken."""
    standing = {m.id: m for m in house.sandbox.world.messages(house.town.notes)}
    for attempt in house.ledger.of("person"):
        for match in attempt.ids(r"alert:answered:(\d+)"):
            alert = books.alerts.get(int(match[1]))
            if alert is None or alert.member != house.members[attempt.who].id:
                yield f"alert {match[1]} was acknowledged and is not there"
    for id_, alert in books.alerts.items():
        letters = [(standing[m], of) for m, of in books.told[id_] if m in standing]
        told = any(_tells(message, of, id_) for message, of in letters)
        if not told and alert.state is not AlertState.CLOSED:
            yield f"alert {id_} was told to nobody"
    states = {"take": {AlertState.ACKNOWLEDGED, AlertState.CLOSED}, "close": {AlertState.CLOSED}}
    for what, allowed in states.items():
        for attempt in house.ledger.of(what):
            state = books.alerts[attempt.about].state
            if attempt.acknowledged and state not in allowed:
                yield f"alert {attempt.about}: {what} was acknowledged, and it is {state}"


def _tells(message: Any, of: int, alert: int) -> bool:
    """Whether a letter has the alert's buttons; where it came with others, as many rows as it tells of."""
    if of > 1:
        return len(re.findall(r"\*\*\d+\*\* ", text_of(message))) == of
    return any(re.fullmatch(rf"alert:[a-z-]+:{alert}", id_) for id_ in ids_in(message))


def _commitments(house: House, books: Books) -> Iterator[str]:
    """One each, and the day's latest acknowledged mark."""
    kept = Counter(one.words.text for one in books.commitments)
    for attempt in house.ledger.of("commit"):
        times = kept[attempt.words]
        if times > 1 or (attempt.acknowledged and times != 1):
            yield f"a commitment is kept {times} times, acknowledged: {attempt.acknowledged}"
    tried: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in house.ledger.of("log"):
        tried[attempt.about].append(attempt)
    for id_, attempts in tried.items():
        marks = {mark.value for mark in books.logs.get(id_, {}).values()} or {""}
        if not all(_fits([(each, each.value) for each in attempts], mark) for mark in marks):
            yield f"commitment {id_} holds {marks} of {_told(attempts)}"


def _cards(house: House, books: Books) -> Iterator[str]:
    """An exercise has one card in the direct messages; one that goes on is not left behind."""
    found: Counter[str] = Counter()
    for channel in house.sandbox.world.channels.values():
        for message in channel.messages.values():
            if not message.ephemeral:
                runs = {
                    m[1] for each in ids_in(message) if (m := re.match(r"ground:(?:do|choose):(\d+):", each))
                }
                found.update(runs)
    yield from (f"exercise {run} has {times} cards" for run, times in found.items() if times > 1)
    now = house.passing.now()
    for live in books.runs.values():
        if live is not None and live.next_at < now - timedelta(seconds=5):
            yield f"exercise {live.id} is due since {now - live.next_at}"


def _given_back(house: House) -> Iterator[str]:
    """Who was answered and whose words were not kept has them before their eyes."""
    for attempt in house.ledger.of("form", "offer", "commit"):
        if attempt.answered and not attempt.acknowledged and attempt.words not in attempt.said:
            yield f"{attempt.what}: not kept, and the words did not come back: {attempt.said[:200]}"


def _letters(house: House, books: Books) -> Iterator[str]:
    """What arrived is there; nothing is stuck but what goes to the one who takes no direct messages."""
    there = {id_ for channel in house.sandbox.world.channels.values() for id_ in channel.messages}
    yield from (f"message {id_} is said to have arrived and is not there" for id_ in books.arrived - there)
    closed = house.sandbox.faults.closed
    shut = {member.id for who, member in house.members.items() if who in closed}
    for letter in books.letters:
        if letter.written_at > house.passing.now() - LAST_BREATH:
            continue  # it goes with the next start
        explained = (
            letter.next_try_at >= NEVER and letter.recipient is Recipient.MEMBER and letter.member in shut
        )
        if not explained:
            yield f"letter {letter.id} ({letter.kind}) is stuck after {letter.tries} tries"


def _log(house: House) -> Iterator[str]:
    """Nobody's words and nobody's id stand in any line, whatever went wrong."""
    secrets = [MARK, house.town.application.token, *house.members]
    for line in house.said:
        yield from (f"the log holds {secret!r}: {line}" for secret in secrets if secret in line)
