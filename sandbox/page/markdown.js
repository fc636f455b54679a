/** Turns Discord's markdown into DOM nodes: code blocks, quotes, headings, subtext, lists; the rest is inline. */

import { el } from "./dom.js";
import { inline } from "./markdown-inline.js";

const FENCE = /```(?:([\w+#.-]+)\n)?\n?([\s\S]*?)\n?```/g;
const HEADING = /^(#{1,3})\s+(.+)$/;
const SUBTEXT = /^-#\s+(.+)$/;
const BULLET = /^(\s*)(?:[-*]|(\d{1,4})\.)\s+(.+)$/;
const QUOTE = /^>\s(.*)$/;

/** A fragment for `text`; `world` names the people, roles and channels that it mentions. */
export function markdown(text, world) {
  const fragment = document.createDocumentFragment();
  let place = 0;
  for (const match of (text ?? "").matchAll(FENCE)) {
    if (insideRestQuote(text.slice(0, match.index))) break;
    fragment.append(...blocks(text.slice(place, match.index).replace(/\n$/, ""), world));
    fragment.append(codeBlock(match[2], match[1]));
    place = match.index + match[0].length;
    if (text[place] === "\n") place += 1;
  }
  fragment.append(...blocks((text ?? "").slice(place), world));
  return fragment;
}

/** One line without blocks: for labels, titles and reply previews. */
export function markdownLine(text, world) {
  const fragment = document.createDocumentFragment();
  fragment.append(...inline((text ?? "").replace(/\s*\n\s*/g, " "), world));
  return fragment;
}

function insideRestQuote(before) {
  return /(^|\n)>>> /.test(before);
}

function codeBlock(code, language) {
  return el(
    "pre",
    { tabindex: "0", "aria-label": language ? `Code, ${language}` : "Code" },
    el("code", {}, code),
  );
}

function blocks(text, world) {
  if (text === "") return [];
  const rest = text.match(/(^|\n)>>> ([\s\S]*)$/);
  if (rest) {
    const before = text.slice(0, rest.index);
    return [...blocks(before, world), el("blockquote", {}, markdown(rest[2], world))];
  }
  return joined(text.split("\n"), world);
}

/** Walks the lines once, each block taking as many as are its own. */
function joined(lines, world) {
  const nodes = [];
  let place = 0;
  while (place < lines.length) {
    const [node, taken] = block(lines, place, world);
    nodes.push(node);
    place += taken;
  }
  return nodes;
}

function block(lines, place, world) {
  const line = lines[place];
  const heading = line.match(HEADING);
  if (heading)
    return [
      el(
        "div",
        { class: `h h${heading[1].length}`, role: "heading", "aria-level": 2 + heading[1].length },
        inline(heading[2], world),
      ),
      1,
    ];
  const small = line.match(SUBTEXT);
  if (small) return [el("div", { class: "subtext" }, inline(small[1], world)), 1];
  if (QUOTE.test(line))
    return run(lines, place, QUOTE, (own) =>
      el(
        "blockquote",
        {},
        joined(
          own.map((l) => l.match(QUOTE)[1]),
          world,
        ),
      ),
    );
  if (BULLET.test(line))
    return run(lines, place, BULLET, (own) =>
      lists(
        own.map((l) => l.match(BULLET)),
        world,
      ),
    );
  return paragraph(lines, place, world);
}

function run(lines, place, pattern, build) {
  let end = place;
  while (end < lines.length && pattern.test(lines[end])) end += 1;
  return [build(lines.slice(place, end)), end - place];
}

function paragraph(lines, place, world) {
  let end = place + 1;
  while (end < lines.length && ![HEADING, SUBTEXT, QUOTE, BULLET].some((own) => own.test(lines[end])))
    end += 1;
  return [el("p", {}, inline(lines.slice(place, end).join("\n"), world)), end - place];
}

/** One list for each run of the same kind at the outermost depth. */
function lists(items, world) {
  const depth = items[0][1].length;
  const kind = (item) => item[2] !== undefined;
  const turn = items.findIndex((item) => item[1].length <= depth && kind(item) !== kind(items[0]));
  const fragment = document.createDocumentFragment();
  fragment.append(list(turn < 0 ? items : items.slice(0, turn), world));
  if (turn > 0) fragment.append(lists(items.slice(turn), world));
  return fragment;
}

/** Nested by indentation; a deeper run becomes a list inside the item before it. */
function list(items, world) {
  const ordered = items[0][2] !== undefined;
  const depth = items[0][1].length;
  const node = el(ordered ? "ol" : "ul", ordered ? { start: items[0][2] } : {});
  let place = 0;
  while (place < items.length) {
    let end = place + 1;
    while (end < items.length && items[end][1].length > depth) end += 1;
    const deeper = items.slice(place + 1, end);
    node.append(el("li", {}, inline(items[place][3], world), deeper.length ? lists(deeper, world) : null));
    place = end;
  }
  return node;
}
