/** Links: those to Discord's channels and messages lead there inside the page, all others to a tab of their own. */

import { el, webAddress } from "./dom.js";

const DISCORD = /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/;
const PLACE = /^\/channels\/(\d{1,20}|@me)\/(\d{1,20})(?:\/(\d{1,20}))?\/?$/;

/** `{channel, message?, direct}` where `address` is Discord's own for a channel or a message, else null. */
export function placeIn(address) {
  const href = webAddress(address);
  if (!href) return null;
  const url = new URL(href);
  const found = DISCORD.test(url.hostname) && url.pathname.match(PLACE);
  return found ? { direct: found[1] === "@me", channel: found[2], message: found[3] } : null;
}

/**
 * The chip for a channel or a message of it: its name, or that this person cannot see it. A direct message is the
 * reader's own, also where its channel was opened a moment ago and the page has not heard of it yet.
 */
export function placeLink({ channel, message, direct }, world, words, look = "mention") {
  const place = world.place(channel) ?? (direct ? { title: "Direct message" } : null);
  if (!place) return el("span", { class: `${look} unseen` }, words, unseen(message, words));
  const name = [place.title, message ? " › message" : ""].join("");
  return el(
    "a",
    { class: look, href: addressIn(world, channel, message), data: { channel, message: message ?? "" } },
    words ?? name,
  );
}

function unseen(message, words) {
  const thing = message ? "a message you can't see" : "a channel you can't see";
  return words ? ` (${thing})` : thing;
}

function addressIn(world, channel, message) {
  return `#as=${world.me?.id ?? ""}&channel=${channel}${message ? `&message=${message}` : ""}`;
}

/** A link by its address; `words` are what it says, its own address where there are none. */
export function link(address, words, world, { title, look } = {}) {
  const place = placeIn(address);
  if (place) return placeLink(place, world, words, look);
  const href = webAddress(address);
  if (!href) return el("span", {}, words ?? address);
  return el(
    "a",
    { class: look, href, title, target: "_blank", rel: "noopener noreferrer nofollow" },
    words ?? address,
  );
}
