/** Where one writes: text to the channel, or "/" for the commands that this person may use here. */

import { CommandForm } from "./command-form.js";
import { fitting, slashCommands } from "./commands.js";
import { el, fill } from "./dom.js";
import { Listbox } from "./listbox.js";

const LONGEST = 2000;
const NEAR_LIMIT = 1800;

export class Composer {
  /** `send(text)`, `runCommand(entry, options)`, `request`, `upload` reach the sandbox; all give promises. */
  constructor({ world, send, runCommand, request, upload }) {
    Object.assign(this, { world, sendText: send, runCommand, request, upload });
    this.drafts = new Map();
    this.list = new Listbox({
      label: "Commands",
      onPick: (choice) => this.openForm(choice.entry),
      onMove: (id) => this.#moved(id),
    });
    this.palette = el("div", { class: "palette", hidden: true }, this.list.node);
    this.input = el("textarea", {
      class: "write",
      rows: "1",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#hide(),
    });
    this.counter = el("span", { class: "counter", role: "status" });
    this.button = el("button", { type: "submit", class: "btn primary" }, "Send");
    this.error = el("p", { class: "form-error", role: "alert" });
    this.line = el(
      "form",
      {
        class: "write-line",
        onsubmit: (event) => {
          event.preventDefault();
          this.#send();
        },
      },
      this.input,
      this.counter,
      this.button,
    );
    this.node = el("div", { class: "composer" }, this.palette, this.error, this.line);
  }

  /** Turns to another place; what was begun elsewhere waits there. */
  turnTo(place) {
    if (this.place) this.drafts.set(this.place.id, this.input.value);
    this.#backToText();
    this.place = place;
    this.input.disabled = !place.can_send;
    this.button.disabled = !place.can_send;
    const words = place.can_send ? `Message ${place.title}, or /` : "You cannot write here";
    this.input.placeholder = words;
    this.input.setAttribute(
      "aria-label",
      place.can_send ? `Message ${place.title}; a slash offers commands` : words,
    );
    this.input.value = this.drafts.get(place.id) ?? "";
    this.#typed();
    this.#hide();
  }

  focus() {
    (this.form ?? this.input).focus();
  }

  /** Opens the form of a command; one that a message links to by its id, or the chosen entry. */
  openForm(entry) {
    this.#hide();
    this.form = new CommandForm({
      entry,
      world: this.world,
      channelId: this.place.id,
      request: this.request,
      upload: this.upload,
      run: async (...what) => {
        await this.runCommand(...what);
        this.#backToText();
        this.#clear();
        this.input.focus();
      },
      close: () => {
        this.#backToText();
        this.input.focus();
      },
    });
    this.line.hidden = true;
    this.node.append(this.form.node);
    this.form.focus();
  }

  openNamed(name) {
    const entry = slashCommands(this.world, this.place.id).find((one) => one.name === name);
    if (!entry) return false;
    this.#backToText();
    this.openForm(entry);
    return true;
  }

  #backToText() {
    this.form?.node.remove();
    this.form = null;
    this.line.hidden = false;
  }

  #clear() {
    this.input.value = "";
    this.#typed();
  }

  #typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight + 2}px`;
    const length = [...this.input.value].length;
    this.counter.textContent = length > NEAR_LIMIT ? `${LONGEST - length}` : "";
    this.error.textContent = "";
    if (!/^\/[^\n]*$/.test(this.input.value) || !this.place) this.#hide();
    else this.#offer();
  }

  #offer() {
    const all = slashCommands(this.world, this.place.id);
    const found = fitting(all, this.input.value.slice(1));
    const choices = found.map((entry) => ({
      name: `/${entry.shown}`,
      lang: entry.shownLang,
      value: entry.name,
      note: entry.description,
      noteLang: entry.descriptionLang,
      entry,
    }));
    this.list.fill(choices, {
      empty: all.length
        ? "No command by that name. Enter sends it as text."
        : "There are no commands for you here.",
    });
    this.palette.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  /** The commands may have changed while they are shown; the one that was ready for Enter still is. */
  refresh() {
    if (this.palette.hidden) return;
    const ready = this.list.choices[this.list.active]?.value;
    this.#offer();
    const again = this.list.choices.findIndex(({ value }) => value === ready);
    if (again > 0) this.list.moveTo(again);
  }

  #hide() {
    this.palette.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#moved(null);
  }

  #moved(id) {
    if (id) this.input?.setAttribute("aria-activedescendant", id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (!this.palette.hidden && this.#paletteKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  #paletteKey(event) {
    if (event.key === "Escape") this.#hide();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
      if (!this.list.pick()) return false;
    } else if (["ArrowDown", "ArrowUp"].includes(event.key)) return this.list.key(event);
    else return false;
    event.preventDefault();
    return true;
  }

  async #send() {
    const text = this.input.value.trim();
    if (!text || !this.place.can_send) return;
    if ([...text].length > LONGEST) {
      fill(
        this.error,
        `This is ${[...text].length - LONGEST} characters over Discord's limit of ${LONGEST}. It is all still here to shorten.`,
      );
      return;
    }
    this.#clear();
    try {
      await this.sendText(text);
    } catch (problem) {
      this.input.value = text;
      this.#typed();
      fill(this.error, problem.message);
    }
  }
}
