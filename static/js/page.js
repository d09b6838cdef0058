// What every page does with a script; all of it works without. One file, because each costs a request.

// Suggestions below a search field while somebody types: a combobox with a list of pages (WAI-ARIA 1.2).
// The form works without this file. Its texts and address come from the form's data attributes.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let active = -1, asked = new AbortController(), timer = 0;

  list.id = input.id + "-suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const attributes = {
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  };
  for (const name in attributes) input.setAttribute(name, attributes[name]);
  input.after(list, status);

  const askNoMore = () => {
    clearTimeout(timer);
    asked.abort();
  };
  const close = () => {
    askNoMore();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    // An answer on its way must not replace the list that somebody is choosing from.
    askNoMore();
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };
  const show = (items, direction) => {
    list.replaceChildren(...items.map((item, number) => {
      const option = document.createElement("li");
      option.id = list.id + number;
      option.setAttribute("role", "option");
      option.dir = direction;
      option.textContent = item.title;
      option.dataset.address = new URL(item.html_url).pathname;
      return option;
    }));
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = items.length ? form.dataset.suggestCount.replace("0", items.length) : "";
    mark(-1);
  };
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    try {
      const address = form.dataset.suggest + "&q=" + encodeURIComponent(input.value.trim());
      const answer = await fetch(address, { signal: asked.signal, credentials: "omit" });
      if (answer.ok) {
        const { items, dir } = await answer.json();
        show(items, dir);
      }
    } catch {
      // Asked anew meanwhile, or no network: what is typed can be sent all the same.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp") mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.address);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}

// The device's own sheet to share with, where there is one. Who changes their mind is told nothing.
const share = document.querySelector("[data-share]");
if (share && navigator.share) {
  share.parentNode.hidden = false;
  share.addEventListener("click", () => {
    navigator.share({ title: document.title, url: share.dataset.share }).catch(() => {});
  });
}

// Another language opens at the same section: its anchor is the same there.
for (const language of document.querySelectorAll(".language-bar a")) {
  language.addEventListener("click", () => { language.hash = location.hash; });
}
