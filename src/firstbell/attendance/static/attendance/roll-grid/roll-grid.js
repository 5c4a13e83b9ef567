// <roll-grid data-owner="account" data-roll="section/day/slot">: a roll by keyboard, on top of a form that
// works without this script.
//
// The rows are one tab stop. Arrow keys and Enter move, the letter of a code sets it, digits are minutes,
// F2 goes to minutes and comment, "/" finds a name, Ctrl+Z undoes, Ctrl+Enter submits. A roll that cannot be
// sent stays on this device (outbox.js) and is sent when the network is back; the state line says which.

import { forget, keep, keepable, newId, send, waiting } from "./outbox.js";

const AGAIN = [5, 10, 20, 40, 60].map((seconds) => seconds * 1000);
const SPRITE = document.querySelector("svg use")?.getAttribute("href").split("#")[0] ?? "";
const WIDE = window.matchMedia("(min-width: 40rem)");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** One student's row. */
class Row {
  constructor(element) {
    this.element = element;
    this.id = element.dataset.student;
    this.cell = element.querySelector("[data-cell]");
    this.name = element.querySelector("[data-name]").textContent;
    this.radios = [...element.querySelectorAll("input[type=radio]")];
    this.locked = "locked" in element.dataset;
    this.code = this.radio?.value;
    for (const control of element.querySelectorAll("input")) control.tabIndex = -1;
  }

  get radio() {
    return this.radios.find((radio) => radio.checked);
  }

  get blank() {
    return "blank" in this.element.dataset;
  }

  set blank(value) {
    this.element.toggleAttribute("data-blank", value);
  }

  field(kind) {
    return this.element.querySelector(`[name="${kind}-${this.id}"]`);
  }

  /** The minutes that the chosen code asks for. */
  get minutes() {
    const data = this.radio?.dataset ?? {};
    return "tardy" in data ? this.field("late") : "early" in data ? this.field("early") : null;
  }

  get inputs() {
    return [...this.element.querySelectorAll(".roll-row__more input")].filter((input) => input.offsetParent);
  }

  get origin() {
    return this.element.querySelector("[data-origin]")?.textContent.trim().replace(/\s+/g, " ") ?? "";
  }

  state() {
    const fields = ["late", "early", "comment"].map((kind) => this.field(kind)?.value ?? "");
    return { code: this.code, blank: this.blank, fields };
  }

  restore({ code, blank, fields }) {
    for (const radio of this.radios) radio.checked = radio.value === code;
    ["late", "early", "comment"].forEach((kind, n) => (this.field(kind).value = fields[n]));
    this.code = code;
    this.blank = blank;
  }

  describe() {
    const words = [this.radio?.dataset.title, this.minutes?.value && `${this.minutes.value} minutes`, this.origin];
    return `${this.name}: ${words.filter(Boolean).join(", ")}`;
  }
}

class RollGrid extends HTMLElement {
  #undo = [];
  #typed = null; // the row whose minutes are being typed
  #tries = 0;
  #timer;
  #sent = ""; // what the client id of the form stands for
  #busy = false;
  #changed = false;

