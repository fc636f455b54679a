/** The messages of one channel, oldest first, kept at the newest unless the reader has scrolled away. */

import { el, fill } from "./dom.js";
import { FLAG, isEphemeral, row } from "./message.js";

const NEAR_END_PX = 80;
const PAGE = 50;
const QUIET_MS = 150;

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
    this.list = el("div", { class: "log-list", role: "log", "aria-live": "polite" });
    this.news = el(
      "button",
      { type: "button", class: "btn primary small news", hidden: true, onclick: () => this.#toEnd() },
      "New messages ↓",
    );
    this.start = el("div", { class: "log-start" });
    this.notes = el("div", { class: "notes", role: "status" });
    this.node = el(
      "div",
      { class: "log", tabindex: "0", role: "region" },
      this.start,
      this.more,
      this.list,
      this.notes,
      this.news,
    );
    this.#stayAtEnd();
  }

  /** Whatever grows or loads, a reader at the newest message stays there. */
  #stayAtEnd() {
    const stay = () => {
      if (this.follows) this.#toEnd();
    };
    const resized = new ResizeObserver(stay);
    for (const node of [this.list, this.node]) resized.observe(node);
    this.node.addEventListener("load", stay, true);
    let top = 0;
    this.node.addEventListener("scroll", () => {
      // only a reader moves upwards: where the log grew between a scroll and its event, they have not left the end
      if (this.#nearEnd()) this.follows = true;
      else if (this.node.scrollTop < top) this.follows = false;
      top = this.node.scrollTop;
      if (this.follows) this.news.hidden = true;
    });
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
    this.#unheard(true);
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
    const follow = this.#nearEnd() || this.#isMine(message);
    this.messages.push(message);
    this.#unheard(false);
    this.list.append(this.#build(this.messages.length - 1));
    if (follow) this.#toEnd();
    else this.news.hidden = false;
  }

  update(message) {
    const index = this.#indexOf(message.id);
    if (index < 0) return;
    const before = this.messages[index];
    this.messages[index] = { ...before, ...message };
    this.#rebuild(index, Boolean(before.flags & FLAG.loading));
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

  /** Scrolls to a message, or the head of a tall one, and lights it up for a moment; says whether it is here. */
  reveal(id, { focus = true } = {}) {
    const node = this.rows.get(id)?.querySelector(".message");
    if (!node) return false;
    node.classList.remove("found");
    this.follows = false;
    node.tabIndex = -1;
    if (focus) node.focus({ preventScroll: true });
    node.scrollIntoView({ block: node.offsetHeight > this.node.clientHeight ? "start" : "center" });
    node.classList.add("found");
    node.addEventListener("animationend", () => node.classList.remove("found"), { once: true });
    return true;
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

  /** What this reader wrote or brought about is shown at once, wherever they have scrolled to. */
  #isMine({ author, interaction_metadata: by, ...message }) {
    const me = this.world.me.id;
    return author.id === me || by?.user?.id === me || isEphemeral(message);
  }

  /** Those who listen hear each message once, when it comes: while the list is busy its changes are not read out. */
  #unheard(on) {
    clearTimeout(this.quiet);
    if (!on) this.list.removeAttribute("aria-busy");
    else {
      this.list.setAttribute("aria-busy", "true");
      this.quiet = setTimeout(() => this.#unheard(false), QUIET_MS);
    }
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
  #rebuild(index, heard = false) {
    this.#unheard(!heard);
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
    this.#unheard(true);
    this.list.prepend(...earlier.map((_, index) => this.#build(index)));
    if (earlier.length) this.#rebuild(earlier.length);
    this.node.scrollTop = this.node.scrollHeight - fromEnd;
  }

  #nearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.follows = true;
    this.news.hidden = true;
    this.node.scrollTop = this.node.scrollHeight;
  }
}
