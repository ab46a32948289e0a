// Typing fast: Ctrl+Enter keeps, the page stays where it is, and what could not be sent stays in the box.

const UNSENT = "Not kept: this computer is not connected just now. Your words are still in the box. Press again.";
const PAUSE_MS = 700;
let isSending = false;
let pause = 0;

/** Send the form as the browser would, and put the answer's page into this one. */
async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.set(button.name, button.value);
  const box = form.querySelector("#words");
  isSending = true;
  box.readOnly = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main")) throw new Error(`The server answered ${answer.status}.`);
    if (!page.querySelector("#typing") || answer.status >= 500) {
      tell(page.querySelector("main [role=alert], main p").textContent);
      return;
    }
    showAnswer(page, button?.name);
  } catch {
    tell(UNSENT);
  } finally {
    isSending = false;
    box.readOnly = false;
  }
}

/** Show what the server says, with the focus where the next words go. */
function showAnswer(page, act) {
  const said = page.querySelector("#said").textContent;
  page.querySelector("#said").textContent = "";
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  const box = document.querySelector("#words");
  box.focus();
  if (act) box.setSelectionRange(box.value.length, box.value.length);
  // Put in after the page is there, so that screen readers say it.
  requestAnimationFrame(() => tell(said));
}

function tell(words) {
  document.querySelector("#said").textContent = words;
}

/** Say quietly when nearly the same words are there already; what cannot be asked is not said. */
async function lookForAlike(box) {
  const words = box.value;
  const told = document.querySelector("#alike");
  try {
    const answer = await fetch(`${box.form.action}/alike`, { method: "POST", body: new URLSearchParams({ words }) });
    const said = answer.ok ? await answer.text() : "";
    if (box.value === words && told.textContent !== said) told.textContent = said;
  } catch {
    told.textContent = "";
  }
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "words") return;
  clearTimeout(pause);
  pause = setTimeout(lookForAlike, PAUSE_MS, event.target);
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "typing") return;
  event.preventDefault();
  if (!isSending) send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const form = document.querySelector("#typing");
  if (!form?.contains(event.target)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".keep button"));
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("#words")?.value.trim()) event.preventDefault();
});
