/** One person's chat: joins the line to the sandbox with the sidebar, the messages, the composer and the forms. */

import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { Hands } from "./hands.js";
import { Interactions } from "./interactions.js";
import { LanguagePicker } from "./language.js";
import { Log } from "./log.js";
import { Modal } from "./modal.js";
import { Shell } from "./shell.js";
import { Sidebar } from "./sidebar.js";
import { Link } from "./socket.js";
import { setPresent } from "./times.js";
import { nameOf, World } from "./world.js";

const SOON_MS = 80;
const isTouched = () => matchMedia("(pointer: coarse)").matches;

export class Chat {
  constructor({ personId, channelId, messageId, theme, tour, onLeave }) {
    Object.assign(this, { personId, channelId, messageId, tour, onLeave });
    this.world = new World();
    this.link = new Link(personId);
    const request = (op, d) => this.link.request(op, d);
    this.request = request;
    this.interactions = new Interactions({ request, onModal: (id, modal) => this.#showModal(id, modal) });
    this.hands = new Hands({
      world: this.world,
      request,
      interactions: this.interactions,
      here: () => this.channelId,
      log: () => this.log,
    });
    this.log = new Log({
      world: this.world,
      hands: this.hands.forMessages(),
      older: (before) => this.#messages(before),
    });
    this.composer = new Composer({
      world: this.world,
      request,
      upload: (file) => this.hands.upload(file),
      send: (content) => this.#send(content),
      runCommand: (entry, options) => this.hands.run(entry, options),
    });
    this.language = new LanguagePicker({ world: this.world, speak: (locale) => this.#speak(locale) });
    this.sidebar = new Sidebar({
      world: this.world,
      themeButton: theme,
      languageNode: this.language.node,
      tourButton: tour.begin,
      switchPerson: onLeave,
      open: (id) => this.#go(id),
      openDm: (id) => this.#openDm(id),
    });
    this.shell = new Shell({ sidebar: this.sidebar, log: this.log, composer: this.composer });
    this.node = this.shell.node;
    this.node.addEventListener("click", (event) => this.#clicked(event));
    this.#listen();
  }

  start() {
    this.shell.banner("waiting", "Opening the line to the sandbox…");
    this.link.open();
  }

  end() {
    clearTimeout(this.learning);
    this.link.close();
    this.hands.end();
  }

  /** Turns to a channel that this person sees, and to a message of it; to the first one where none is named or visible. */
  async open(channelId, messageId) {
    const place = this.world.place(channelId) ?? this.world.place(this.world.firstPlace());
    if (!this.world.me || !place) return;
    const shown = place.id === this.channelId && this.log.place;
    this.channelId = place.id;
    if (shown) {
      if (messageId) await this.#reveal(place, messageId);
      return;
    }
    this.sidebar.read(place.id);
    this.sidebar.draw(place.id);
    this.shell.turnTo(place);
    this.shell.drawer(false);
    this.composer.turnTo(place);
    await this.#reload(place, messageId);
    if (messageId) await this.#reveal(place, messageId);
    else if (!this.tour.isInHand && !document.querySelector("dialog[open]") && !isTouched())
      this.composer.focus();
  }

  /** Scrolls to a message and lights it up for a moment; asks for it where it lies further back. */
  async #reveal(place, messageId) {
    const focus = !this.tour.isInHand;
    if (this.log.reveal(messageId, { focus })) return;
    await this.#reload(place, messageId);
    if (this.channelId !== place.id || this.log.reveal(messageId, { focus })) return;
    this.#noteFailed("That message is not here any more, or it was for somebody else alone.");
  }

  #listen() {
    const on = (type, heard) => this.link.addEventListener(type, ({ detail }) => heard(detail));
    on("up", () => this.#greet());
    on("down", () => {
      this.interactions.lost();
      this.shell.banner("waiting", "The line to the sandbox was cut. It comes back by itself.");
    });
    on("MESSAGE_CREATE", (message) => this.#arrived(message));
    on("MESSAGE_UPDATE", (message) => this.#here(message) && this.log.update(message));
    on("MESSAGE_DELETE", (message) => this.#here(message) && this.log.remove(message.id));
    on("INTERACTION", (frame) => this.interactions.heard(frame));
    on("TIME", ({ now }) => setPresent(now));
    on("WORLD", () => this.#learnSoon());
    on("BOT", ({ online }) => this.#botIs(online));
  }

  /** After every (re)connection: the world anew, and the messages that were missed. */
  async #greet() {
    try {
      await Promise.all([this.#learn(), this.tour.load()]);
    } catch (problem) {
      this.shell.banner("waiting", problem.message);
      return;
    }
    this.shell.banner("waiting", null);
    if (this.log.place)
      await this.#reload(this.world.place(this.channelId) ?? this.world.place(this.world.firstPlace()));
    else {
      const seen = this.world.place(this.channelId);
      await this.#go(seen ? this.channelId : this.world.firstPlace(), {
        message: seen && this.messageId,
        quietly: true,
      });
    }
  }

  /** Changes come in flocks (a bot that starts registers all its commands): one question answers them all. */
  #learnSoon() {
    clearTimeout(this.learning);
    this.learning = setTimeout(() => this.#learn().catch(() => {}), SOON_MS);
  }

  async #learn() {
    const before = this.world.names;
    this.world.take(await this.request("hello"));
    if (this.world.bot_online !== undefined) this.#botIs(this.world.bot_online);
    this.language.draw();
    this.sidebar.draw(this.channelId);
    this.composer.refresh();
    if (!this.log.place) return;
    if (before !== this.world.names) this.log.refresh();
    const place = this.world.place(this.channelId);
    if (place) this.shell.turnTo(place);
    else await this.#go(this.world.firstPlace());
  }

  /** The newest messages; where `since` names an older one, all from there on. */
  async #reload(place, since) {
    try {
      const { messages } = await this.request("messages", { channel_id: place.id, since });
      if (this.channelId === place.id) this.log.show(place, messages);
      this.shell.banner("trouble", null);
    } catch (problem) {
      this.shell.banner("trouble", problem.message);
    }
  }

  async #messages(before) {
    return (await this.request("messages", { channel_id: this.channelId, before })).messages;
  }

  #go(channelId, { message, quietly = false } = {}) {
    if (!channelId) {
      this.shell.banner("empty", "There is no channel that you can see yet.");
      return this.open();
    }
    this.shell.banner("empty", null);
    const hash = `#as=${this.personId}&channel=${channelId}${message ? `&message=${message}` : ""}`;
    if (quietly) history.replaceState(null, "", hash);
    else if (location.hash !== hash) history.pushState(null, "", hash);
    this.tour.draw();
    return this.open(channelId, message);
  }

  async #openDm(userId) {
    try {
      const { channel_id: id } = await this.request("open_dm", { user_id: userId });
      await this.#learn();
      await this.#go(id);
    } catch (problem) {
      this.#noteFailed(problem.message);
    }
  }

  /** The sandbox tells every page of it, this one too. */
  async #speak(locale) {
    try {
      await this.request("speak", { locale });
    } catch (problem) {
      this.language.draw();
      this.#noteFailed(problem.message);
    }
  }

  #noteFailed(words) {
    this.log.note(el("p", { class: "failed" }, words));
  }

  async #send(content) {
    const { message } = await this.request("send", { channel_id: this.channelId, content });
    if (message && this.#here(message)) this.log.add(message);
  }

  #here(message) {
    return message.channel_id === this.channelId;
  }

