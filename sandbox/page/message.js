/** Shows one message as Discord would: who, when, what, its cards, files and buttons, and who else can see it. */

import { components } from "./components.js";
import { el, icon } from "./dom.js";
import { embed } from "./embed.js";
import { markdown, markdownLine } from "./markdown.js";
import { attachments } from "./media.js";
import { clock, dayName, inFull, midnight } from "./times.js";
import { nameOf } from "./world.js";

export const FLAG = { ephemeral: 64, loading: 128, noEmbeds: 4, silent: 4096, partsOnly: 32768 };
const GROUP_MS = 7 * 60 * 1000;
const SYSTEM = { 6: "pinned a message", 7: "joined the server", 18: "started a thread" };
const AUTOMOD = 24;

export function isEphemeral(message) {
  return Boolean(message.flags & FLAG.ephemeral);
}

/** Initials in the person's colour; the letters are dark where the colour is light. */
export function avatar(user, world) {
  const colour = world.colour(user.id);
  const initials = nameOf(user)
    .split(/\s+/)
    .map((word) => [...word][0])
    .slice(0, 2)
    .join("")
    .toUpperCase();
  return el(
    "span",
    {
      class: `avatar${isLight(colour) ? " light" : ""}`,
      vars: { "--colour": colour },
      "aria-hidden": "true",
    },
    initials,
  );
}

function isLight(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.22;
}

/** Whether `message` goes on beneath `before` without its own head. */
export function continues(message, before) {
  return (
    Boolean(before) &&
    before.author.id === message.author.id &&
    !message.interaction_metadata?.name &&
    !message.referenced_message &&
    isEphemeral(before) === isEphemeral(message) &&
    !SYSTEM[message.type] &&
    !SYSTEM[before.type] &&
    new Date(message.timestamp) - new Date(before.timestamp) < GROUP_MS &&
    midnight(new Date(message.timestamp)) === midnight(new Date(before.timestamp))
  );
}

/** The row for `message`: a day divider where the day changes, then the message. `hands` is what can be done to it. */
export function row(message, before, world, hands) {
  const date = new Date(message.timestamp);
  const newDay = !before || midnight(new Date(before.timestamp)) !== midnight(date);
  const divider =
    newDay &&
    el(
      "div",
      { class: "day", role: "separator", "aria-label": dayName(date), data: { day: message.timestamp } },
      el("span", {}, dayName(date)),
    );
  return el(
    "div",
    { class: "entry", data: { message: message.id } },
    divider,
    article(message, before, world, hands),
  );
}

function article(message, before, world, hands) {
  const grouped = continues(message, before);
  const date = new Date(message.timestamp);
  const mark = isEphemeral(message) ? " ephemeral" : "";
  const label = `${nameOf(message.author)}, ${clock(date)}`;
  if (SYSTEM[message.type])
    return el(
      "article",
      { class: "message system", "aria-label": label },
      el("p", { class: "quiet" }, `${nameOf(message.author)} ${SYSTEM[message.type]}`),
    );
  return el(
    "article",
    { class: `message${grouped ? " grouped" : ""}${mark}`, "aria-label": label },
    used(message, world),
    replied(message, world),
    el(
      "div",
      { class: "gutter" },
      grouped
        ? el("time", { class: "quiet", datetime: message.timestamp, title: inFull(date) }, clock(date))
        : avatar(message.author, world),
    ),
    el(
      "div",
      { class: "content" },
      grouped ? null : head(message, date),
      body(message, world, hands),
      foot(message, hands),
    ),
    hands.menu(message),
  );
}

function head(message, date) {
  return el(
    "header",
    {},
    el("span", { class: "author" }, nameOf(message.author)),
    message.author.bot ? el("span", { class: "tag" }, "BOT") : null,
    el("time", { class: "quiet", datetime: message.timestamp, title: inFull(date) }, clock(date)),
    message.flags & FLAG.silent
      ? el(
          "span",
          { class: "quiet silent", title: "Sent silently: no sound, no notification" },
          icon("bell", "Sent silently: no sound, no notification"),
        )
      : null,
  );
}

function body(message, world, hands) {
  if (message.flags & FLAG.loading) return thinking(message.author);
  const scene = { message, world, press: (...pressed) => hands.press(message, ...pressed) };
  const partsOnly = Boolean(message.flags & FLAG.partsOnly);
  const edited = message.edited_timestamp
    ? el("span", { class: "quiet edited", title: inFull(new Date(message.edited_timestamp)) }, " (edited)")
    : null;
  return [
    message.content && !partsOnly ? words(message, world, edited) : null,
    partsOnly ? null : attachments(message),
    message.flags & FLAG.noEmbeds ? null : (message.embeds ?? []).map((data) => cardOf(message, data, world)),
    components(message.components, scene),
    message.content && !partsOnly ? null : edited,
  ];
}

/** "(edited)" stands at the end of the last line, as in Discord. */
function words(message, world, edited) {
  const node = el("div", { class: "md" }, markdown(message.content, world));
  if (edited)
    (node.lastElementChild?.matches("p, .h, .subtext") ? node.lastElementChild : node).append(edited);
  return node;
}

function cardOf(message, data, world) {
  if (message.type !== AUTOMOD) return embed(data, message, world);
  return embed({ ...data, title: data.title ?? "AutoMod has flagged a message" }, message, world);
}

export function thinking(author) {
  return el(
    "p",
    { class: "thinking quiet" },
    el("span", { class: "spinner", "aria-hidden": "true" }),
    `${nameOf(author)} is thinking…`,
  );
}

function foot(message, hands) {
  if (!isEphemeral(message)) return null;
  return el(
    "p",
    { class: "only-you" },
    icon("eye"),
    "Only you can see this · ",
    el("button", { type: "button", class: "plain", onclick: () => hands.dismiss(message) }, "Dismiss"),
  );
}

function used(message) {
  const by = message.interaction_metadata;
  if (!by?.name) return null;
  const slash = message.interaction_metadata.target_message_id ? "" : "/";
  return el(
    "p",
    { class: "used quiet" },
    icon("reply"),
    el("b", {}, nameOf(by.user)),
    " used ",
    el("span", { class: "mention" }, `${slash}${by.name}`),
  );
}

function replied(message, world) {
  if (!message.message_reference || message.interaction_metadata?.name) return null;
  const to = message.referenced_message;
  if (!to)
    return message.type === 19
      ? el("p", { class: "used quiet" }, icon("reply"), "The first message was deleted")
      : null;
  return el(
    "p",
    { class: "used quiet" },
    icon("reply"),
    el("b", {}, nameOf(to.author)),
    " ",
    el("span", { class: "preview" }, to.content ? markdownLine(to.content, world) : "a card or a file"),
  );
}
