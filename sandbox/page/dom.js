/** Builds DOM nodes; what people wrote only ever goes in as text, so it can never become markup. */

const AS_PROPERTY = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "multiple",
  "selected",
  "htmlFor",
  "required",
]);

/** Makes an element: `el("p", {class: "x", onclick: f}, "text", node, null)`. Falsy children are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) assign(node, name, value);
  put(node, children);
  return node;
}

function assign(node, name, value) {
  if (value === undefined || value === null) return;
  if (AS_PROPERTY.has(name)) node[name] = value;
  else if (value === false) return;
  else if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "vars") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

function put(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(child);
  }
}

/** Replaces all that `node` holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  put(node, children);
  return node;
}

let counter = 0;

/** A fresh id for an element that others point to. */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** The address if it is http or https, else null: `javascript:` and the like never reach an href. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Whether a picture may be shown: the page loads nothing from outside this sandbox. */
export function isOurs(text) {
  try {
    return new URL(text, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

const SHAPES = {
  lock: "M5 7V5a3 3 0 0 1 6 0v2h1v7H4V7zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z",
  bell: "M8 2a4 4 0 0 1 4 4v3l1 2H5zM3 2.5 13.5 13M4 6v3l-1 2h2M7 13h2",
  menu: "M2 4h12M2 8h12M2 12h12",
  file: "M4 1.5h5l3 3v10H4zM9 1.5v3h3",
  close: "M4 4l8 8M12 4l-8 8",
  eye: "M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4S1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  moon: "M12.5 9.8A5.2 5.2 0 0 1 6.2 3.5 5.2 5.2 0 1 0 12.5 9.8z",
  reply: "M3 12V8a2 2 0 0 1 2-2h8",
  thread: "M3.5 2v5a3 3 0 0 0 3 3H13M10.5 7.5 13 10l-2.5 2.5",
};
const FILLED = new Set(["lock"]);

/** A small decorative picture, hidden from screen readers; `title` gives it words. */
export function icon(name, title) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon${FILLED.has(name) ? " filled" : ""}`);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  if (title) {
    const words = document.createElementNS(space, "title");
    words.textContent = title;
    svg.setAttribute("role", "img");
    svg.append(words);
  } else svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
