/** "Who are you?": everyone of this small world, to be chosen. */

import { el, fill } from "./dom.js";
import { avatar } from "./message.js";
import { nameOf } from "./world.js";

const RETRY_MS = 1500;

export class Chooser {
  constructor({ world, tour, onChoose }) {
    Object.assign(this, { world, tour, onChoose });
    this.body = el("div", { class: "people" });
    this.node = el(
      "main",
      { class: "chooser" },
      el("h1", {}, "Who are you?"),
      el(
        "p",
        { class: "quiet lead" },
        "This is a small world on your own machine, to try Trellis in. Choose a person; you can be someone else at any time. Nothing here goes to Discord.",
      ),
      tour.begin,
      this.body,
    );
  }

  async load() {
    clearTimeout(this.timer);
    try {
      const answer = await fetch("/sandbox/people", { cache: "no-store" });
      const people = await answer.json();
      this.world.take({ people });
      await this.tour.load();
      fill(
        this.body,
        people.length
          ? el(
              "ul",
              {},
              people.map((person) => this.#card(person)),
            )
          : el("p", {}, "Nobody lives here yet. People appear as soon as the demo has made them."),
      );
      if (!people.length) this.#again();
    } catch {
      fill(
        this.body,
        el("p", { role: "status" }, "The sandbox does not answer yet. This page keeps asking."),
      );
      this.#again();
    }
  }

  #again() {
    this.timer = setTimeout(() => {
      if (this.node.isConnected) this.load();
    }, RETRY_MS);
  }

  #card(person) {
    const roles = (person.roles ?? []).filter((role) => role !== "@everyone");
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "person",
          data: { person: person.id },
          onclick: () => this.onChoose(person.id),
        },
        avatar(person, this.world),
        el(
          "span",
          { class: "person-words" },
          el("strong", {}, nameOf(person)),
          el("span", { class: "quiet" }, roles.join(", ")),
          person.scripted ? el("span", { class: "quiet scripted" }, "played by a script") : null,
        ),
      ),
    );
  }
}
