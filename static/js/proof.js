// The proof of work on the form for press inquiries (press/forms/proof_of_work.py): looks, while the person types, for a salt
// with which PBKDF2 of the form's stamp begins with enough zero bits. Shows nothing. Where it cannot, or takes too long,
// the form is sent without a proof: nothing is lost.
const field = document.querySelector("[data-proof-bits]");
const { form } = field;
const LONGEST_WAIT = 10_000; // milliseconds, for who sends the form before the work is done

async function find() {
  const { proofBits, proofIterations } = field.dataset;
  const bytes = (text) => new TextEncoder().encode(text);
  const stamp = await crypto.subtle.importKey("raw", bytes(form.elements.stamp.value), "PBKDF2", false, ["deriveBits"]);
  for (;;) {
    const salt = crypto.getRandomValues(new Uint32Array(3)).join("-");
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(proofIterations) };
    const key = await crypto.subtle.deriveBits(how, stamp, 32);
    if (new DataView(key).getUint32(0) < 2 ** (32 - proofBits)) return salt;
  }
}

let tried = false;
const work = find()
  .then((salt) => (field.value = salt), () => {})
  .then(() => (tried = true));
const enough = () => new Promise((done) => setTimeout(done, LONGEST_WAIT));
let sending = false;
// Another language is no question that is sent.
for (const language of document.querySelectorAll("button[formaction]")) {
  language.addEventListener("click", () => { tried = true; });
}
form.addEventListener("submit", (event) => {
  if (tried) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  Promise.race([work, enough()]).then(() => form.submit());
});
