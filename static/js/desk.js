// Keeps what an officer types as drafts on the server, shortly after each pause. Without this script the drafts are kept
// whenever a button is pressed.
const form = document.querySelector("[data-desk-form]");
const status = document.querySelector("[data-desk-status]");
const PAUSE = 1200;
const AGAIN = 10000;
let timer = 0;
let changed = false;
let sending = false;

const put = (name, value) => {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
};

const send = (keepalive) => {
  const body = new FormData(form);
  body.set("action", "draft");
  return fetch(location.href, { method: "POST", body, keepalive, headers: { "X-Requested-With": "XMLHttpRequest" } });
};

// After signing in again in another tab the page's key is old: the new one stands in the page as it is now.
const renewKey = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const key = page.querySelector("[data-desk-form] [name=csrfmiddlewaretoken]");
  if (key) put("csrfmiddlewaretoken", key.value);
};

const keep = async () => {
  clearTimeout(timer);
  changed = false;
  try {
    let answer = await send(false);
    if (answer.status === 403) {
      await renewKey();
      answer = await send(false);
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    for (const [name, revision] of Object.entries(await answer.json())) put(name, revision);
    status.textContent = status.dataset.saved;
  } catch {
    changed = true;
    status.textContent = status.dataset.lost;
    timer = setTimeout(keep, AGAIN);
  }
};

if (form && status) {
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(timer);
  });
  addEventListener("pagehide", () => {
    if (changed && !sending) send(true);
  });
  addEventListener("beforeunload", (event) => {
    if (changed && !sending) event.preventDefault();
  });
}
