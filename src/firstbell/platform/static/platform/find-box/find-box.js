// The find box as a combobox (ARIA 1.2): what htmx brings while one types is a list that the arrow keys
// walk and Enter opens. Without this script the box is a search field that leads to the page of results.

class FindBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.status = this.querySelector("[role=status]");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    })) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("keydown", (event) => this.keyed(event));
    this.input.addEventListener("input", () => !this.input.value.trim() && this.close());
    this.input.addEventListener("focus", () => this.options.length && this.input.value.trim() && this.open());
    this.addEventListener("focusout", (event) => !this.contains(event.relatedTarget) && this.close());
    new MutationObserver(() => this.filled()).observe(this.list, { childList: true });
  }

  get options() {
    return [...this.list.querySelectorAll("a[role=option]")];
  }

  get chosen() {
    return this.list.querySelector("[aria-selected=true]");
  }

  filled() {
    this.choose(null);
    if (document.activeElement !== this.input || !this.input.value.trim()) return;
    const people = this.options.filter((option) => option.id !== "find-hit-all").length;
    const all = this.list.querySelector("#find-hit-all");
    this.status.textContent = `${people}${all ? " or more" : ""} found`;
    this.open();
  }

  open() {
    this.list.hidden = this.list.childElementCount === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    this.choose(null);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  choose(option) {
    this.chosen?.setAttribute("aria-selected", "false");
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  keyed(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      this.open();
      const options = this.options;
      const at = options.indexOf(this.chosen);
      const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : at + step;
      this.choose(options[next] ?? null); // beyond either end: back to what was typed
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      window.location.assign(this.chosen.href);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }
}

customElements.define("find-box", FindBox);
