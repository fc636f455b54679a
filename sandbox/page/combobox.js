/** A text field that offers choices while one types; the newest question wins over slower answers to older ones. */

import { el, freshId } from "./dom.js";
import { Listbox } from "./listbox.js";
import { Popup } from "./popup.js";

const DEBOUNCE_MS = 180;

export class Combobox {
  /**
   * `source(text)` gives (a promise of) choices; `strict` takes only a choice, else free text counts too;
   * `eager` offers at once and has the first choice ready for Enter, else the list comes by typing, ArrowDown or a press;
   * `remote` waits until the typing rests. It opens upwards: a command's fields stand above the button that runs it.
   */
  constructor({ label, source, strict = false, eager = false, remote = false, describedBy }) {
    Object.assign(this, { source, strict, eager, remote });
    this.asked = 0;
    this.choice = null;
    this.list = new Listbox({
      label,
      onPick: (choice) => this.take(choice),
      onMove: (id) => this.#moved(id),
    });
    this.input = el("input", {
      type: "text",
      id: freshId("combo"),
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      "aria-describedby": describedBy,
      oninput: () => this.#typed(),
      onfocus: () => {
        if (this.eager) this.ask();
      },
      onblur: () => this.#left(),
      onclick: () => {
        if (!this.popup.open) this.ask();
      },
      onkeydown: (event) => this.#key(event),
    });
    this.popup = new Popup(this.input, this.list.node, {
      up: true,
      onClose: () => this.input.setAttribute("aria-expanded", "false"),
    });
    this.node = el("div", { class: "combo" }, this.input, this.popup.node);
  }

  /** The chosen value, else the free text, else undefined. */
  get value() {
    if (this.choice) return this.choice.value;
    const text = this.input.value.trim();
    return this.strict || !text ? undefined : text;
  }

  get text() {
    return this.input.value.trim();
  }

  /** Asks the source and shows what it offers, unless something newer was asked meanwhile. */
  async ask() {
    this.asked += 1;
    const asked = this.asked;
    const choices = await Promise.resolve(this.source(this.choice ? "" : this.input.value)).catch(() => []);
    if (asked !== this.asked || document.activeElement !== this.input) return;
    const chosen = new Set(this.choice ? [this.choice.value] : []);
    this.list.fill(choices, {
      chosen,
      empty: this.remote ? "Nothing offered for this." : "Nothing fits.",
      first: this.eager || this.input.value !== "",
    });
    this.stale = false;
    this.popup.show();
    this.input.setAttribute("aria-expanded", "true");
    if (this.wantsFirst) this.list.pick(0);
    this.wantsFirst = false;
  }

  take(choice) {
    this.choice = choice;
    this.input.value = choice.name;
    this.asked += 1;
    this.popup.close();
    this.input.dispatchEvent(new Event("taken", { bubbles: true }));
  }

  #typed() {
    this.choice = null;
    this.asked += 1;
    this.stale = true;
    this.wantsFirst = false;
    this.list.moveTo(-1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.remote ? DEBOUNCE_MS : 0);
  }

  /** What was typed in full counts as chosen. */
  #left() {
    clearTimeout(this.timer);
    this.stale = false;
    this.wantsFirst = false;
    this.asked += 1;
    const typed = this.text.toLowerCase();
    const same = (this.list.choices ?? []).find(
      ({ name }) => name.toLowerCase().replace(/^[@#]/, "") === typed.replace(/^[@#]/, ""),
    );
    if (!this.choice && typed && same) this.choice = same;
    this.popup.close();
  }

  #moved(id) {
    if (id) this.input?.setAttribute("aria-activedescendant", id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.key === "Enter" && !event.ctrlKey && this.stale && this.text) this.wantsFirst = true;
    else if (!this.popup.open) {
      if (event.key === "ArrowDown") this.ask();
      return;
    } else if (!this.#listKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What a key does while the choices are shown; says whether it was one of theirs. */
  #listKey(event) {
    const ready = this.list.active >= 0 && !this.choice;
    if (event.key === "Escape") this.popup.close();
    else if (event.key === "Enter" && !event.ctrlKey && ready) this.list.pick();
    else if (event.key === "Tab") {
      if (ready && this.input.value) this.list.pick();
      return false;
    } else if (!["Home", "End"].includes(event.key) && this.list.key(event)) this.choice = null;
    else return false;
    return true;
  }
}
