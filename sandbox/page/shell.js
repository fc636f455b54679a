/** The frame of the chat: the sidebar or drawer, the header, the quiet banners, and the place of the messages. */

import { el, fill, icon } from "./dom.js";

export class Shell {
  constructor({ sidebar, log, composer }) {
    this.sidebar = sidebar;
    this.title = el("h1", {});
    this.topic = el("p", { class: "quiet topic" });
    this.drawerButton = el(
      "button",
      {
        type: "button",
        class: "icon-button drawer-button",
        "aria-label": "Channels and people",
        "aria-controls": "sidebar",
        "aria-expanded": "false",
        onclick: () => this.drawer(true),
      },
      icon("menu"),
    );
    this.shade = el("div", { class: "shade", hidden: true, onclick: () => this.drawer(false) });
    this.banners = el("div", { class: "banners", role: "status" });
    this.lines = new Map();
    this.main = el("main", { class: "main" }, this.#header(), this.banners, log.node, composer.node);
    this.node = el(
      "div",
      {
        class: "shell",
        onkeydown: (event) => {
          if (event.key === "Escape" && !this.shade.hidden) this.drawer(false);
        },
      },
      sidebar.node,
      this.shade,
      this.main,
    );
    this.narrow = matchMedia("(max-width: 46rem)");
    this.narrow.addEventListener("change", () => this.drawer(false));
  }

  #header() {
    return el(
      "header",
      { class: "top" },
      this.drawerButton,
      el("div", { class: "top-words" }, this.title, this.topic),
      el("p", { class: "sandbox-note quiet" }, "Sandbox: nothing here goes to Discord"),
    );
  }

  /** On a phone the sidebar slides over the messages. */
  drawer(open) {
    this.sidebar.node.classList.toggle("open", open);
    this.shade.hidden = !open;
    this.main.inert = open;
    this.drawerButton.setAttribute("aria-expanded", String(open));
    if (open) this.sidebar.node.querySelector("[aria-current], .place")?.focus();
    else if (this.sidebar.node.contains(document.activeElement)) this.drawerButton.focus();
  }

  turnTo(place) {
    const thread = place.parent_id ? icon("thread", place.private ? "private thread" : "thread") : null;
    fill(this.title, thread ?? (place.private ? icon("lock", "private") : null), place.title);
    fill(this.topic, place.topic);
    document.title = `${place.title} · Trellis sandbox`;
  }

  /** A line above the messages for as long as it is true; no words takes it away. */
  banner(name, words) {
    this.lines.get(name)?.remove();
    this.lines.delete(name);
    if (!words) return;
    const line = el("p", { class: `banner ${name}` }, words);
    this.lines.set(name, line);
    this.banners.append(line);
  }
}
