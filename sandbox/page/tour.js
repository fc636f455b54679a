/** The guided tour, where this world has one: a bar above everything that leads from stop to stop. */

import { el, fill, icon } from "./dom.js";

const KEY = "trellis-tour"; // the stop where one is, in this tab; "" while the tour is put away

export class Tour {
  constructor() {
    this.stops = [];
    this.at = null;
    this.node = el("aside", { class: "tour", "aria-label": "Guided tour", hidden: true });
    this.begin = button("", "tour-begin", () => this.#turn(0));
    this.count = el("p", { class: "quiet tour-count" });
    this.title = el("h2", {});
    this.words = el("p", { class: "tour-words" });
    this.there = el("p", { class: "quiet tour-there" });
    this.back = button("Back", "tour-back", () => this.#turn(this.at - 1));
    this.next = button("Next", "tour-next", () => this.#turn(this.at + 1));
    fill(this.node, this.#told(), this.#buttons());
  }

  /** Asks for the stops; a world has none before whoever laid it is done. */
  async load() {
    try {
      const answer = await fetch("/sandbox/tour", { cache: "no-store" });
      this.stops = await answer.json();
    } catch {
      this.stops = [];
    }
    const kept = Number.parseInt(sessionStorage.getItem(KEY), 10);
    this.at = this.stops[kept] ? kept : null;
    this.draw();
  }

  /** As the address stands now: the bar, or `begin`, the button that stands in its stead elsewhere. */
  draw() {
    const stop = this.stops[this.at];
    this.node.hidden = !stop;
    this.begin.hidden = stop || !this.stops.length;
    this.begin.textContent = `Take the tour: ${this.stops.length} stops`;
    if (!stop) return;
    say(this.count, `Stop ${this.at + 1} of ${this.stops.length}`);
    say(this.title, stop.title);
    say(this.words, stop.words);
    this.back.disabled = this.at === 0;
    this.next.textContent = this.at === this.stops.length - 1 ? "End the tour" : "Next";
    fill(this.there, this.#isHere(stop) ? `You are ${stop.name}, in ${stop.place}.` : this.#way(stop));
  }

  #told() {
    return el(
      "div",
      { class: "tour-told" },
      el("div", { role: "status" }, this.count, this.title, this.words),
      this.there,
    );
  }

  #buttons() {
    const close = el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Put the tour away", onclick: () => this.#end() },
      icon("close"),
    );
    return el("div", { class: "tour-buttons" }, this.back, this.next, close);
  }

  #turn(to) {
    if (!this.stops[to]) {
      this.#end();
      return;
    }
    this.at = to;
    sessionStorage.setItem(KEY, String(to));
    location.hash = addressOf(this.stops[to]);
    this.draw();
    if (document.activeElement.disabled || !this.isInHand) this.next.focus();
  }

  #end() {
    this.at = null;
    sessionStorage.setItem(KEY, "");
    this.draw();
    this.begin.focus();
  }

  /** Whether the reader's keys are in the bar: then nothing else takes them. */
  get isInHand() {
    return this.node.contains(document.activeElement);
  }

  #isHere(stop) {
    const { as, channel } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    return as === stop.as && channel === stop.channel;
  }

  #way(stop) {
    return el("a", { href: `#${addressOf(stop)}` }, `Be ${stop.name}, in ${stop.place}`);
  }
}

function addressOf({ as, channel, message }) {
  return `as=${as}&channel=${channel}${message ? `&message=${message}` : ""}`;
}

/** Only what has changed: the same words put in anew would be read out once more. */
function say(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

function button(words, look, onclick) {
  return el("button", { type: "button", class: look, onclick }, words);
}
