/** Which language the person at the screen has on Discord: commands are shown in it, and bots are told it. */

import { el } from "./dom.js";
import { Picker } from "./picker.js";

const LABEL = "Discord language";
const english = new Intl.DisplayNames(["en"], { type: "language", languageDisplay: "standard" });

/** A name in the reader's language where the bot gave one, else as it is; so a description. */
export const named = (thing) => thing.name_localized ?? thing.name;
export const described = (thing) => thing.description_localized ?? thing.description;

/** The language that those words are to be read out in, where it is not the page's own. */
export function langOf(thing, field, world) {
  return thing[`${field}_localized`] === undefined ? undefined : world.me?.locale;
}

/** A choice of a command's option, for a list. */
export function choiceIn(choice, world) {
  return { ...choice, name: named(choice), lang: langOf(choice, "name", world) };
}

export class LanguagePicker {
  /** `speak(locale)` tells the sandbox. */
  constructor({ world, speak }) {
    this.world = world;
    this.picker = new Picker({
      label: LABEL,
      source: () => this.#choices(),
      search: true,
      onCommit: ([locale]) => speak(locale),
    });
    this.node = el("div", { class: "language" }, el("span", { class: "quiet" }, LABEL), this.picker.node);
  }

  /** The page's words stay English, so each language also has its English name. */
  #choices() {
    return this.world.languages.map(({ code, name }) => ({
      name,
      value: code,
      note: english.of(code),
      lang: code,
    }));
  }

  draw() {
    this.picker.values = [this.world.me.locale];
    this.picker.show();
  }
}
