/** Puts instants into words as Discord does, in the reader's own zone and language. */

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const STEPS = [
  ["year", 31557600],
  ["month", 2629800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
].map(([unit, length], at, all) => [unit, length, length - (all[at + 1]?.[1] ?? 0) / 2]);
const SECONDS_BETWEEN_TICKS = 20;
let aheadMs = 0; // of the sandbox's clock, which need not be this machine's

/** The sandbox's present. */
export function present() {
  return new Date(Date.now() + aheadMs);
}

/** Takes the sandbox's present, and brings what the page says of it up to date. */
export function setPresent(iso) {
  aheadMs = new Date(iso) - Date.now();
  retell();
}

function formatted(date, style) {
  return new Intl.DateTimeFormat(undefined, STYLES[style] ?? STYLES.f).format(date);
}

/** "in 3 days", "2 hours ago"; rounded, as Discord does: a week that began a minute ago is still one. */
export function relative(date, now = present()) {
  const seconds = Math.round((date - now) / 1000);
  const [unit, length] = STEPS.find(([, , from]) => Math.abs(seconds) >= from) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(
    Math.round(seconds / length),
    unit,
  );
}

/** The node for `<t:unix:style>`: a time element whose title says the instant in full. */
export function timestamp(unix, style = "f") {
  const date = new Date(unix * 1000);
  const node = document.createElement("time");
  node.className = "stamp";
  if (Number.isNaN(date.getTime())) {
    node.textContent = "an unknown time";
    return node;
  }
  node.lang = navigator.language;
  node.dateTime = date.toISOString();
  node.title = formatted(date, "F");
  if (style === "R") node.dataset.relative = String(unix);
  node.textContent = style === "R" ? relative(date) : formatted(date, style);
  return node;
}

export function clock(date) {
  return formatted(date, "t");
}

export function inFull(date) {
  return formatted(date, "F");
}

/** "Today", "Yesterday", or the long date: what stands between two days of messages. */
export function dayName(date, now = present()) {
  const days = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return new Intl.DateTimeFormat(undefined, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(date);
}

/** The local day as a comparable key. */
export function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Keeps every relative time on the page true, and "Today" with them. */
export function keepTicking() {
  setInterval(retell, SECONDS_BETWEEN_TICKS * 1000);
}

function retell() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    node.textContent = relative(new Date(Number(node.dataset.relative) * 1000));
  }
  for (const node of document.querySelectorAll("[data-day]")) {
    const name = dayName(new Date(node.dataset.day));
    if (node.textContent === name) continue;
    node.setAttribute("aria-label", name);
    node.firstElementChild.textContent = name;
  }
}
