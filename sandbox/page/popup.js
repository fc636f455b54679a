/** A panel beside what opened it, above or below as there is room and as it is wished, closed by a press elsewhere. */

import { el } from "./dom.js";

const GAP = 4;
const LEAST_HEIGHT = 120;
const MOST_HEIGHT = 340;
const VIEWS = [window, window.visualViewport]; // a phone's keyboard changes only the second

export class Popup {
  constructor(anchor, content, { onClose = () => {}, role, label, wide = true, up = false } = {}) {
    this.anchor = anchor;
    this.wide = wide;
    this.wishedUp = up;
    this.onClose = onClose;
    this.node = el("div", { class: "popup", role, "aria-label": label, hidden: true }, content);
    this.away = (event) => {
      if (!this.node.contains(event.target) && !this.anchor.contains(event.target)) this.close();
    };
    this.moved = (event) => {
      if (!this.node.contains(event.target)) this.place();
    };
  }

  get open() {
    return !this.node.hidden;
  }

  show() {
    if (this.open) {
      this.place();
      return;
    }
    this.node.hidden = false;
    this.place();
    document.addEventListener("pointerdown", this.away, true);
    addEventListener("scroll", this.moved, true);
    for (const view of VIEWS) view?.addEventListener("resize", this.moved);
  }

  close() {
    if (!this.open) return;
    this.node.hidden = true;
    document.removeEventListener("pointerdown", this.away, true);
    removeEventListener("scroll", this.moved, true);
    for (const view of VIEWS) view?.removeEventListener("resize", this.moved);
    this.onClose();
  }

  /** Upwards it begins above the label of a command's field, so that one still reads what is asked. */
  #roof(box) {
    return this.anchor.closest(".option")?.getBoundingClientRect().top ?? box.top;
  }

  /** Fixed to the window, so that no scrolling box around it can cut it off. */
  place() {
    const box = this.anchor.getBoundingClientRect();
    const { style } = this.node;
    style.maxHeight = `${MOST_HEIGHT}px`;
    const needed = this.node.offsetHeight;
    const { top, bottom } = seenPart();
    const roof = this.#roof(box);
    const below = bottom - box.bottom - GAP * 2;
    const above = roof - top - GAP * 2;
    const [first, second] = this.wishedUp ? [above, below] : [below, above];
    const up = (first < needed && second > first) !== this.wishedUp;
    style.maxHeight = `${Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, up ? above : below))}px`;
    style.top = up ? "auto" : `${box.bottom + GAP}px`;
    style.bottom = up ? `${innerHeight - roof + GAP}px` : "auto";
    if (this.wide) style.width = `${Math.min(Math.max(box.width, 220), innerWidth - 2 * GAP)}px`;
    style.left = `${Math.max(GAP, Math.min(box.left, innerWidth - this.node.offsetWidth - GAP))}px`;
  }
}

/** What is seen of the window: a phone's keyboard covers its lower part. */
function seenPart() {
  const seen = window.visualViewport;
  return seen ? { top: seen.offsetTop, bottom: seen.offsetTop + seen.height } : { top: 0, bottom: innerHeight };
}
