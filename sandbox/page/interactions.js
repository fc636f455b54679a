/** Follows each interaction from the press to its answer: waiting, thinking, a form, done, or failed. */

/** An INTERACTION frame can overtake the reply that names its id, so the last ones are kept for a while. */
const KEPT_EARLY = 20;

export class Interactions {
  /** `request(op, d)` asks the sandbox; `onModal(interactionId, modal)` shows a form. */
  constructor({ request, onModal }) {
    this.request = request;
    this.onModal = onModal;
    this.pending = new Map();
    this.early = new Map();
  }

  /**
   * Starts one; `watch(state, frame)` hears "thinking", "answered", "modal" or "failed".
   * Rejects with `Refused` where the sandbox does not even pass it on.
   */
  async start(op, d, watch) {
    const { interaction_id: id } = await this.request(op, d);
    this.pending.set(id, watch);
    for (const frame of this.early.get(id) ?? []) this.heard(frame);
    this.early.delete(id);
    return id;
  }

  /** Takes an INTERACTION frame. */
  heard(frame) {
    const watch = this.pending.get(frame.interaction_id);
    if (!watch) {
      this.#keep(frame);
      return;
    }
    if (frame.state !== "thinking") this.pending.delete(frame.interaction_id);
    watch(frame.state, frame);
    if (frame.state === "modal") this.onModal(frame.interaction_id, frame.modal);
  }

  /** The line was cut: nobody will hear how these went. */
  lost() {
    const all = [...this.pending.entries()];
    this.pending.clear();
    for (const [id, watch] of all) {
      watch("failed", {
        interaction_id: id,
        state: "failed",
        reason: "The line to the sandbox was cut before the answer came.",
      });
    }
  }

  #keep(frame) {
    const frames = this.early.get(frame.interaction_id) ?? [];
    this.early.set(frame.interaction_id, [...frames, frame]);
    if (this.early.size > KEPT_EARLY) this.early.delete(this.early.keys().next().value);
  }
}
