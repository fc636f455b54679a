/** The form of one slash command: required options first, Enter runs it, and nothing typed is lost where it is refused. */

import { tree } from "./commands.js";
import { el } from "./dom.js";
import { optionField } from "./options.js";

export class CommandForm {
  /** `run(entry, options)` resolves once the sandbox has taken it; `close()` puts the text field back. */
  constructor({ entry, world, channelId, request, upload, run, close }) {
    Object.assign(this, { entry, channelId, request, upload, run, close });
    const scene = { world, channelId, autocomplete: (option, text) => this.#autocomplete(option, text) };
    this.fields = entry.options.map((option) => optionField(option, scene));
    this.error = el("p", { class: "form-error", role: "alert" });
    this.send = el("button", { type: "submit", class: "btn primary" }, "Run");
    this.node = el(
      "form",
      {
        class: "command-form",
        novalidate: true,
        "aria-label": `Command /${entry.shown}`,
        onsubmit: (event) => this.#submitted(event),
        onkeydown: (event) => this.#key(event),
      },
      el(
        "header",
        {},
        el("strong", { lang: entry.shownLang }, `/${entry.shown}`),
        el("span", { class: "quiet", lang: entry.descriptionLang }, entry.description),
      ),
      el(
        "div",
        { class: "options" },
        this.fields.map(({ node }) => node),
      ),
      this.error,
      el(
        "footer",
        {},
        el("button", { type: "button", class: "btn secondary", onclick: close }, "Cancel"),
        this.send,
        el("span", { class: "quiet hint" }, "Enter runs it, Escape goes back"),
      ),
    );
  }

  focus() {
    (this.fields[0]?.input ?? this.send).focus();
  }

  async #autocomplete(option, text) {
    const options = this.fields
      .filter((own) => own.option !== option && !own.empty() && own.draft() !== undefined)
      .map((own) => ({ name: own.option.name, type: own.option.type, value: own.draft() }));
    const focused = { name: option.name, type: option.type, value: text, focused: true };
    const asked = {
      channel_id: this.channelId,
      command_id: this.entry.command.id,
      options: tree(this.entry, [...options, focused]),
    };
    return (await this.request("autocomplete", asked)).choices;
  }

  #check() {
    let first = null;
    for (const own of this.fields) {
      const problem = own.problem();
      own.mark(problem);
      if (problem) first ??= own;
    }
    first?.input.focus();
    return !first;
  }

  async #submitted(event) {
    event.preventDefault();
    if (this.send.disabled || !this.#check()) return;
    this.send.disabled = true;
    this.error.textContent = "";
    try {
      await this.run(this.entry, tree(this.entry, await this.#read()));
    } catch (problem) {
      this.error.textContent = problem.message;
      this.send.disabled = false;
    }
  }

  async #read() {
    const filled = this.fields.filter((own) => !own.empty());
    return Promise.all(
      filled.map(async (own) => ({
        name: own.option.name,
        type: own.option.type,
        value: await own.read(this.upload),
      })),
    );
  }

  #key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && event.target.matches("select")) {
      event.preventDefault();
      this.node.requestSubmit();
    }
  }
}
