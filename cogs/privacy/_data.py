"""All that is kept about a person as plain data: what `data.json` holds, and the page is made of."""

from datetime import datetime
from typing import Any

from bot.domain.alerts import Alert, Report
from bot.domain.check_ins import CheckIn
from bot.domain.circles import QuietHours
from bot.domain.commitments import Commitment, Log
from bot.domain.following import Following
from bot.domain.ladder import Attempt
from bot.domain.looking_back import OwnStory
from bot.domain.looks import Look
from bot.domain.mutes import Mute
from bot.domain.outbox import Letter
from bot.domain.own_exercises import OwnExercises
from bot.domain.partners import Partner
from bot.domain.preferences import Preferences
from bot.domain.prompts import Content
from bot.domain.reminders import Reminder
from bot.domain.safety_maps import MapPart, SafetyMap
from bot.domain.shares import Share
from bot.services.privacy import Everything, InCircle
from cogs import cadences
from cogs.privacy._names import decoded
from cogs.speech import say

FORMAT = 1  # raised whenever a name in it changes


def as_data(everything: Everything, content: Content) -> dict[str, Any]:
    """Names in plain words, times in ISO 8601 (UTC), choices by their ids with their labels beside them."""
    return {
        "format": FORMAT,
        "made_at": _time(everything.at),
        "account": {"platform": everything.account.platform.value, "id": everything.account.id},
        "circles": [_circle(each, content) for each in everything.circles],
        "alerts_where_you_have_not_joined": [_alert(each) for each in everything.alerts],
        "told_where_you_have_not_joined": [_report(each) for each in everything.reports],
        "an_exercise_goes_on_now": everything.exercising,
        "what_you_did_as_a_facilitator": [
            {"at": _time(entry.at), "circle": circle.name, "what": entry.deed.value, "about": entry.about}
            for circle, entry in everything.deeds
        ],
        "help_lines_you_checked": [
            {"on": on.isoformat(), "circle": circle.name, "line": line}
            for circle, line, on in everything.lines
        ],
    }


def _circle(held: InCircle, content: Content) -> dict[str, Any]:
    member = held.member
    return {
        "circle": held.circle.name,
        "member_since": _time(member.joined_at),
        "left_at": _time(member.left_at),
        "deleted_at": _time(member.delete_at),
        "you_said_yes_to": sorted(scope.value for scope in member.consents),
        "words_of_the_consents": member.consent_version,
        "check_ins": [_check_in(each, held, content) for each in held.check_ins],
        "offered_to_the_circle": [_share(each, content) for each in held.shares],
        "boundary_practice": [_attempt(each, content) for each in held.attempts],
        "commitments": [_commitment(*each) for each in held.commitments],
        "who_walks_alongside": _partner(held.partner),
        "listening_practice": {
            "in_for_the_next_pairs": held.pair_wish is not None,
            "with_a_facilitator_s_ear": bool(held.pair_wish and held.pair_wish.ear),
            "people_you_are_never_paired_with": held.kept_apart,
            "pairs": [{"made_at": _time(each.made_at), "ended": each.over} for each in held.pairs],
        },
        "to_look_back_on": _own_story(held.own_story),
        "your_safety_map": _safety_map(held.safety_map),
        "after_a_word_match": _following(held.following),
        "alerts": [_alert(each, letters) for each, letters in held.alerts],
        "what_you_told_a_facilitator": [_report(each) for each in held.reports],
        "exercises": _own_exercises(held.own_exercises, content),
        "who_saw_what": [_look(each) for each in held.looks],
        "reminder": _reminder(held.reminder),
        "a_word_before_each_meeting": held.before_meetings,
        "themes_you_leave_out": list(held.left_out),
        "your_wishes": _wishes(held.preferences),
        "left_alone": _mute(held.mute),
        "letters": [_letter(each) for each in held.letters],
    }


def _check_in(check_in: CheckIn, held: InCircle, content: Content) -> dict[str, Any]:
    answer = check_in.answer
    return {
        "date": check_in.date.isoformat(),
        "post": held.posts.get(check_in.occurrence) if check_in.occurrence is not None else None,
        "weather": [{"id": each.value, "label": content.weathers[each]} for each in answer.weather],
        "energy": answer.energy and {"id": answer.energy.value, "label": content.energies[answer.energy]},
        "reactivity": answer.reactivity
        and {"id": answer.reactivity.value, "label": content.reactivities[answer.reactivity]},
        "note": answer.note,
        "who_may_see_it": answer.audience.value,
        "answered_at": _time(check_in.answered_at),
        "changed_at": _time(check_in.changed_at),
    }


def _share(share: Share, content: Content) -> dict[str, Any]:
    draft = share.draft
    return {
        "offered_at": _time(share.offered_at),
        "words": draft.text,
        "with_your_name": draft.named,
        "what_would_help_back": content.wishes[draft.wish] if draft.wish else None,
        "topic": draft.topic,
        "covered": draft.covered,
        "state": share.review.value,
        "waits_since": _time(share.waits_since),
        "decided_at": _time(share.decided_at),
        "reason": share.reason,
        "word_match": share.matched.value,
        "you_said_it_was_misread": share.misread,
        "could_not_be_looked_at": share.unscreened,
    }


