/** A form that a bot opened: it is checked in plain words, and what was typed stays until the bot has taken it. */

import { el, fill, freshId } from "./dom.js";
import { field } from "./fields.js";
import { markdown } from "./markdown.js";

const ROW = 1;
const TEXT = 10;
const LABEL = 18;

export class Modal {
  /** `submit(components, watch)` sends it; `upload(file)` gives a file's id. */
  constructor({ modal, botName, world, channelId, submit, upload, onClosed }) {
    Object.assign(this, { modal, botName, world, channelId, submit, upload, onClosed });
    this.fields = [];
    const title = freshId("title");
    this.error = el("p", { class: "form-error", role: "alert" });
    this.send = el("button", { type: "submit", class: "btn primary" }, "Submit");
    this.cancel = el(
      "button",
      { type: "button", class: "btn secondary", onclick: () => this.close() },
      "Cancel",
    );
    this.parts = el(
      "div",
      { class: "form-parts" },
      this.modal.components.map((component) => this.#part(component)),
    );
    this.form = this.#form(title);
    this.node = el(
      "dialog",
      {
        class: "modal",
        "aria-labelledby": title,
        oncancel: (event) => this.#escaped(event),
        onclose: () => this.node.remove(),
      },
      this.form,
    );
  }

  #form(title) {
    return el(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => this.#submitted(event),
        onkeydown: (event) => this.#key(event),
      },
      el(
        "header",
        {},
        el("h2", { id: title }, this.modal.title),
        el("p", { class: "quiet" }, `This form goes to ${this.botName}.`),
      ),
      this.parts,
      this.error,
      el("footer", {}, this.cancel, this.send),
    );
  }

  open() {
    this.opener = document.activeElement;
    document.body.append(this.node);
    this.node.showModal();
    (this.fields[0] ?? { focus: () => this.send.focus() }).focus();
    this.parts.scrollTop = 0; // what stands before the first field is read first
  }

  close() {
    this.node.close();
    if (this.opener?.isConnected) this.opener.focus();
    else this.onClosed?.();
  }

  #escaped(event) {
    event.preventDefault();
    if (!this.busy) this.close();
  }

  #part(component) {
    if (component.type === TEXT)
      return el("div", { class: "md form-text" }, markdown(component.content, this.world));
    if (component.type === ROW)
      return component.components.map((inner) =>
        this.#labelled(inner, {
          label: inner.label ?? inner.placeholder ?? "",
          wrap: (read) => ({ type: ROW, components: [read] }),
        }),
      );
    if (component.type === LABEL)
      return this.#labelled(component.component, {
        label: component.label,
        description: component.description,
        wrap: (read) => wrapped(component, read),
      });
    return el("p", { class: "quiet" }, `(A part of kind ${component.type} that this page does not show.)`);
  }

  #labelled(component, { label, description, wrap }) {
    const about = freshId("about");
    const wrong = el("p", { class: "field-error", id: freshId("wrong") });
    const described = `${description ? `${about} ` : ""}${wrong.id}`;
    const own = field(component, {
      label,
      world: this.world,
      channelId: this.channelId,
      describedBy: described,
    });
    if (!own)
      return el("p", { class: "quiet" }, `(A part of kind ${component.type} that this page does not show.)`);
    this.fields.push({ ...own, wrong, wrap });
    own.node.addEventListener("input", () => this.#mark(own, wrong, ""));
    const words = [label, own.required ? el("span", { class: "need", "aria-hidden": "true" }, " *") : null];
    const head = own.ownLabel ? null : el(own.id ? "label" : "p", { class: "label", for: own.id }, words);
    return el(
      "div",
      { class: "form-field" },
      head,
      description ? el("p", { class: "quiet", id: about }, description) : null,
      own.node,
      wrong,
    );
  }

  #mark(own, wrong, problem) {
    wrong.textContent = problem;
    if (problem) own.target.setAttribute("aria-invalid", "true");
    else own.target.removeAttribute("aria-invalid");
  }

  /** The first part that still needs something gets the focus. */
  #check() {
    let first = null;
    for (const own of this.fields) {
      const problem = own.problem();
      this.#mark(own, own.wrong, problem);
      if (problem) first ??= own;
    }
    first?.focus();
    return !first;
  }

  async #submitted(event) {
    event.preventDefault();
    if (this.busy || !this.#check()) return;
    this.#waiting(true);
    try {
      const read = await Promise.all(this.fields.map(async (own) => own.wrap(await own.read(this.upload))));
      await this.submit(read, (state, frame) => this.#answered(state, frame));
    } catch (problem) {
      this.#failed(problem.message);
    }
  }

  #answered(state, frame) {
    if (state === "failed") this.#failed(frame.reason);
    else if (this.node.open) this.close();
  }

  #failed(reason) {
    this.#waiting(false);
    fill(
      this.error,
      "This did not go through. What you wrote is still here; you can try again.",
      reason ? el("span", { class: "quiet" }, ` ${reason}`) : null,
    );
    this.send.focus();
  }

  #waiting(on) {
    this.busy = on;
    this.send.disabled = on;
    this.send.classList.toggle("busy", on);
    if (on) fill(this.error);
  }

  #key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    if (event.key === "Tab") keepInside(event, this.node);
  }
}

function wrapped(component, read) {
  return component.id === undefined
    ? { type: LABEL, component: read }
    : { type: LABEL, id: component.id, component: read };
}

/** Tab goes round within the form instead of out into the browser's own bars. */
function keepInside(event, dialog) {
  const all = [...dialog.querySelectorAll("button, input, textarea, select, a[href], [tabindex='0']")].filter(
    (node) => !node.disabled && node.offsetParent !== null,
  );
  const [first, last] = [all[0], all.at(-1)];
  if (event.shiftKey && document.activeElement === first) last.focus();
  else if (!event.shiftKey && document.activeElement === last) first.focus();
  else return;
  event.preventDefault();
}