  connectedCallback() {
    this.addEventListener("submit", (event) => this.#onSubmit(event));
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("click", (event) => this.#onClick(event));
    this.addEventListener("change", (event) => this.#onChange(event));
    this.addEventListener("input", (event) => this.#onInput(event));
    this.addEventListener("focusin", (event) => this.#onFocus(event));
    window.addEventListener("online", () => this.#pending && this.submit());
    WIDE.addEventListener("change", () => this.#fold());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#pending && this.submit());
    window.addEventListener("beforeunload", (event) => this.#changed && event.preventDefault());
    this.#open();
  }

  /** Take hold of the form inside. */
  #open() {
    this.form = this.querySelector("form");
    this.rows = [...this.form.querySelectorAll("[data-student][role=listitem]")].map((element) => new Row(element));
    this.#undo = [];
    this.#sent = "";
    this.#changed = false;
    this.#fold();
    if (!this.rows.length || !this.form.querySelector("[data-state]")) return;
    this.form.elements.client_id.value = newId();
    for (const element of this.form.querySelectorAll("[data-script]")) element.hidden = false;
    const list = this.form.querySelector("[data-rows]");
    list.setAttribute("role", "grid");
    list.setAttribute("aria-label", this.form.querySelector("legend").textContent);
    list.setAttribute("aria-describedby", "roll-keys");
    for (const row of this.rows) {
      row.element.setAttribute("role", "row");
      row.cell.setAttribute("role", "gridcell");
      row.cell.removeAttribute("aria-labelledby");
      row.cell.tabIndex = -1;
      this.#refresh(row);
    }
    this.current = this.rows[0];
    this.current.cell.tabIndex = 0;
    this.#count();
    this.#resume();
    if (this.form.elements.based_on.value === "0") this.#go(this.current, { preventScroll: true });
  }

  /** Tools and legend: open on a desk, behind their button on a phone. */
  #fold() {
    const fold = this.form.querySelector("[data-fold]");
    if (fold) fold.open = WIDE.matches;
  }

  #find() {
    this.form.querySelector("[data-fold]").open = true;
    this.form.querySelector("[data-find-in-roll]").focus();
  }

  /** A roll of this meeting that waits on this device comes first. */
  #resume() {
    const entry = waiting(this.dataset.owner, this.dataset.roll);
    if (!entry) return;
    const kept = new Map(entry.fields);
    for (const row of this.rows) {
      const code = kept.get(`code-${row.id}`);
      if (row.locked || !row.radios.some((radio) => radio.value === code)) continue;
      row.restore({ code, blank: false, fields: [kept.get(`late-${row.id}`), kept.get(`early-${row.id}`), ""].map((v) => v ?? "") });
      this.#refresh(row);
    }
    for (const name of ["client_id", "based_on", "seen"]) this.form.elements[name].value = kept.get(name) ?? "";
    this.#sent = this.#signature();
    this.#count();
    this.submit();
  }

  // moving

  #go(row, options) {
    if (!row) return;
    this.#mark(row);
    row.cell.focus(options);
  }

  #mark(row) {
    if (this.current) this.current.cell.tabIndex = -1;
    this.current = row;
    row.cell.tabIndex = 0;
  }

  #step(by) {
    const last = this.rows.length - 1;
    this.#typed = null;
    this.#go(this.rows[Math.min(last, Math.max(0, this.rows.indexOf(this.current) + by))]);
  }

  #onFocus(event) {
    const row = this.#rowOf(event.target);
    if (row && row !== this.current) this.#mark(row);
  }

