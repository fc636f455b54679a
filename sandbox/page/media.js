/** Shows pictures and files; what does not lie on this sandbox is named but never loaded. */

import { el, icon, isOurs, webAddress } from "./dom.js";

const PICTURES = /\.(png|jpe?g|gif|webp|avif|svg)$/i;
const SIZES = ["bytes", "KB", "MB", "GB"];

/** "12 KB". */
export function sizeInWords(bytes) {
  if (bytes === undefined || bytes === null) return "";
  let size = bytes;
  let step = 0;
  while (size >= 1024 && step < SIZES.length - 1) {
    size /= 1024;
    step += 1;
  }
  return `${step && size < 10 ? size.toFixed(1) : Math.round(size)} ${SIZES[step]}`;
}

/** Where a component's or embed's media lies: `attachment://name` is looked up among the message's files. */
export function addressOf(media, message) {
  const url = media?.url ?? "";
  if (!url.startsWith("attachment://")) return url;
  const name = url.slice("attachment://".length);
  return message?.attachments?.find((file) => file.filename === name)?.url ?? "";
}

/** A picture with its words; `covered` puts it behind a button as Discord does with spoilers. */
export function picture(url, { alt = "", width, height, kind = "picture", covered = false } = {}) {
  if (!isOurs(url)) return outside(url, alt);
  const image = el("img", { src: url, alt, width, height, loading: "lazy", title: alt || undefined });
  const node = el(
    "a",
    {
      class: kind,
      href: url,
      target: "_blank",
      rel: "noopener",
      "aria-label": alt ? `Picture: ${alt}` : "Picture without a description",
    },
    image,
  );
  return covered ? behindCover(node) : node;
}

function behindCover(node) {
  const cover = el(
    "button",
    { type: "button", class: "cover", onclick: () => cover.replaceWith(node) },
    icon("eye"),
    "Spoiler, press to show",
  );
  return cover;
}

function outside(url, alt) {
  const href = webAddress(url);
  const words = alt || "A picture from elsewhere";
  return el(
    "p",
    { class: "outside" },
    `${words} (not loaded here`,
    href ? `: ${new URL(href).host}` : "",
    ")",
  );
}

/** A file as a card to save. */
export function fileCard({ url, name, size, description }) {
  const href = isOurs(url) ? url : null;
  return el(
    "a",
    { class: "file", href, download: name, "aria-label": `Save the file ${name}` },
    icon("file"),
    el(
      "span",
      { class: "file-words" },
      el("span", { class: "file-name" }, name),
      el("span", { class: "quiet" }, description || sizeInWords(size)),
    ),
    el("span", { class: "file-save", "aria-hidden": "true" }, "Save"),
  );
}

function isPicture(file) {
  return file.content_type ? file.content_type.startsWith("image/") : PICTURES.test(file.filename ?? "");
}

function spoiled(file) {
  return (file.filename ?? "").startsWith("SPOILER_");
}

/** A message's files, without those that its embeds already show. */
export function attachments(message) {
  const shown = new Set(
    (message.embeds ?? []).flatMap((embed) => [
      addressOf(embed.image, message),
      addressOf(embed.thumbnail, message),
    ]),
  );
  const files = (message.attachments ?? []).filter((file) => !shown.has(file.url));
  if (!files.length) return null;
  return el(
    "div",
    { class: "attachments" },
    files.map((file) =>
      isPicture(file)
        ? picture(file.url, {
            alt: file.description ?? "",
            width: file.width,
            height: file.height,
            covered: spoiled(file),
          })
        : fileCard({ url: file.url, name: file.filename, size: file.size, description: file.description }),
    ),
  );
}
