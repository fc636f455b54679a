/** The "⋯" of a message: the apps' message commands, and deleting one's own. */

import { el, fill } from "./dom.js";
import { Popup } from "./popup.js";
import { nameOf } from "./world.js";

/** `items()` is asked when it opens: `[{name, lang?, note?, heading?, run}]`. */
export function kebab(message, items) {
  const list = el("div", { class: "menu-items", onkeydown: (event) => walk(event, list, close) });
  const button = el(
    "button",
    {
      type: "button",
      class: "kebab",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `More for the message of ${nameOf(message.author)}`,
      onclick: () => (popup.open ? close() : open()),
    },
    "⋯",
  );
  const popup = new Popup(button, list, {
    role: "menu",
    label: "Message",
    wide: false,
    onClose: () => button.setAttribute("aria-expanded", "false"),
  });
  const close = () => {
    popup.close();
    button.focus();
  };
  const open = () => {
    fill(list, rows(items(), close));
    popup.show();
    button.setAttribute("aria-expanded", "true");
    list.querySelector("button")?.focus();
  };
  return el("div", { class: "kebab-box" }, button, popup.node);
}

function rows(items, close) {
  if (!items.length) return el("p", { class: "quiet empty" }, "Nothing to do here.");
  return items.map((item) => [
    item.heading ? el("p", { class: "menu-heading quiet", role: "presentation" }, item.heading) : null,
    el(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: "menu-item",
        tabindex: "-1",
        onclick: () => {
          close();
          item.run();
        },
      },
      el("span", { lang: item.lang }, item.name),
      item.note ? el("span", { class: "quiet" }, item.note) : null,
    ),
  ]);
}

function walk(event, list, close) {
  const all = [...list.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (to !== undefined) all[to]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
