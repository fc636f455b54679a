/** The commands of this place as one flat list: each subcommand is an entry of its own, with the tree that Discord wants. */

import { OPTION } from "./options.js";
import { COMMAND_KIND } from "./world.js";

/** `[{command, path: ["setup"], name: "circle setup", description, options}]`, in the alphabet's order. */
export function slashCommands(world, channelId) {
  return world
    .commandsIn(channelId, COMMAND_KIND.slash)
    .flatMap((command) => leaves(command, command, []))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function leaves(command, branch, path) {
  const subs = (branch.options ?? []).filter(
    ({ type }) => type === OPTION.subcommand || type === OPTION.group,
  );
  if (subs.length) return subs.flatMap((sub) => leaves(command, sub, [...path, sub]));
  const required = (branch.options ?? []).filter((option) => option.required);
  const optional = (branch.options ?? []).filter((option) => !option.required);
  return [
    {
      command,
      path,
      name: [command.name, ...path.map((sub) => sub.name)].join(" "),
      description: branch.description,
      options: [...required, ...optional],
    },
  ];
}

/** Those that fit what was typed after the slash: beginnings first. */
export function fitting(entries, typed) {
  const query = typed.trim().toLowerCase().replace(/\s+/g, " ");
  const begins = entries.filter(({ name }) => name.startsWith(query));
  const holds = entries.filter(
    ({ name, description }) =>
      !name.startsWith(query) && `${name} ${description}`.toLowerCase().includes(query),
  );
  return [...begins, ...holds];
}

/** Wraps the leaf's options in its group and subcommand. */
export function tree(entry, options) {
  return [...entry.path]
    .reverse()
    .reduce((inner, sub) => [{ name: sub.name, type: sub.type, options: inner }], options);
}
