/** What a person can do to messages and commands, with what is shown while the bot has not answered. */

import { el } from "./dom.js";
import { langOf, named } from "./language.js";
import { kebab } from "./menu.js";
import { thinking } from "./message.js";
import { COMMAND_KIND, nameOf } from "./world.js";

const NOTE_MS = 12000;
const SLOW_MS = 400;
const FAILED = "This interaction failed";
const SILENT = "The application did not respond";

export class Hands {
  constructor({ world, request, interactions, here, log }) {
    Object.assign(this, { world, request, interactions, here, log });
    this.timers = new Set();
  }

  end() {
    for (const timer of this.timers) clearTimeout(timer);
  }

  forMessages() {
    return {
      press: (message, component, node, values) => this.press(message, component, node, values),
      dismiss: (message) =>
        this.#quietly(() =>
          this.request("dismiss", { message_id: message.id }).then(() => this.log().remove(message.id)),
        ),
      menu: (message) => kebab(message, () => this.#menu(message)),
    };
  }

  /**
   * A press shows a spinner in its button until the bot has answered. Where the bot only takes note of it
   * for now (the frame names the message), Discord shows nothing further.
   */
  async press(message, component, node, values) {
    if (node.getAttribute("aria-busy") === "true") return;
    busy(node, true);
    const pressed = {
      channel_id: message.channel_id,
      message_id: message.id,
      custom_id: component.custom_id,
      component_type: component.type,
    };
    const waiting = this.#waiting(message.author);
    const watch = (state, frame) => {
      if (state !== "thinking") waiting.end();
      else if (!frame.message_id) waiting.show();
      busy(node, false);
      if (state === "failed") this.#failedAt(message, frame.reason);
    };
    try {
      await this.interactions.start("component", values ? { ...pressed, values } : pressed, watch);
    } catch (problem) {
      busy(node, false);
      this.#failedAt(message, problem.message);
    }
  }

  /** Rejects where the sandbox refuses it, so that the form stays with what was typed. */
  async run(entry, options) {
    await this.#command({ channel_id: this.here(), command_id: entry.command.id, options }, entry.shown);
  }

  async #command(d, name) {
    const waiting = this.#waiting(this.#botOf(d.command_id), SLOW_MS);
    const watch = (state, frame) => {
      if (state === "thinking") waiting.show();
      else waiting.end();
      if (state === "failed") this.#note(`/${name}: ${SILENT}.`, frame.reason);
    };
    try {
      await this.interactions.start("command", d, watch);
    } catch (problem) {
      waiting.end();
      throw problem;
    }
  }

  /** The "thinking…" line: after `ms`, or as soon as the bot says that it thinks. */
  #waiting(bot, ms) {
    let clear = null;
    const show = () => {
      clear ??= this.log().note(thinking(bot));
    };
    const timer = ms === undefined ? undefined : this.#later(show, ms);
    const end = () => {
      clearTimeout(timer);
      clear?.();
    };
    return { show, end };
  }

  #botOf(commandId) {
    const command = this.world.commands.find(({ id }) => id === commandId);
    const application = command?.application?.id ?? command?.application_id;
    return this.world.bots.find(({ id }) => id === application) ?? this.world.bots[0] ?? { name: "The bot" };
  }

  /** A form's way in; `watch` hears what became of it. */
  async submit({ interactionId, modal, components, watch }) {
    const waiting = this.#waiting(this.world.bots[0] ?? { name: "The bot" });
    let thought = false;
    const d = { interaction_id: interactionId, custom_id: modal.custom_id, components };
    await this.interactions.start("modal_submit", d, (state, frame) => {
      if (state === "thinking") waiting.show();
      else waiting.end();
      if (thought && state === "failed") this.#note(FAILED, frame.reason);
      thought = state === "thinking";
      watch(state, frame);
    });
  }

  /** Gives the id of a file that a command or a form takes along. */
  async upload(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    const { id } = await this.request("upload", {
      name: file.name,
      content_type: file.type || "application/octet-stream",
      data: btoa(text),
    });
    return id;
  }

  #menu(message) {
    const apps = this.world.commandsIn(message.channel_id, COMMAND_KIND.message).map((command) => ({
      name: named(command),
      lang: langOf(command, "name", this.world),
      note: command.application?.name,
      heading: "Apps",
      run: () =>
        this.#quietly(() =>
          this.#command(
            { channel_id: message.channel_id, command_id: command.id, options: [], target_id: message.id },
            named(command),
          ),
        ),
    }));
    apps.slice(1).forEach((item) => {
      delete item.heading;
    });
    if (message.author.id !== this.world.me.id) return apps;
    return [
      ...apps,
      {
        name: "Delete message",
        run: () =>
          this.#quietly(() =>
            this.request("delete", { channel_id: message.channel_id, message_id: message.id }),
          ),
      },
    ];
  }

  async #quietly(act) {
    try {
      await act();
    } catch (problem) {
      this.#note(problem.message);
    }
  }

  #failedAt(message, reason) {
    const row = this.log().rows.get(message.id);
    if (!row) {
      this.#note(FAILED, reason);
      return;
    }
    row.querySelector(".failed")?.remove();
    row.querySelector(".content")?.append(failedLine(FAILED, reason, "alert"));
  }

  #note(words, reason) {
    const clear = this.log().note(failedLine(words, reason));
    this.#later(clear, NOTE_MS);
  }

  #later(act, ms) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
    return timer;
  }
}

function failedLine(words, reason, role) {
  const why = reason ? el("span", { class: "quiet" }, ` · ${reason}`) : null;
  return el("p", { class: "failed", role }, words, why);
}

function busy(node, on) {
  node.classList.toggle("busy", on);
  if (on) node.setAttribute("aria-busy", "true");
  else node.removeAttribute("aria-busy");
}