  #arrived(message) {
    if (this.#here(message)) this.log.add(message);
    else if (message.author.id !== this.personId) {
      this.sidebar.mark(message.channel_id);
      if (!this.world.place(message.channel_id)) this.#learnSoon();
    }
  }

  #botIs(online) {
    const names = this.world.bots.map(nameOf).join(", ") || "Trellis";
    this.shell.banner("offline", online ? null : `${names} is not running; what you press will fail.`);
  }

  #showModal(interactionId, modal) {
    const bot = this.world.bots[0];
    new Modal({
      modal,
      botName: bot ? nameOf(bot) : "the bot",
      world: this.world,
      channelId: this.channelId,
      upload: (file) => this.hands.upload(file),
      onClosed: () => this.composer.focus(),
      submit: (components, watch) => this.hands.submit({ interactionId, modal, components, watch }),
    }).open();
  }

  /** Links inside messages: a channel's name turns there, a command's name opens its form. */
  #clicked(event) {
    const channel = event.target.closest("[data-channel]");
    const command = event.target.closest("[data-command]");
    if (channel) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(channel.dataset.channel, { message: channel.dataset.message });
    } else if (command && !this.composer.openNamed(command.dataset.command))
      this.#noteFailed(`/${command.dataset.command} is not a command that you can use here.`);
  }
}
