/** Reads Discord's inline markdown into nodes; every rule looks at the text from one place onwards and never builds HTML. */

import { el } from "./dom.js";
import { link, placeLink } from "./links.js";
import { timestamp } from "./times.js";

const DEEPEST = 12;

/** Rules in Discord's order: the first that matches at a place wins. `build(match, read, world)` gives a node or text. */
const RULES = [
  { at: /\\([^0-9A-Za-z\s])/y, build: (m) => m[1] },
  { at: /(`+)([\s\S]*?[^`])\1(?!`)/y, build: (m) => el("code", {}, m[2].trim() || m[2]) },
  { at: /\|\|([\s\S]+?)\|\|/y, build: (m, read) => spoiler(read(m[1])) },
  { at: /<@!?(\d{1,20})>/y, build: (m, _, world) => mention(`@${world.userName(m[1])}`) },
  {
    at: /<@&(\d{1,20})>/y,
    build: (m, _, world) => mention(`@${(world.role(m[1])?.name ?? "unknown role").replace(/^@/, "")}`),
  },
  { at: /<#(\d{1,20})>/y, build: (m, _, world) => placeLink({ channel: m[1] }, world) },
  {
    at: /<\/([^:<>\n]{1,100}):(\d{1,20})>/y,
    build: (m) =>
      el("button", { type: "button", class: "mention command", data: { command: m[1] } }, `/${m[1]}`),
  },
  { at: /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y, build: (m) => timestamp(Number(m[1]), m[2]) },
  {
    at: /<a?:(\w{1,32}):\d{1,20}>/y,
    build: (m) => el("span", { class: "custom-emoji", title: `:${m[1]}:` }, `:${m[1]}:`),
  },
  { at: /@(everyone|here)\b/y, build: (m) => mention(m[0]) },
  {
    at: /\[([^\]\n]*(?:\[[^\]\n]*\][^\]\n]*)*)\]\(\s*<?(https?:\/\/[^\s<>)]+(?:\([^\s<>)]*\))?[^\s<>)]*)>?(?:\s+"([^"\n]*)")?\s*\)/y,
    build: (m, read, world) => link(m[2], read(m[1]), world, { title: m[3] }),
  },
  { at: /<(https?:\/\/[^\s<>]+)>/y, build: (m, _, world) => link(m[1], undefined, world) },
  {
    at: /<(?:(tel|sms):)?(\+\d[\d ()-]{4,20})>/y,
    build: (m) => el("a", { href: `${m[1] ?? "tel"}:${m[2].replace(/[^+\d]/g, "")}` }, m[2]),
  },
  { at: /https?:\/\/[^\s<]+[^\s<.,:;"'\])!?*_~|]/y, build: (m, _, world) => link(m[0], undefined, world) },
  { at: /\*\*\*([\s\S]+?)\*\*\*(?!\*)/y, build: (m, read) => el("em", {}, el("strong", {}, read(m[1]))) },
  { at: /\*\*([\s\S]+?)\*\*(?!\*)/y, build: (m, read) => el("strong", {}, read(m[1])) },
  { at: /__([\s\S]+?)__(?!_)/y, build: (m, read) => el("u", {}, read(m[1])) },
  { at: /\*(?=\S)((?:\*\*|[^*])+?)\*(?!\*)/y, build: (m, read) => el("em", {}, read(m[1])) },
  { at: /(?<!\w)_((?:__|[^_])+?)_(?![A-Za-z0-9_])/y, build: (m, read) => el("em", {}, read(m[1])) },
  { at: /~~([\s\S]+?)~~/y, build: (m, read) => el("s", {}, read(m[1])) },
];
const MAY_START = /[\\`|<@[h*_~]/g;

/** The nodes of one run of text; line breaks stay. */
export function inline(text, world, depth = 0) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  let plain = "";
  let place = 0;
  const read = (inner) => inline(inner, world, depth + 1);
  while (place < text.length) {
    MAY_START.lastIndex = place;
    const next = MAY_START.exec(text)?.index ?? text.length;
    plain += text.slice(place, next);
    place = next;
    const found = place < text.length && firstMatch(text, place);
    if (found) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(found.rule.build(found.match, read, world));
      place += found.match[0].length;
    } else if (place < text.length) {
      plain += text[place];
      place += 1;
    }
  }
  if (plain) nodes.push(plain);
  return nodes;
}

function firstMatch(text, place) {
  for (const rule of RULES) {
    rule.at.lastIndex = place;
    const match = rule.at.exec(text);
    if (match) return { rule, match };
  }
  return null;
}

function mention(words) {
  return el("span", { class: "mention" }, words);
}

/** Hidden until it is pressed; the words are kept from screen readers until then too. */
export function spoiler(children) {
  const hidden = el("span", { class: "spoiler-text", "aria-hidden": "true" }, children);
  const node = el(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler, press to show" },
    hidden,
  );
  const reveal = (event) => {
    if (node.classList.contains("shown")) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
    hidden.removeAttribute("aria-hidden");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return node;
}