def _commitment(it: Commitment, log: Log) -> dict[str, Any]:
    words = it.words
    return {
        "begun": it.begun.isoformat(),
        "act": words.text,
        "what_someone_would_see_or_hear": words.seen,
        "smallest_version": words.smallest,
        "place": words.plan,
        "what_it_is_for": words.value,
        "if_it_gets_hard": words.hard,
        "how_often": [
            say("from {day}: {cadence}", day=first.isoformat(), cadence=cadences.typed(cadence))
            for first, cadence in it.plans
        ],
        "only_lapses_are_logged": it.lapse_only,
        "zone": it.zone.key,
        "your_day_begins_at": f"{it.day_starts:%H:%M}",
        "reminder": f"{it.reminded:%H:%M}" if it.reminded else None,
        "paused": [
            say("{first} to {last}", first=rest.first.isoformat(), last=rest.last or say("now"))
            for rest in it.rests
        ],
        "let_go": it.ended and it.ended.isoformat(),
        "log": [f"{day.isoformat()}: {decoded(mark.value)}" for day, mark in log.items()],
    }


def _attempt(it: Attempt, content: Content) -> dict[str, Any]:
    challenge = content.prompts.get(it.challenge)
    return {
        "challenge": challenge.title if challenge else it.challenge,
        "begun_at": _time(it.begun_at),
        "ended_at": _time(it.ended_at),
        "how_it_ended": it.ending and it.ending.value,
        "before": it.before,
        "after": it.after,
        "what_you_learned": it.learned,
        "words_you_kept": it.words,
    }


def _partner(partner: Partner | None) -> dict[str, Any] | None:
    if partner is None:
        return None
    return {
        "whom_you_named": partner.named.id,
        "commitments_you_show": len(partner.shows),
        "your_last_word_to_them_on": partner.sent_on and partner.sent_on.isoformat(),
        "their_last_word_to_you": partner.word or None,
        "their_last_word_on": partner.word_on and partner.word_on.isoformat(),
    }


def _own_story(story: OwnStory) -> dict[str, Any]:
    return {
        "what_you_are_growing_toward": story.goal,
        "hard_days": [
            {"name": one.name, "on": f"{one.month:02}-{one.day:02}", "plan": one.plan}
            for one in story.hard_days
        ],
        "words_worth_keeping": [{"of": one.on.isoformat(), "words": one.words} for one in story.kept],
    }


def _safety_map(map_: SafetyMap | None) -> dict[str, Any] | None:
    if map_ is None:
        return None
    return {part.value: map_.parts.get(part, "") for part in MapPart} | {"changed_at": _time(map_.changed_at)}


def _following(following: Following) -> dict[str, Any]:
    return {
        "help_that_was_shown": [
            say("{what} at {when}", what=decoded(tier.value), when=_time(at))
            for tier, at in following.shown.items()
        ],
        "reminders_rest_until": _time(following.rests_until),
        "practice_with_others_rests": following.practice_rests,
        "a_word_next_day_at": _time(following.follow_at),
    }


def _alert(alert: Alert, letters: int | None = None) -> dict[str, Any]:
    """Not who has it: that is the facilitators'."""
    return {
        "raised_at": _time(alert.raised_at),
        "how": sorted(each.value for each in alert.sources),
        "word_match": alert.tier.value,
        "you_asked_for_help_with": sorted(each.value for each in alert.wished),
        "you_asked_urgently": alert.pressing,
        "you_said_it_was_misread": alert.doubted,
        "times": alert.times,
        "letters_to_facilitators": letters,
        "state": alert.state.value,
        "taken_at": _time(alert.taken_at),
        "closed_at": _time(alert.closed_at),
        "link": alert.link,
        "words": alert.words,
        "is_a_private_message_safe": alert.safe,
        "when": alert.when,
        "told_directly_once_taken": alert.word_wanted,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "at": _time(report.at),
        "about": report.concern.value,
        "words": report.words,
        "with_your_name": report.named,
    }


def _own_exercises(own: OwnExercises, content: Content) -> dict[str, Any]:
    titles = {one.id: one.title for one in content.exercises}
    return {
        "favourites": [titles.get(id_, id_) for id_ in own.favourites],
        "numbers_are_kept": own.keeps,
        "numbers": [
            {
                "on": one.on.isoformat(),
                "exercise": titles.get(one.exercise, one.exercise),
                "before": one.before,
                "after": one.after,
            }
            for one in own.ratings
        ],
    }


def _look(look: Look) -> dict[str, Any]:
    return {
        "at": _time(look.at),
        "what": look.seen.value,
        "of": look.about.isoformat() if look.about else None,
        "who": look.viewer.id if look.viewer else None,
        "reason": look.reason,
    }


def _reminder(reminder: Reminder | None) -> dict[str, Any] | None:
    if reminder is None:
        return None
    return {"at": f"{reminder.at:%H:%M}", "zone": reminder.zone.key, "strength": reminder.strength.value}


def _wishes(wishes: Preferences) -> dict[str, Any]:
    return {
        "discreet": wishes.discreet,
        "quiet": hours(wishes.quiet),
        "days_notes_are_kept": wishes.notes.days,
        "days_the_rest_is_kept": wishes.ratings.days,
        "days_unposted_words_are_kept": wishes.declined.days,
    }


def _mute(mute: Mute | None) -> dict[str, Any] | None:
    return None if mute is None else {"until": _time(mute.until), "posting_rests_until": _time(mute.posting)}


def hours(quiet: QuietHours | None) -> str | None:
    """`22:00 to 07:00`."""
    if quiet is None:
        return None
    return say("{start} to {end}", start=f"{quiet.start:%H:%M}", end=f"{quiet.end:%H:%M}")


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "written_at": _time(letter.written_at),
        "to": letter.recipient.value,
        "kind": letter.kind,
        "facts": letter.facts,
        "arrived_at": _time(letter.delivered_at),
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
