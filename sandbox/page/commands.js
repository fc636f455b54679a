/** The commands of this place as one flat list: each subcommand is an entry of its own, with the tree that Discord wants. */

import { described, langOf, named } from "./language.js";
import { OPTION } from "./options.js";
import { COMMAND_KIND } from "./world.js";

/**
 * `[{command, path: ["setup"], name: "circle setup", shown, description, options}]`, in the alphabet's order.
 * `shown` is the name in the reader's language; the two `…Lang` are for those who listen.
 */
export function slashCommands(world, channelId) {
  return world
    .commandsIn(channelId, COMMAND_KIND.slash)
    .flatMap((command) => leaves(world, command, command, []))
    .sort((a, b) => a.shown.localeCompare(b.shown));
}

function leaves(world, command, branch, path) {
  const subs = (branch.options ?? []).filter(
    ({ type }) => type === OPTION.subcommand || type === OPTION.group,
  );
  if (subs.length) return subs.flatMap((sub) => leaves(world, command, sub, [...path, sub]));
  const required = (branch.options ?? []).filter((option) => option.required);
  const optional = (branch.options ?? []).filter((option) => !option.required);
  const words = [command, ...path];
  return [
    {
      command,
      path,
      name: words.map(({ name }) => name).join(" "),
      shown: words.map(named).join(" "),
      shownLang: words.map((word) => langOf(word, "name", world)).find(Boolean),
      description: described(branch),
      descriptionLang: langOf(branch, "description", world),
      options: [...required, ...optional],
    },
  ];
}

/** Those that fit what was typed after the slash, in the reader's language or as the bot has it: beginnings first. */
export function fitting(entries, typed) {
  const query = typed.trim().toLowerCase().replace(/\s+/g, " ");
  const starts = ({ name, shown }) => shown.startsWith(query) || name.startsWith(query);
  const has = ({ name, shown, description }) =>
    `${shown} ${name} ${description}`.toLowerCase().includes(query);
  return [...entries.filter(starts), ...entries.filter((entry) => !starts(entry) && has(entry))];
}

/** Wraps the leaf's options in its group and subcommand. */
export function tree(entry, options) {
  return [...entry.path]
    .reverse()
    .reduce((inner, sub) => [{ name: sub.name, type: sub.type, options: inner }], options);
}
