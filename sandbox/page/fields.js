/** The parts of a form: each shows itself, reads itself in Discord's shape and says in plain words what it still needs. */

import { choicesOf, chosenIn, isSearched, SELECTS } from "./choices.js";
import { el, freshId } from "./dom.js";
import { Picker } from "./picker.js";

const TYPE = { text: 4, file: 19, radio: 21, boxes: 22, box: 23 };
const PARAGRAPH = 2;
const LONGEST = 4000;

/** A field is `{component, node, focus(), read(), problem(), labels}`; `read` gives Discord's submit shape. */
export function field(component, { label, world, channelId, describedBy }) {
  const context = {
    component,
    label,
    world,
    channelId,
    describedBy,
    required: component.required ?? component.type !== TYPE.box,
  };
  if (component.type === TYPE.text) return textField(context);
  if (SELECTS.has(component.type)) return selectField(context);
  if (component.type === TYPE.radio) return radioField(context);
  if (component.type === TYPE.boxes) return boxesField(context);
  if (component.type === TYPE.box) return boxField(context);
  if (component.type === TYPE.file) return fileField(context);
  return null;
}

function named(component, rest) {
  const base = { type: component.type, custom_id: component.custom_id };
  return component.id === undefined ? { ...base, ...rest } : { ...base, id: component.id, ...rest };
}

function textField({ component, required, describedBy }) {
  const most = component.max_length ?? LONGEST;
  const id = freshId("text");
  const counter = el("span", { class: "counter quiet", "aria-hidden": "true" });
  const count = () => {
    counter.textContent = `${[...input.value].length} / ${most}`;
  };
  const shape = {
    id,
    value: component.value ?? "",
    placeholder: component.placeholder,
    "aria-describedby": describedBy,
    "aria-required": required ? "true" : undefined,
    oninput: count,
  };
  const input =
    component.style === PARAGRAPH
      ? el("textarea", { ...shape, rows: "4" })
      : el("input", { ...shape, type: "text" });
  count();
  return {
    component,
    id,
    required,
    node: el("div", { class: "text-field" }, input, counter),
    target: input,
    focus: () => input.focus(),
    problem: () => textProblem([...input.value].length, component, required),
    read: async () => named(component, { value: input.value }),
  };
}

function textProblem(length, { min_length: least = 0, max_length: most = LONGEST }, required) {
  if (!length) return required ? "Please write something here." : "";
  if (length < least) return `A little more, please: ${least} characters are needed, this has ${length}.`;
  return length > most
    ? `This is ${length - most} characters over the limit of ${most}. It is all still here to shorten.`
    : "";
}

function bounds(component, required) {
  return { min: required ? (component.min_values ?? 1) : 0, max: component.max_values ?? 1 };
}

function countProblem(count, { min, max }, required) {
  if (count === 0 && !required) return "";
  if (count < min) return min === 1 ? "Please choose one." : `Please choose ${min} or more.`;
  return count > max ? `That is ${count}; at most ${max} fit here.` : "";
}

function selectField({ component, label, world, channelId, required, describedBy }) {
  const range = bounds(component, required);
  const picker = new Picker({
    label,
    placeholder: component.placeholder || "Choose",
    source: () => choicesOf(component, world, channelId),
    chosen: chosenIn(component),
    ...range,
    disabled: Boolean(component.disabled),
    search: isSearched(component),
  });
  picker.button.setAttribute("aria-describedby", describedBy);
  return {
    component,
    required,
    node: picker.node,
    target: picker.button,
    focus: () => picker.button.focus(),
    problem: () => countProblem(picker.values.length, range, required),
    read: async () => named(component, { values: [...picker.values] }),
  };
}

function options(component, kind, group) {
  return (component.options ?? []).map((option) => {
    const id = freshId("option");
    const input = el("input", {
      type: kind,
      id,
      name: group,
      value: option.value,
      checked: Boolean(option.default),
    });
    return {
      input,
      node: el(
        "label",
        { class: "tick", for: id },
        input,
        el(
          "span",
          {},
          option.label,
          option.description ? el("span", { class: "quiet note" }, option.description) : null,
        ),
      ),
    };
  });
}

function group(component, kind, { label, describedBy, required }) {
  const rows = options(component, kind, freshId("group"));
  const node = el(
    "div",
    {
      class: "ticks",
      role: kind === "radio" ? "radiogroup" : "group",
      "aria-label": label,
      "aria-describedby": describedBy,
      "aria-required": kind === "radio" && required ? "true" : undefined,
    },
    rows.map((row) => row.node),
  );
  return {
    node,
    checked: () => rows.filter(({ input }) => input.checked).map(({ input }) => input.value),
    first: rows[0]?.input,
  };
}

function radioField({ component, required, ...words }) {
  const { node, checked, first } = group(component, "radio", { required, ...words });
  return {
    component,
    required,
    node,
    target: node,
    focus: () => first?.focus(),
    problem: () => (required && !checked().length ? "Please choose one." : ""),
    read: async () => named(component, { value: checked()[0] ?? null }),
  };
}

function boxesField({ component, required, ...words }) {
  const { node, checked, first } = group(component, "checkbox", { required, ...words });
  const range = {
    min: required ? (component.min_values ?? 1) : 0,
    max: component.max_values ?? component.options.length,
  };
  return {
    component,
    required,
    node,
    target: node,
    focus: () => first?.focus(),
    problem: () => countProblem(checked().length, range, required),
    read: async () => named(component, { values: checked() }),
  };
}

function boxField({ component, label, describedBy }) {
  const id = freshId("box");
  const input = el("input", {
    type: "checkbox",
    id,
    checked: Boolean(component.default),
    "aria-describedby": describedBy,
  });
  const node = el("label", { class: "tick", for: id }, input, el("span", {}, label));
  return {
    component,
    node,
    ownLabel: true,
    target: input,
    focus: () => input.focus(),
    problem: () => "",
    read: async () => named(component, { value: input.checked }),
  };
}

function fileField({ component, required, describedBy }) {
  const id = freshId("files");
  const range = bounds(component, required);
  const input = el("input", { type: "file", id, multiple: range.max > 1, "aria-describedby": describedBy });
  return {
    component,
    id,
    required,
    node: input,
    target: input,
    focus: () => input.focus(),
    problem: () => countProblem(input.files.length, range, required),
    read: async (upload) => named(component, { values: await Promise.all([...input.files].map(upload)) }),
  };
}
