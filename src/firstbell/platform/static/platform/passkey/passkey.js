/* <passkey-panel>: shows its button where the browser can use passkeys, and says in words what went wrong. */

const REASONS = {
  NotAllowedError: "The passkey was not used: it was canceled, or it took too long. Try again.",
  InvalidStateError: "This passkey is already set up for this account. Use it to sign in, or choose another.",
  SecurityError: "Passkeys need a secure address (https). Ask your technology office.",
};
const OTHERWISE = "The passkey could not be used. Try again, or use another way below.";

class PasskeyPanel extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.onError = (event) => {
      event.preventDefault();
      const place = this.querySelector("[role=alert]");
      place.textContent = REASONS[event.detail.exception?.name] ?? OTHERWISE;
      place.hidden = false;
    };
    document.addEventListener("allauth.error", this.onError);
  }

  disconnectedCallback() {
    document.removeEventListener("allauth.error", this.onError);
  }
}

customElements.define("passkey-panel", PasskeyPanel);
