/** Light or dark: what the system says, until the reader says otherwise. */

import { el, fill, icon } from "./dom.js";

const KEY = "trellis-theme";

function systemIsDark() {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function isDark() {
  const own = document.documentElement.dataset.theme;
  return own ? own === "dark" : systemIsDark();
}

/** The button that changes it; the choice is kept in this browser. */
export function themeButton() {
  const kept = localStorage.getItem(KEY);
  if (kept) document.documentElement.dataset.theme = kept;
  const button = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      onclick: () => {
        const next = isDark() ? "light" : "dark";
        document.documentElement.dataset.theme = next;
        localStorage.setItem(KEY, next);
        name();
      },
    },
    icon("moon"),
  );
  const name = () => {
    const words = isDark() ? "Use light colours" : "Use dark colours";
    button.setAttribute("aria-label", words);
    button.title = words;
    fill(button, icon("moon"));
  };
  name();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  return button;
}
