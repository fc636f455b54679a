/** Shows an embed: colour bar, author, title, description, fields, pictures and footer. */

import { el } from "./dom.js";
import { link } from "./links.js";
import { markdown, markdownLine } from "./markdown.js";
import { addressOf, picture } from "./media.js";
import { clock, inFull, midnight, present } from "./times.js";

/** Discord's integer colour as CSS, or undefined. */
export function cssColour(number) {
  return number === undefined || number === null ? undefined : `#${number.toString(16).padStart(6, "0")}`;
}

export function embed(data, message, world) {
  const body = el(
    "div",
    { class: "embed-body" },
    author(data, world),
    title(data, world),
    description(data, world),
    fields(data, world),
  );
  const thumbnail =
    data.thumbnail &&
    picture(addressOf(data.thumbnail, message), {
      kind: "thumbnail",
      alt: wordsFor(data.thumbnail, message),
    });
  const image =
    data.image &&
    picture(addressOf(data.image, message), { alt: wordsFor(data.image, message) || data.title || "" });
  return el(
    "section",
    {
      class: "embed",
      vars: { "--bar": cssColour(data.color) ?? "var(--line-strong)" },
      "aria-label": data.title ? `Card: ${data.title}` : "Card",
    },
    body,
    thumbnail,
    image,
    footer(data),
  );
}

/** An embed carries no alt text of its own: Discord takes it from the attachment. */
function wordsFor(media, message) {
  const name = media.url?.split("/").at(-1)?.split("?")[0];
  return media.description ?? message.attachments?.find((file) => file.filename === name)?.description ?? "";
}

function author({ author: by }, world) {
  return by?.name && el("p", { class: "embed-author" }, linked(by.name, by.url, world));
}

function title({ title: words, url }, world) {
  return (
    words &&
    el(
      "p",
      { class: "embed-title", role: "heading", "aria-level": "3" },
      url ? linked(words, url, world) : markdownLine(words, world),
    )
  );
}

function description({ description: words }, world) {
  return words && el("div", { class: "md" }, markdown(words, world));
}

function fields({ fields: all }, world) {
  if (!all?.length) return null;
  return el(
    "dl",
    { class: "embed-fields" },
    all.map((field) =>
      el(
        "div",
        { class: field.inline ? "inline" : "" },
        el("dt", {}, markdownLine(field.name, world)),
        el("dd", { class: "md" }, markdown(field.value, world)),
      ),
    ),
  );
}

function footer({ footer: foot, timestamp }) {
  const parts = [];
  if (foot?.text) parts.push(foot.text);
  const date = timestamp && new Date(timestamp);
  const when =
    date &&
    el(
      "time",
      { datetime: timestamp, title: inFull(date) },
      midnight(date) === midnight(present()) ? clock(date) : inFull(date),
    );
  if (!parts.length && !when) return null;
  return el("p", { class: "embed-footer quiet" }, parts, parts.length && when ? " · " : "", when);
}

function linked(words, url, world) {
  return url ? link(url, words, world) : words;
}
