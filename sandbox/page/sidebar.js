/** The servers, channels and direct messages that this person sees, and who they are. */

import { el, fill, icon } from "./dom.js";
import { avatar } from "./message.js";
import { timestamp } from "./times.js";
import { nameOf } from "./world.js";

const VOICE = 2;

/** What a server announces; there is nothing to press. */
function event({ name, start }) {
  return el("li", { class: "event" }, el("strong", {}, name), " ", timestamp(start, "f"));
}

export class Sidebar {
  /** `open(channelId)`, `openDm(userId)`, `switchPerson()` do what the buttons say. */
  constructor({ world, open, openDm, switchPerson, themeButton, languageNode, tourButton }) {
    Object.assign(this, { world, open, openDm, switchPerson, themeButton });
    this.unread = new Set();
    this.places = el("nav", { class: "places", "aria-label": "Channels and direct messages" });
    this.me = el("div", { class: "me" });
    this.node = el(
      "aside",
      { class: "sidebar", id: "sidebar", "aria-label": "Where you are" },
      el("p", { class: "brand" }, "Trellis ", el("span", { class: "quiet" }, "sandbox")),
      this.places,
      tourButton,
      this.me,
      languageNode,
    );
  }

  draw(current) {
    this.current = current;
    fill(
      this.places,
      this.world.guilds.map((guild) => [
        this.#section(
          guild.name,
          guild.channels
            .filter((channel) => channel.type !== VOICE)
            .map((channel) => this.#channel(channel, this.#threads(guild, channel))),
        ),
        guild.events.length ? this.#section("Events", guild.events.map(event)) : null,
      ]),
      this.#section("Direct messages", [...this.world.dms.map((dm) => this.#dm(dm)), ...this.#bots()]),
    );
    fill(
      this.me,
      avatar(this.world.me, this.world),
      el(
        "div",
        { class: "me-words" },
        el("strong", {}, nameOf(this.world.me)),
        el("button", { type: "button", class: "plain", onclick: this.switchPerson }, "Be someone else"),
      ),
      this.themeButton,
    );
  }

  mark(channelId) {
    this.unread.add(channelId);
    this.draw(this.current);
  }

  read(channelId) {
    this.unread.delete(channelId);
  }

  #section(name, rows) {
    return el(
      "section",
      {},
      el("h2", {}, name),
      rows.length ? el("ul", {}, rows) : el("p", { class: "quiet empty" }, "Nothing here yet."),
    );
  }

  #row(id, words, onclick, label, beneath) {
    const here = id !== undefined && id === this.current;
    const dot = this.unread.has(id) && !here;
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: `place${dot ? " unread" : ""}`,
          "aria-current": here ? "page" : undefined,
          "aria-label": `${label}${dot ? ", unread" : ""}`,
          data: { place: id ?? "" },
          onclick,
        },
        words,
        dot ? el("span", { class: "dot", "aria-hidden": "true" }) : null,
      ),
      beneath?.length ? el("ul", { class: "threads" }, beneath) : null,
    );
  }

  /** Those beneath a channel that this person is in; an archived one is gone from here until someone writes. */
  #threads(guild, channel) {
    return guild.threads
      .filter(({ parent_id: parent, joined, archived }) => parent === channel.id && joined && !archived)
      .map((thread) =>
        this.#row(
          thread.id,
          [icon("thread"), el("span", { class: "place-name" }, thread.name)],
          () => this.open(thread.id),
          `${thread.private ? "private thread" : "thread"} ${thread.name}`,
        ),
      );
  }

  #channel(channel, threads) {
    const sign = channel.private ? icon("lock") : el("span", { class: "hash", "aria-hidden": "true" }, "#");
    const words = [
      sign,
      el("span", { class: "place-name" }, channel.name),
      channel.private ? el("span", { class: "quiet private" }, "private") : null,
    ];
    return this.#row(
      channel.id,
      words,
      () => this.open(channel.id),
      `${channel.name}, channel${channel.private ? ", private" : ""}`,
      threads,
    );
  }

  #dm(dm) {
    const name = nameOf(dm.recipient);
    return this.#row(
      dm.id,
      [avatar(dm.recipient, this.world), el("span", { class: "place-name" }, name)],
      () => this.open(dm.id),
      `${name}, direct message`,
    );
  }

  /** A bot that was not written to yet can be. */
  #bots() {
    const known = new Set(this.world.dms.map((dm) => dm.recipient.id));
    return this.world.bots
      .filter((bot) => !known.has(bot.id))
      .map((bot) =>
        this.#row(
          undefined,
          [avatar(bot, this.world), el("span", { class: "place-name" }, nameOf(bot))],
          () => this.openDm(bot.id),
          `Write to ${nameOf(bot)}`,
        ),
      );
  }
}
