// Rolls that have not reached the school yet, kept on this device: ids, codes and minutes, no names and no
// comments. An entry leaves when the server has it, when the person discards it, or with signing out
// (platform/shell.js clears every key that begins with "firstbell.").

const PREFIX = "firstbell.roll.";
const OLDEST = 14 * 24 * 3600 * 1000;
const PATIENCE = 20_000;
const KEPT = /^(?:client_id|based_on|seen|on_paper|disputed|(?:their-)?(?:code|late|early)-\d+|pick-\d+)$/;

const key = (owner, roll) => `${PREFIX}${owner}.${roll}`;

/** What may be kept of a form: pairs of field and value. */
export const keepable = (fields) => [...fields].filter(([name]) => KEPT.test(name));

/** Keep a roll (``roll`` is "section/day/slot") until the server has it. */
export function keep(owner, roll, entry) {
  try {
    localStorage.setItem(key(owner, roll), JSON.stringify({ at: Date.now(), ...entry }));
    return true;
  } catch {
    return false; // storage is full or forbidden: the page still holds the roll
  }
}

export function forget(owner, roll) {
  try {
    localStorage.removeItem(key(owner, roll));
  } catch {
    // nothing is kept where nothing can be kept
  }
}

/** The rolls of this account that wait, the oldest first; what is past any use is dropped. */
export function unsent(owner) {
  const found = [];
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const entry = read(name);
      if (!entry || Date.now() - entry.at > OLDEST) localStorage.removeItem(name);
      else if (name.startsWith(`${PREFIX}${owner}.`)) found.push({ roll: name.slice(key(owner, "").length), ...entry });
    }
  } catch {
    return [];
  }
  return found.sort((a, b) => a.at - b.at);
}

export const waiting = (owner, roll) => unsent(owner).find((entry) => entry.roll === roll);

function read(name) {
  try {
    const entry = JSON.parse(localStorage.getItem(name));
    return Array.isArray(entry?.fields) ? entry : null;
  } catch {
    return null;
  }
}

/** The token of this page's forms, for a roll that was kept without one. */
export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/**
 * Send a roll. Answers {state, html}: "saved", "differs" and "refused" came from the server; "waiting" did
 * not reach it; "signed-out" and "closed" need the person.
 */
export async function send(url, fields) {
  const body = new URLSearchParams([...fields].filter(([name]) => name !== "csrfmiddlewaretoken"));
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: { "HX-Request": "true", "X-CSRFToken": token() },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { state: "waiting" };
  }
  if (response.headers.has("HX-Redirect") || response.redirected) return { state: "signed-out" };
  const states = { 200: "saved", 409: "differs", 422: "refused" };
  const state = states[response.status];
  if (state) return { state, html: await response.text() };
  return { state: response.status >= 500 || response.status === 429 ? "waiting" : "closed" };
}

/** A new submission's id; getRandomValues stands in where the page is not secure enough for randomUUID. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
