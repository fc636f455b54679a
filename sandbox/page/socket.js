/** One line to the sandbox that comes back by itself when it is cut; says so by the events "up" and "down". */

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;

/** The sandbox said no: `message` is a sentence for people, `code` and `errors` are Discord's. */
export class Refused extends Error {
  constructor({ message, custom_message = "", code = 0, errors = null }) {
    super(custom_message || message || "The sandbox said no.");
    this.code = code;
    this.errors = errors;
  }
}

/** Frames out by `request`, frames in as events named by their `t` with the data as `detail`. */
export class Link extends EventTarget {
  constructor(personId) {
    super();
    this.personId = personId;
    this.waiting = new Map();
    this.lastId = 0;
    this.wait = FIRST_WAIT_MS;
    this.ended = false;
  }

  open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(
      `${scheme}//${location.host}/sandbox/socket?as=${encodeURIComponent(this.personId)}`,
    );
    this.socket.addEventListener("open", () => this.#opened());
    this.socket.addEventListener("message", (event) => this.#received(JSON.parse(event.data)));
    this.socket.addEventListener("close", () => this.#lost());
  }

  close() {
    this.ended = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  /** Resolves with the reply's data; rejects with `Refused`, also when there is no line. */
  request(op, d = {}) {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Refused({ message: "There is no line to the sandbox right now." }));
    }
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, op, d }));
    });
  }

  #opened() {
    this.wait = FIRST_WAIT_MS;
    this.#say("up");
  }

  #received({ id, t, d }) {
    if (t !== "REPLY" && t !== "ERROR") {
      this.#say(t, d);
      return;
    }
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (t === "REPLY") asked?.resolve(d);
    else asked?.reject(new Refused(d));
  }

  #lost() {
    for (const { reject } of this.waiting.values()) {
      reject(new Refused({ message: "The line to the sandbox was cut before it answered." }));
    }
    this.waiting.clear();
    if (this.ended) return;
    this.#say("down");
    this.timer = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 1.6, LONGEST_WAIT_MS);
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
