/** A list of choices that the keyboard walks through; the focus stays with whoever owns it (aria-activedescendant). */

import { el, fill, freshId } from "./dom.js";

/** A choice is `{name, value, note?, mark?, lang?, noteLang?}`; `onPick(choice)` hears what was taken. */
export class Listbox {
  constructor({ label, multi = false, onPick, onMove = () => {} }) {
    this.id = freshId("list");
    this.multi = multi;
    this.onPick = onPick;
    this.onMove = onMove;
    this.choices = [];
    this.active = -1;
    this.node = el("div", {
      id: this.id,
      class: "listbox",
      role: "listbox",
      "aria-label": label,
      "aria-multiselectable": multi ? "true" : undefined,
    });
  }

  /** Shows `choices`; `chosen` is a set of values, `empty` the words for none. */
  fill(choices, { chosen = new Set(), empty = "Nothing fits.", first = true } = {}) {
    this.choices = choices;
    this.rows = choices.map((choice, index) => this.#row(choice, index, chosen.has(choice.value)));
    fill(
      this.node,
      this.rows.length ? this.rows : el("p", { class: "quiet empty", role: "presentation" }, empty),
    );
    const start = choices.findIndex(({ value }) => chosen.has(value));
    this.moveTo(choices.length && first ? Math.max(start, 0) : -1);
  }

  #row(choice, index, chosen) {
    const words = el(
      "span",
      { class: "choice-words" },
      el("span", { class: "choice-name", lang: choice.lang }, choice.name),
      choice.note ? el("span", { class: "quiet choice-note", lang: choice.noteLang }, choice.note) : null,
    );
    return el(
      "div",
      {
        id: `${this.id}-${index}`,
        role: "option",
        class: "choice",
        "aria-selected": String(chosen),
        data: { value: choice.value },
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.pick(index),
        onmousemove: () => {
          if (this.active !== index) this.moveTo(index, false);
        },
      },
      choice.mark ? el("span", { class: "choice-mark", "aria-hidden": "true" }, choice.mark) : null,
      words,
    );
  }

  mark(chosen) {
    this.rows.forEach((row, index) =>
      row.setAttribute("aria-selected", String(chosen.has(this.choices[index].value))),
    );
  }

  moveTo(index, scroll = true) {
    this.rows?.[this.active]?.classList.remove("active");
    this.active = index;
    const row = this.rows?.[index];
    row?.classList.add("active");
    if (scroll) row?.scrollIntoView({ block: "nearest" });
    this.onMove(row?.id);
  }

  pick(index = this.active) {
    const choice = this.choices[index];
    if (choice) this.onPick(choice);
    return Boolean(choice);
  }

  /** Arrow keys, Home and End; says whether the key was one of its own. */
  key(event) {
    const last = this.choices.length - 1;
    const to = {
      ArrowDown: this.active >= last ? 0 : this.active + 1,
      ArrowUp: this.active <= 0 ? last : this.active - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || last < 0) return false;
    event.preventDefault();
    this.moveTo(to);
    return true;
  }
}
