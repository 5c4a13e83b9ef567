// Small comforts on top of pages that work without them: keys to find, a list of the keys,
// and a refused htmx request that takes the person to the page that says why.

const find = () => document.querySelector("[data-find]");
const shortcuts = () => document.getElementById("shortcuts");
const typing = (element) => element?.closest("input, select, textarea, [contenteditable]") != null;

document.addEventListener("keydown", (event) => {
  const wantsFind = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
  if (event.defaultPrevented) return;
  if ((wantsFind || (plain && event.key === "/")) && find()) {
    event.preventDefault();
    find().focus();
    find().select();
  } else if (plain && event.key === "?" && shortcuts() && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    shortcuts().showModal();
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
  }
});

// What this browser keeps for a person (unsent rolls) ends with signing out.
document.addEventListener("submit", (event) => {
  if (!event.target.matches('form[action$="/accounts/logout/"]')) return;
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("firstbell."));
  const question = "Something on this device has not reached the school yet. Sign out and lose it?";
  if (kept.length && !window.confirm(question)) event.preventDefault();
  else kept.forEach((key) => localStorage.removeItem(key));
});

// An answer of 400 or more is a page that explains itself (422 is a form with its mistakes and is swapped in).
document.addEventListener("htmx:after:request", (event) => {
  const { response, request } = event.detail.ctx;
  if (response.status < 400 || response.status === 422) return;
  event.preventDefault();
  if (request.method === "GET") {
    window.location.assign(request.action);
  } else {
    say("That was not saved. Reload the page and try again; nothing was changed.");
  }
});

document.addEventListener("htmx:error", () => say("No connection. What you typed is still here; try again."));

function say(sentence) {
  const region = document.getElementById("messages");
  if (!region) return;
  const note = document.createElement("div");
  note.className = "note note--bad";
  const words = document.createElement("p");
  words.className = "note__words";
  words.textContent = sentence;
  note.append(words);
  region.replaceChildren(note);
}
