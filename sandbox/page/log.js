/** The messages of one channel, oldest first, kept at the newest unless the reader has scrolled away. */

import { el, fill } from "./dom.js";
import { row } from "./message.js";

const NEAR_END_PX = 80;
const PAGE = 50;

export class Log {
  /** `hands` is what a message lets people do; `older(beforeId)` asks for what came before. */
  constructor({ world, hands, older }) {
    Object.assign(this, { world, hands, older });
    this.messages = [];
    this.rows = new Map();
    this.more = el(
      "button",
      { type: "button", class: "btn secondary small more", hidden: true, onclick: () => this.#showOlder() },
      "Show earlier messages",
    );
    this.list = el("div", {
      class: "log-list",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions",
    });
    this.start = el("div", { class: "log-start" });
    this.notes = el("div", { class: "notes", role: "status" });
    this.node = el(
      "div",
      { class: "log", tabindex: "0", role: "region" },
      this.start,
      this.more,
      this.list,
      this.notes,
    );
    const resized = new ResizeObserver(() => {
      if (this.follows) this.#toEnd();
    });
    for (const node of [this.list, this.node]) resized.observe(node);
    this.node.addEventListener("scroll", () => {
      this.follows = this.#nearEnd();
    });
    this.node.addEventListener(
      "load",
      () => {
        if (this.follows) this.#toEnd();
      },
      true,
    );
  }

  /** Shows a channel from scratch. */
  show(place, messages) {
    this.place = place;
    this.messages = [...messages];
    this.rows.clear();
    this.list.setAttribute("aria-label", `Messages in ${place.title}`);
    this.node.setAttribute("aria-label", `${place.title}, the messages`);
    fill(this.notes);
    fill(
      this.start,
      el(
        "p",
        { class: "quiet" },
        place.isDm
          ? `This is the beginning of your messages with ${place.name}.`
          : `This is the beginning of ${place.title}.`,
      ),
    );
    this.#mayHaveMore(messages.length);
    fill(
      this.list,
      this.messages.map((_, index) => this.#build(index)),
    );
    this.#toEnd();
  }

  add(message) {
    if (this.rows.has(message.id)) {
      this.update(message);
      return;
    }
    const follow = this.#nearEnd();
    this.messages.push(message);
    this.list.append(this.#build(this.messages.length - 1));
    if (follow) this.#toEnd();
  }

  update(message) {
    const index = this.#indexOf(message.id);
    if (index < 0) return;
    this.messages[index] = { ...this.messages[index], ...message };
    this.#rebuild(index);
  }

  remove(id) {
    const index = this.#indexOf(id);
    if (index < 0) return;
    this.messages.splice(index, 1);
    this.rows.get(id).remove();
    this.rows.delete(id);
    if (index < this.messages.length) this.#rebuild(index);
  }

  /** Everything again: the names of people or channels may have changed. */
  refresh() {
    for (let index = 0; index < this.messages.length; index += 1) this.#rebuild(index);
  }

  find(id) {
    return this.messages[this.#indexOf(id)];
  }

  /** A line beneath the messages, for this reader only; gives what takes it away. */
  note(node) {
    const follow = this.#nearEnd();
    this.notes.append(node);
    if (follow) this.#toEnd();
    return () => node.remove();
  }

  #indexOf(id) {
    return this.messages.findIndex((message) => message.id === id);
  }

  #build(index) {
    const message = this.messages[index];
    const node = row(message, this.messages[index - 1], this.world, this.hands);
    this.rows.set(message.id, node);
    return node;
  }

  /** Puts a fresh row in place of the old one; the keyboard's place in it is found again. */
  #rebuild(index) {
    const old = this.rows.get(this.messages[index].id);
    const focused = old.contains(document.activeElement)
      ? document.activeElement.dataset.customId
      : undefined;
    const held = old.contains(document.activeElement);
    const follow = this.#nearEnd();
    const fresh = this.#build(index);
    old.replaceWith(fresh);
    if (held) this.#refocus(fresh, focused);
    if (follow) this.#toEnd();
  }

  #refocus(fresh, customId) {
    const same = [...fresh.querySelectorAll("[data-custom-id]")].find(
      (node) => node.dataset.customId === customId && !node.disabled,
    );
    (same ?? this.node).focus({ preventScroll: true });
  }

  #mayHaveMore(count) {
    this.more.hidden = count < PAGE;
    this.start.hidden = count >= PAGE;
  }

  async #showOlder() {
    const place = this.place;
    const earlier = await this.older(this.messages[0].id).catch(() => []);
    if (place !== this.place) return;
    const fromEnd = this.node.scrollHeight - this.node.scrollTop;
    this.messages.unshift(...earlier);
    this.#mayHaveMore(earlier.length);
    this.list.prepend(...earlier.map((_, index) => this.#build(index)));
    if (earlier.length) this.#rebuild(earlier.length);
    this.node.scrollTop = this.node.scrollHeight - fromEnd;
  }

  #nearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.follows = true;
    this.node.scrollTop = this.node.scrollHeight;
  }
}
