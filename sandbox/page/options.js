/** A command's options as fields: text, numbers, yes or no, people, roles, channels, files, with what the bot offers. */

import { channels, people, roles } from "./choices.js";
import { Combobox } from "./combobox.js";
import { el, freshId } from "./dom.js";
import { choiceIn, described, langOf, named } from "./language.js";

export const OPTION = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
const LONGEST = 6000;

/**
 * One option's field: `{option, node, input, empty(), problem(), read(upload), draft()}`.
 * `scene` is `{world, channelId, autocomplete(option, text)}`; `draft` is what autocomplete tells the bot so far.
 */
export function optionField(option, scene) {
  const wrong = el("p", { class: "field-error", id: freshId("wrong") });
  const about = el(
    "p",
    { class: "quiet about", id: freshId("about"), lang: langOf(option, "description", scene.world) },
    described(option),
  );
  const own = control(option, scene, `${about.id} ${wrong.id}`);
  if (option.required) own.input.setAttribute("aria-required", "true");
  own.input.dataset.option = option.name;
  const label = el(
    "label",
    { class: "label", for: own.input.id },
    el("span", { lang: langOf(option, "name", scene.world) }, named(option)),
    option.required
      ? el("span", { class: "need", "aria-hidden": "true" }, " *")
      : el("span", { class: "quiet" }, " optional"),
  );
  const mark = (problem) => {
    wrong.textContent = problem;
    if (problem) own.input.setAttribute("aria-invalid", "true");
    else own.input.removeAttribute("aria-invalid");
  };
  own.node.addEventListener("input", () => mark(""));
  own.node.addEventListener("taken", () => mark(""));
  const problem = () => (own.empty() ? (option.required ? "This one is needed." : "") : own.problem());
  return {
    ...own,
    option,
    problem,
    mark,
    node: el("div", { class: "option" }, label, own.node, about, wrong),
  };
}

function control(option, scene, describedBy) {
  if (option.type === OPTION.boolean) return yesNo(describedBy);
  if (option.type === OPTION.attachment) return fileInput(describedBy);
  const combo = comboFor(option, scene, describedBy);
  return combo ? fromCombo(combo, option) : plain(option, describedBy);
}

function local(all) {
  return (text) =>
    all().filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase().replace(/^[@#]/, "")));
}

function comboFor(option, scene, describedBy) {
  const { world, channelId } = scene;
  const sources = {
    [OPTION.user]: () => people(world, channelId),
    [OPTION.role]: () => roles(world, channelId),
    [OPTION.channel]: () => channels(world, channelId, option.channel_types),
    [OPTION.mentionable]: () => [...people(world, channelId), ...roles(world, channelId)],
  };
  const base = { label: named(option), describedBy, eager: Boolean(option.required) };
  const choices = (all) => all.map((choice) => choiceIn(choice, world));
  if (sources[option.type])
    return new Combobox({ ...base, source: local(sources[option.type]), strict: true });
  if (option.choices?.length)
    return new Combobox({ ...base, source: local(() => choices(option.choices)), strict: true });
  if (!option.autocomplete) return null;
  const source = async (text) => choices(await scene.autocomplete(option, text));
  return new Combobox({ ...base, source, remote: true });
}

function fromCombo(combo, option) {
  const numeric = option.type === OPTION.integer || option.type === OPTION.number;
  return {
    node: combo.node,
    input: combo.input,
    empty: () => !combo.text,
    problem: () =>
      combo.value === undefined
        ? "Please pick one of what is offered."
        : numeric
          ? numberProblem(combo.value, option)
          : lengthProblem(String(combo.value), option),
    read: async () => (numeric ? Number(combo.value) : combo.value),
    draft: () => combo.value ?? combo.text,
  };
}

function plain(option, describedBy) {
  const numeric = option.type === OPTION.integer || option.type === OPTION.number;
  const input = el("input", {
    type: "text",
    id: freshId("option"),
    inputmode: numeric ? (option.type === OPTION.integer ? "numeric" : "decimal") : undefined,
    autocomplete: "off",
    "aria-describedby": describedBy,
  });
  const text = () => input.value.trim();
  return {
    node: input,
    input,
    empty: () => !text(),
    problem: () => (numeric ? numberProblem(text(), option) : lengthProblem(text(), option)),
    read: async () => (numeric ? Number(text().replace(",", ".")) : text()),
    draft: () => text(),
  };
}

function numberProblem(value, option) {
  const number = Number(String(value).replace(",", "."));
  if (Number.isNaN(number)) return "A number goes here, such as 4.";
  if (option.type === OPTION.integer && !Number.isInteger(number))
    return "A whole number goes here, such as 4.";
  if (option.min_value !== undefined && number < option.min_value)
    return `The smallest that fits is ${option.min_value}.`;
  if (option.max_value !== undefined && number > option.max_value)
    return `The largest that fits is ${option.max_value}.`;
  return "";
}

function lengthProblem(text, { min_length: least = 0, max_length: most = LONGEST }) {
  const length = [...text].length;
  if (length < least) return `A little more, please: ${least} characters are needed, this has ${length}.`;
  return length > most ? `This is ${length - most} characters over the limit of ${most}.` : "";
}

function yesNo(describedBy) {
  const input = el(
    "select",
    { id: freshId("option"), "aria-describedby": describedBy },
    el("option", { value: "" }, "–"),
    el("option", { value: "true" }, "Yes"),
    el("option", { value: "false" }, "No"),
  );
  const draft = () => input.value === "true";
  return {
    node: input,
    input,
    empty: () => input.value === "",
    problem: () => "",
    read: async () => draft(),
    draft,
  };
}

function fileInput(describedBy) {
  const input = el("input", { type: "file", id: freshId("option"), "aria-describedby": describedBy });
  return {
    node: input,
    input,
    empty: () => !input.files.length,
    problem: () => "",
    read: (upload) => upload(input.files[0]),
    draft: () => undefined,
  };
}
