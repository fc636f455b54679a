/** A select as Discord has it: one press for one choice, several with a confirmation, a search where the list is long. */

import { el, fill, freshId } from "./dom.js";
import { Listbox } from "./listbox.js";
import { Popup } from "./popup.js";

const LONG_LIST = 10;

export class Picker {
  /** `source()` gives the choices; `onCommit(values)` hears the final ones. */
  constructor({
    label,
    placeholder = "Choose",
    source,
    chosen = [],
    min = 1,
    max = 1,
    disabled = false,
    search = false,
    onCommit,
  }) {
    Object.assign(this, { label, placeholder, source, min, max, search, onCommit });
    this.values = [...chosen];
    this.picked = new Set(chosen);
    this.words = el("span", { class: "picker-words" });
    this.button = this.#button(disabled);
    this.list = new Listbox({
      label,
      multi: max > 1,
      onPick: (choice) => this.#pick(choice),
      onMove: (id) => this.#moved(id),
    });
    this.popup = new Popup(this.button, this.#panel(), { onClose: () => this.#closed() });
    this.node = el(
      "div",
      {
        class: "picker-box",
        onfocusout: ({ relatedTarget: to }) => {
          if (to && !this.node.contains(to)) this.popup.close();
        },
      },
      this.button,
      this.popup.node,
    );
    this.show();
  }

  #button(disabled) {
    return el(
      "button",
      {
        type: "button",
        class: "picker",
        disabled,
        "aria-haspopup": "listbox",
        "aria-expanded": "false",
        onclick: () => (this.popup.open ? this.cancel() : this.open()),
        onkeydown: (event) => this.#buttonKey(event),
      },
      this.words,
      el("span", { class: "picker-arrow", "aria-hidden": "true" }, "▾"),
    );
  }

  #panel() {
    const keys = { onkeydown: (event) => this.#key(event) };
    this.input = el("input", {
      type: "text",
      class: "search",
      placeholder: "Search",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": this.list.id,
      "aria-label": `Search: ${this.label}`,
      oninput: () => this.refill(),
      ...keys,
    });
    this.list.node.tabIndex = -1;
    this.list.node.addEventListener("keydown", (event) => this.#key(event));
    this.hint = el("span", { class: "quiet", id: freshId("hint") });
    this.done = el(
      "button",
      { type: "button", class: "btn primary small", onclick: () => this.commit() },
      "Done",
    );
    this.foot = el("div", { class: "picker-foot", hidden: this.max <= 1 }, this.hint, this.done);
    return [this.input, this.list.node, this.foot];
  }

  /** Puts what is chosen into the button. */
  show() {
    const names = this.values.map(
      (value) => this.source().find((choice) => choice.value === value)?.name ?? value,
    );
    fill(this.words, names.length ? names.join(", ") : el("span", { class: "quiet" }, this.placeholder));
    this.button.setAttribute(
      "aria-label",
      `${this.label}: ${names.length ? names.join(", ") : "nothing chosen"}`,
    );
  }

  open() {
    this.picked = new Set(this.values);
    this.input.value = "";
    this.input.hidden = !this.search && this.source().length <= LONG_LIST;
    this.refill();
    this.popup.show();
    this.list.moveTo(this.list.active); // a hidden list could not scroll there
    this.button.setAttribute("aria-expanded", "true");
    (this.input.hidden ? this.list.node : this.input).focus();
  }

  refill() {
    const query = this.input.value.trim().toLowerCase();
    const fitting = this.source().filter(({ name, note }) =>
      `${name} ${note ?? ""}`.toLowerCase().includes(query),
    );
    this.list.fill(fitting, { chosen: this.picked });
    this.#count();
  }

  #pick({ value }) {
    if (this.max <= 1) {
      const again = this.picked.has(value) && this.min === 0;
      this.picked = new Set(again ? [] : [value]);
      this.commit();
      return;
    }
    if (this.picked.has(value)) this.picked.delete(value);
    else if (this.picked.size < this.max) this.picked.add(value);
    this.list.mark(this.picked);
    this.#count();
  }

  #count() {
    const range = this.min === this.max ? `${this.max}` : `${this.min} to ${this.max}`;
    fill(this.hint, `${this.picked.size} chosen · pick ${range}`);
    this.done.disabled = this.picked.size < this.min || this.picked.size > this.max;
  }

  commit() {
    if (this.done.disabled && this.max > 1) return;
    const order = this.source()
      .map(({ value }) => value)
      .filter((value) => this.picked.has(value));
    this.values = order;
    this.cancel();
    this.show();
    this.onCommit?.(order);
  }

  cancel() {
    const inside = this.popup.node.contains(document.activeElement);
    this.popup.close();
    if (inside) this.button.focus();
  }

  #closed() {
    this.button.setAttribute("aria-expanded", "false");
  }

  #moved(id) {
    for (const node of [this.input, this.list.node]) {
      if (id) node?.setAttribute("aria-activedescendant", id);
      else node?.removeAttribute("aria-activedescendant");
    }
  }

  #buttonKey(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (!this.popup.open) this.open();
  }

  #key(event) {
    if (this.list.key(event)) return;
    const space = event.key === " " && event.target !== this.input;
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.max > 1) this.commit();
    else if (event.key === "Enter" || space) this.list.pick();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** An emoji as text: a custom one by its name, since its picture lies on Discord. */
export function emojiText(emoji) {
  if (!emoji) return null;
  return emoji.id ? `:${emoji.name}:` : emoji.name;
}
