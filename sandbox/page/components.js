/** Shows a message's components, Discord's first and second kind, and passes presses on. */

import { choicesOf, chosenIn, isSearched, SELECTS } from "./choices.js";
import { el, icon } from "./dom.js";
import { cssColour } from "./embed.js";
import { link, placeIn } from "./links.js";
import { markdown } from "./markdown.js";
import { addressOf, fileCard, picture } from "./media.js";
import { emojiText, Picker } from "./picker.js";

const TYPE = {
  row: 1,
  button: 2,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
};
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "secondary" };
const LINK = 5;

/** `scene` is `{message, world, press(component, node, values)}`. */
export function components(list, scene) {
  if (!list?.length) return null;
  return el(
    "div",
    { class: "components" },
    list.map((component) => one(component, scene)),
  );
}

const BUILDERS = {
  [TYPE.row]: (component, scene) =>
    el(
      "div",
      { class: "row" },
      component.components.map((inner) => one(inner, scene)),
    ),
  [TYPE.button]: button,
  [TYPE.section]: section,
  [TYPE.text]: (component, { world }) => el("div", { class: "md" }, markdown(component.content, world)),
  [TYPE.thumbnail]: (component, { message }) => media(component, message, "thumbnail"),
  [TYPE.gallery]: (component, { message }) =>
    el(
      "div",
      { class: "gallery", data: { count: component.items.length } },
      component.items.map((item) => media(item, message, "picture")),
    ),
  [TYPE.file]: file,
  [TYPE.separator]: separator,
  [TYPE.container]: container,
};

function one(component, scene) {
  if (SELECTS.has(component.type)) return select(component, scene);
  const build = BUILDERS[component.type];
  return build
    ? build(component, scene)
    : el("p", { class: "quiet" }, `(A part of kind ${component.type} that this page does not show.)`);
}

function button(component, scene) {
  const words = [
    emojiText(component.emoji) ? el("span", { class: "emoji" }, emojiText(component.emoji)) : null,
    component.label ? el("span", {}, component.label) : null,
  ];
  const look = `btn ${STYLES[component.style] ?? "secondary"}`;
  if (component.style === LINK) return linkButton(component, scene.world, look, words);
  const node = el(
    "button",
    {
      type: "button",
      class: look,
      disabled: Boolean(component.disabled),
      data: { customId: component.custom_id },
      "aria-label": component.label ? undefined : `Button ${emojiText(component.emoji) ?? ""}`,
      onclick: () => scene.press(component, node),
    },
    words,
  );
  return node;
}

function linkButton({ url, disabled }, world, look, words) {
  if (disabled) return el("a", { class: look, role: "link", "aria-disabled": "true" }, words);
  const away = placeIn(url) ? null : el("span", { "aria-hidden": "true" }, " ↗");
  return link(url, [words, away], world, { look });
}

function select(component, scene) {
  const picker = new Picker({
    label: component.placeholder || "Choose",
    placeholder: component.placeholder || "Choose",
    source: () => choicesOf(component, scene.world, scene.message.channel_id),
    chosen: chosenIn(component),
    min: component.min_values ?? 1,
    max: component.max_values ?? 1,
    disabled: Boolean(component.disabled),
    search: isSearched(component),
    onCommit: (values) => scene.press(component, picker.button, values),
  });
  picker.button.dataset.customId = component.custom_id;
  return picker.node;
}

function section(component, scene) {
  return el(
    "div",
    { class: "section" },
    el(
      "div",
      { class: "section-words" },
      component.components.map((inner) => one(inner, scene)),
    ),
    component.accessory ? el("div", { class: "accessory" }, one(component.accessory, scene)) : null,
  );
}

function media(item, message, kind) {
  return picture(addressOf(item.media, message), {
    alt: item.description ?? "",
    width: item.media.width,
    height: item.media.height,
    kind,
    covered: item.spoiler,
  });
}

function file(component, { message }) {
  const url = addressOf(component.file, message);
  const known = message.attachments?.find((attachment) => attachment.url === url);
  const name = component.name ?? known?.filename ?? url.split("/").at(-1);
  return fileCard({ url, name, size: component.size ?? known?.size, description: known?.description });
}

function separator({ divider = true, spacing = 1 }) {
  return el(
    "div",
    { class: `separator${spacing === 2 ? " wide" : ""}`, role: "separator" },
    divider ? el("hr") : null,
  );
}

function container(component, scene) {
  const bar = cssColour(component.accent_color);
  const inside = component.components.map((inner) => one(inner, scene));
  const box = el(
    "section",
    { class: `container${bar ? " accented" : ""}`, vars: bar ? { "--bar": bar } : {} },
    inside,
  );
  if (!component.spoiler) return box;
  const cover = el(
    "button",
    { type: "button", class: "cover", onclick: () => cover.replaceWith(box) },
    icon("eye"),
    "Spoiler, press to show",
  );
  return cover;
}