  #rowOf(element) {
    const found = element.closest("[data-student]");
    return this.rows.find((row) => row.element === found);
  }

  // keys

  #onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector(".roll__submit"));
      return;
    }
    if (event.target.matches("[data-find-in-roll]")) return this.#onFindKey(event);
    const row = this.#rowOf(event.target);
    if (!row || this.form.querySelector("[data-rows]").getAttribute("role") !== "grid") return;
    if (event.target.matches(".roll-row__more input")) return this.#onFieldKey(event, row);
    const steps = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9 };
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "z" && !event.shiftKey) this.undo();
    else if (control || event.altKey) return;
    else if (event.key in steps) this.#step(steps[event.key]);
    else if (event.key === "/") this.#find();
    else if (event.key === "F2") row.inputs[0]?.focus();
    else if (/^[0-9]$/.test(event.key)) this.#digit(row, event.key);
    else if (event.key === "Backspace") this.#digit(row, "");
    else if (/^\p{L}$/u.test(event.key)) this.#letter(row, event.key.toLowerCase());
    else return;
    event.preventDefault();
  }

  #onFieldKey(event, row) {
    if (event.key === "Escape") this.#go(row);
    else if (event.key === "Enter") this.#step(1);
    else return;
    event.preventDefault();
  }

  #onFindKey(event) {
    const found = this.#found(event.target.value);
    if (event.key === "Enter" || event.key === "ArrowDown") {
      this.#clearFind();
      this.#go(found ?? this.current);
    } else if (event.key === "Escape") {
      this.#clearFind();
      this.#go(this.current);
    } else return;
    event.preventDefault();
  }

  #found(text) {
    const wanted = plain(text.trim());
    if (!wanted) return null;
    const words = (row) => plain(row.name).split(/[\s,]+/);
    return (
      this.rows.find((row) => words(row).some((word) => word.startsWith(wanted))) ??
      this.rows.find((row) => plain(row.name).includes(wanted))
    );
  }

  #clearFind() {
    this.form.querySelector("[data-find-in-roll]").value = "";
    this.#light(null);
  }

  #light(row) {
    for (const one of this.rows) one.element.classList.toggle("roll-row--found", one === row);
    row?.element.scrollIntoView({ block: "nearest" });
  }

  #letter(row, letter) {
    if (row.locked) return this.#say(`${row.name} is set by the office: ${row.origin}`);
    const radio = row.radios.find((one) => one.dataset.key.toLowerCase() === letter);
    if (!radio) return this.#say(`${letter.toUpperCase()} is no code that you can set here.`);
    this.#typed = null;
    this.#set([row], radio.value);
  }

  #digit(row, digit) {
    const field = row.minutes;
    if (!field || row.locked) return;
    this.#remember([row]);
    const before = this.#typed === row ? field.value : "";
    field.value = digit ? (before + digit).slice(-3) : field.value.slice(0, -1);
    this.#typed = row;
    this.#touched(row);
    this.#say(row.describe());
  }

  // changing

  #set(rows, code) {
    this.#remember(rows);
    for (const row of rows) {
      for (const radio of row.radios) radio.checked = radio.value === code;
      row.code = code;
      row.blank = false;
      this.#touched(row);
    }
    this.#say(rows.length === 1 ? rows[0].describe() : `${rows.length} students set.`);
  }

  /** Blank rows only: nobody whom a person, the office or another period spoke of. */
  fill(code) {
    const rows = this.rows.filter((row) => row.blank && row.radios.some((radio) => radio.value === code));
    if (rows.length) this.#set(rows, code);
    else this.#say("Nobody is unmarked.");
  }

  undo() {
    const step = this.#undo.pop();
    if (!step) return this.#say("There is nothing to undo.");
    for (const [row, state] of step) {
      row.restore(state);
      this.#touched(row);
    }
    this.#undoButton();
    if (step.length === 1) this.#go(step[0][0]);
    this.#say(step.length === 1 ? `Undone. ${step[0][0].describe()}` : `Undone for ${step.length} students.`);
  }

  #remember(rows) {
    this.#undo.push(rows.map((row) => [row, row.state()]));
    this.#undoButton();
  }

  #undoButton() {
    const button = this.form.querySelector("[data-undo]");
    if (button) button.disabled = !this.#undo.length;
  }

  #touched(row) {
    this.#refresh(row);
    this.#count();
    this.#changed = true;
    if (!this.#busy) this.#state("changed");
  }

  #refresh(row) {
    row.cell.setAttribute("aria-label", row.describe());
    row.element.querySelector("[data-mistakes]").replaceChildren();
  }

  #count() {
    const chosen = this.rows.map((row) => row.radio).filter(Boolean);
    const absent = chosen.filter((radio) => radio.dataset.kind === "absent").length;
    const tardy = chosen.filter((radio) => "tardy" in radio.dataset).length;
    const locked = this.rows.filter((row) => row.locked).length;
    const parts = [`${this.rows.length} students`, `${absent} absent`, tardy && `${tardy} tardy`, locked && `${locked} set by the office`];
    const counts = this.form.querySelector("[data-counts]");
    if (counts) counts.textContent = parts.filter(Boolean).join(" · ");
  }

  #onChange(event) {
    const row = this.#rowOf(event.target);
    if (!row) return;
    if (event.target.type === "radio" && event.target.name.startsWith("code-")) {
      const code = event.target.value;
      row.restore({ ...row.state() }); // as it was, so that undo knows it
      this.#set([row], code);
      this.#go(row, { preventScroll: true });
    }
  }

  #onInput(event) {
    if (event.target.matches("[data-find-in-roll]")) {
      const found = this.#found(event.target.value);
      this.#light(found);
      if (event.target.value.trim()) this.#say(found ? found.describe() : "No such name in this roll.");
    } else if (event.target.matches(".roll-row__more input")) this.#touched(this.#rowOf(event.target));
  }

  #onClick(event) {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.matches("[data-undo]")) this.undo();
    else if (button.matches("[data-everyone]")) this.fill(button.dataset.everyone);
    else if (button.matches("[data-fill]")) {
      event.preventDefault();
      this.fill(this.form.elements.fill.value);
    } else if (button.matches("[data-keep-theirs]")) {
      forget(this.dataset.owner, this.dataset.roll);
      this.#changed = false;
    } else if (button.matches("[data-discard]")) this.#discard();
  }

  // sending

  #onSubmit(event) {
    event.preventDefault();
    this.submit();
  }

  get #pending() {
    return this.#sent && !this.#busy && this.dataset.state === "waiting";
  }

  #fields() {
    return [...new FormData(this.form)].filter(([name]) => name !== "fill");
  }

  #signature() {
    return JSON.stringify(this.#fields().filter(([name]) => !["client_id", "csrfmiddlewaretoken"].includes(name)));
  }

  /** Send the roll; the same roll again carries the same id, a changed one a new id. */
  async submit() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    const signature = this.#signature();
    if (this.#sent && this.#sent !== signature) this.form.elements.client_id.value = newId();
    this.#sent = signature;
    const fields = this.#fields();
    const { owner, roll } = this.dataset;
    const kept = keep(owner, roll, { url: this.form.getAttribute("action"), fields: keepable(fields) });
    this.#state("sending");
    const { state, html } = await send(this.form.getAttribute("action"), fields);
    this.#busy = false;
    const part = html && new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (state === "saved") this.#saved(part, signature);
    else if (state === "differs") this.#differs(part);
    else if (state === "refused") this.#refused(part);
    else {
      this.#changed = !kept;
      this.#state(state);
      if (state === "waiting") this.#timer = setTimeout(() => this.submit(), AGAIN[Math.min(this.#tries++, AGAIN.length - 1)]);
    }
  }

  #saved(part, signature) {
    forget(this.dataset.owner, this.dataset.roll);
    this.#tries = 0;
    if (!this.rows.length) {
      this.#changed = false;
      window.location.reload(); // the two rolls were one: open it as it stands
      return;
    }
    this.#changed = this.#signature() !== signature;
    const { elements } = this.form;
    elements.based_on.value = part.dataset.version;
    elements.client_id.value = newId();
    this.#sent = "";
    for (const row of this.rows) row.blank = false;
    elements.seen.value = this.rows.map((row) => `${row.id}:${row.code ?? elements[`code-${row.id}`].value}`).join(" ");
    this.form.querySelector("[data-problem]").replaceChildren();
    for (const spare of this.form.querySelectorAll(".roll__fill, [data-everyone]")) spare.remove();
    this.form.querySelector(".roll__submit").firstChild.textContent = "Submit changes ";
    this.#state("saved", [...part.childNodes]);
    if (this.#changed) this.#state("changed");
  }

  #differs(part) {
    this.#changed = false; // it is kept on this device until one of the two is chosen
    this.replaceChildren(document.adoptNode(part));
    this.form = part;
    this.rows = [];
    this.current = null;
    this.#sent = "";
    this.dataset.state = "differs";
    this.form.elements.client_id.value = newId();
    const first = this.form.querySelector("input[type=radio]") ?? this.form.querySelector(".roll__submit");
    first.focus();
  }

  #refused(part) {
    forget(this.dataset.owner, this.dataset.roll);
    this.#sent = "";
    this.form.querySelector("[data-problem]").replaceChildren(...part.querySelector("[data-problem]").childNodes);
    let first = null;
    for (const mistakes of part.querySelectorAll("[data-mistakes-of]")) {
      const row = this.rows.find((one) => one.id === mistakes.dataset.mistakesOf);
      row?.element.querySelector("[data-mistakes]").replaceChildren(...mistakes.childNodes);
      first ??= row;
    }
    this.#state("refused");
    if (first) this.#go(first);
    else this.form.querySelector("[data-problem]").scrollIntoView({ block: "center" });
  }

  #discard() {
    if (!window.confirm("Discard what is marked here and open the roll as it stands?")) return;
    forget(this.dataset.owner, this.dataset.roll);
    this.#changed = false;
    window.location.reload();
  }

  // saying

  #state(state, nodes) {
    this.dataset.state = state;
    const line = this.form.querySelector("[data-state]");
    if (nodes) return line.replaceChildren(...nodes);
    const [icon, words] = {
      changed: ["edit", "Not saved yet."],
      sending: ["clock", "Sending…"],
      waiting: ["warning", "Not saved: waiting for the network. It is kept on this device and sent by itself."],
      refused: ["stop", "Refused: nothing was saved. See what to mend above."],
      closed: ["stop", "Refused: this page is too old, or the roll is no longer yours. Reload the page; what you marked is kept."],
      "signed-out": ["lock", "Not saved: you are signed out. Sign in again and open this roll; what you marked is kept on this device."],
    }[state];
    const text = document.createElement("span");
    text.textContent = words;
    line.replaceChildren(sign(icon), text);
    if (["waiting", "closed", "signed-out"].includes(state)) line.append(discardButton());
  }

  #say(words) {
    const region = this.form.querySelector("[data-said]");
    if (region) region.textContent = words;
  }
}

function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

function discardButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.dataset.discard = "";
  button.textContent = "Discard";
  return button;
}

customElements.define("roll-grid", RollGrid);
