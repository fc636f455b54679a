/** What can be chosen in each kind of select, as `{name, value, note, mark}`. */

import { emojiText } from "./picker.js";
import { nameOf } from "./world.js";

const STRING = 3;
const USER = 5;
const ROLE = 6;
const MENTIONABLE = 7;
const CHANNEL = 8;
export const SELECTS = new Set([STRING, USER, ROLE, MENTIONABLE, CHANNEL]);

export function people(world, channelId) {
  return world.usersAround(channelId).map((user) => ({
    name: nameOf(user),
    value: user.id,
    note: user.bot ? "bot" : "",
    mark: "@",
    kind: "user",
  }));
}

export function roles(world, channelId) {
  return world.rolesAround(channelId).map((role) => ({
    name: role.name.startsWith("@") ? role.name : `@${role.name}`,
    value: role.id,
    note: "role",
    kind: "role",
  }));
}

export function channels(world, channelId, types) {
  return world.channelsAround(channelId, types).map((channel) => ({
    name: `#${channel.name}`,
    value: channel.id,
    note: channel.private ? "private" : "",
    kind: "channel",
  }));
}

/** The choices of a select component. */
export function choicesOf(component, world, channelId) {
  if (component.type === USER) return people(world, channelId);
  if (component.type === ROLE) return roles(world, channelId);
  if (component.type === MENTIONABLE) return [...people(world, channelId), ...roles(world, channelId)];
  if (component.type === CHANNEL) return channels(world, channelId, component.channel_types);
  return (component.options ?? []).map((option) => ({
    name: option.label,
    value: option.value,
    note: option.description,
    mark: emojiText(option.emoji),
  }));
}

/** The values that the bot chose beforehand. */
export function chosenIn(component) {
  if (component.type === STRING)
    return (component.options ?? []).filter((option) => option.default).map((option) => option.value);
  return (component.default_values ?? []).map(({ id }) => String(id));
}

/** A select lists by search where its choices come from the server. */
export function isSearched(component) {
  return component.type !== STRING;
}
