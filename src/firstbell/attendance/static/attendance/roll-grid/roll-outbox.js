// <roll-outbox data-owner="account">: says which rolls on this device have not reached the school, sends
// them again when the network is back, and lets the person discard one.

import { forget, send, unsent } from "./outbox.js";

const AGAIN = 15_000;
const WORDS = {
  waiting: "waiting for the network; it is sent by itself",
  differs: "somebody else submitted this roll too: open it and choose",
  refused: "refused: open it to see why",
  closed: "refused: this roll is no longer open to you",
  "signed-out": "you are signed out: sign in again, it is kept",
};

class RollOutbox extends HTMLElement {
  #timer;
  #busy = false;
  #states = new Map();

  connectedCallback() {
    this.setAttribute("role", "status");
    this.resend = () => this.#send();
    window.addEventListener("online", this.resend);
    this.#send();
  }

  disconnectedCallback() {
    window.removeEventListener("online", this.resend);
    clearTimeout(this.#timer);
  }

  async #send() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    const saved = [];
    for (const entry of unsent(this.dataset.owner)) {
      const { state } = await send(entry.url, entry.fields);
      if (state === "saved") {
        forget(this.dataset.owner, entry.roll);
        saved.push(entry);
      } else this.#states.set(entry.roll, state);
    }
    this.#busy = false;
    this.#show(saved);
    if ([...this.#left()].some((entry) => this.#states.get(entry.roll) === "waiting"))
      this.#timer = setTimeout(this.resend, AGAIN);
  }

  #left = () => unsent(this.dataset.owner);

  #show(saved) {
    const notes = saved.map((entry) => note("good", `The roll of ${day(entry)} that was kept on this device is saved.`));
    for (const entry of this.#left()) {
      const state = this.#states.get(entry.roll) ?? "waiting";
      const one = note(state === "waiting" ? "warn" : "bad", `The roll of ${day(entry)} is not saved: ${WORDS[state]}.`);
      one.lastChild.append(" ", link(entry), " ", this.#discard(entry));
      notes.push(one);
    }
    this.replaceChildren(...notes);
  }

  #discard(entry) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = "Discard it";
    button.addEventListener("click", () => {
      if (!window.confirm("Discard this roll? What was marked is lost.")) return;
      forget(this.dataset.owner, entry.roll);
      this.#show([]);
    });
    return button;
  }
}

const day = (entry) =>
  new Date(`${entry.roll.split("/")[1]}T12:00:00`).toLocaleDateString("en-US", { month: "long", day: "numeric" });

function link(entry) {
  const anchor = document.createElement("a");
  anchor.href = entry.url;
  anchor.textContent = "Open it";
  return anchor;
}

function note(tone, sentence) {
  const box = document.createElement("div");
  box.className = `note note--${tone}`;
  const words = document.createElement("p");
  words.className = "note__words";
  words.textContent = sentence;
  box.append(words);
  return box;
}

customElements.define("roll-outbox", RollOutbox);
