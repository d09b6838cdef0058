// Passkeys: only a script can ask the browser for one, so whatever offers them is hidden until this has run.
const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (descriptors) => (descriptors || []).map((each) => ({ ...each, id: bytesOf(each.id) }));

// Sends the form with more fields, and returns what is answered; nothing if the site asks for the password first.
const send = async (form, more) => {
  const response = await fetch(form.action, {
    method: "POST", body: new URLSearchParams([...new FormData(form), ...Object.entries(more)]),
  });
  if (response.redirected) {
    location.assign(response.url);
    return null;
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || form.dataset.failed);
  return answer;
};

const ask = async (asked) => {
  const options = { ...asked, challenge: bytesOf(asked.challenge) };
  if (!asked.user) {
    return navigator.credentials.get({ publicKey: { ...options, allowCredentials: withBytes(asked.allowCredentials) } });
  }
  const user = { ...asked.user, id: bytesOf(asked.user.id) };
  const excludeCredentials = withBytes(asked.excludeCredentials);
  return navigator.credentials.create({ publicKey: { ...options, user, excludeCredentials } });
};

const written = ({ id, rawId, type, response }) => {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const parts = names.filter((name) => response[name]).map((name) => [name, textOf(response[name])]);
  return JSON.stringify({ id, rawId: textOf(rawId), type, response: Object.fromEntries(parts) });
};

const use = async (form) => {
  const asked = await send(form, {});
  if (!asked) return;
  let credential;
  try {
    credential = await ask(asked.publicKey);
  } catch (error) {
    throw new Error(error.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed);
  }
  const done = await send(form, { answer: written(credential) });
  if (done) location.assign(done.next);
};

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  const button = form.querySelector("button");
  const problem = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await use(form);
    } catch (error) {
      problem.textContent = error.message;
    }
    button.disabled = false;
  });
}
