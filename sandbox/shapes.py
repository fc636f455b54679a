"""Fields that Discord promises in its objects and that hold nothing here, so that no client misses one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Fields = Mapping[str, Any]


def _nothing(names: str) -> dict[str, None]:
    return dict.fromkeys(names.split())


APPLICATION: Fields = MappingProxyType(
    {
        **_nothing(
            "icon team approximate_guild_count approximate_user_authorization_count"
            " approximate_user_install_count interactions_endpoint_url role_connections_verification_url type"
        ),
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": ("bot", "applications.commands"),
        "redirect_uris": (),
        "integration_types_config": {"0": {}, "1": {}},  # servers invite it, people take it as their own
    }
)

GUILD: Fields = MappingProxyType(
    {
        **_nothing(
            "icon splash description afk_channel_id system_channel_id rules_channel_id banner home_header"
            " public_updates_channel_id vanity_url_code application_id discovery_splash incidents_data"
            " max_presences safety_alerts_channel_id widget_channel_id"
        ),
        "features": (),
        "emojis": (),
        "stickers": (),
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw": False,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "region": "deprecated",
        "afk_timeout": 300,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "premium_progress_bar_enabled": False,
    }
)

EVENT: Fields = MappingProxyType(
    {
        **_nothing("channel_id description entity_id entity_metadata image recurrence_rule"),
        "scheduled_end_time": None,
        "guild_scheduled_event_exceptions": (),
        "privacy_level": 2,
        "status": 1,
    }
)

VOICE_CHANNEL: Fields = MappingProxyType({"bitrate": 64_000, "user_limit": 0, "rtc_region": None})
