// Takes what is pasted into rich text to the server, which makes blocks of it and says what it left out. Without this
// script Wagtail's editor pastes by itself. What is one plain paragraph stays where it is pasted.
(() => {
  const words = document.currentScript.dataset;
  const EDITOR = ".public-DraftEditor-content";
  // The editor's own clipboard, which it reads with all of its formatting.
  const OWN = "data-draftjs-conductor-fragment";
  const PLAIN = "html, head, meta, body, p, div, span, font, b, strong, i, em, u, a, br";
  const STYLED = /line-through|display\s*:\s*none|visibility|vertical-align\s*:\s*su|mso-|font-weight/i;
  let passing = false;

  const isPlain = (html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const elements = [...body.querySelectorAll("*")];
    return (
      !/<style|<!--\s*\[if/i.test(html) &&
      body.querySelectorAll("p, div").length <= 1 &&
      elements.every(
        (element) =>
          element.matches(PLAIN) &&
          !element.hidden &&
          !STYLED.test(element.getAttribute("style") ?? "") &&
          !/mso|deletion/i.test(element.className) &&
          /^(https?:|mailto:|tel:|$)/i.test(element.getAttribute("href") ?? ""),
      )
    );
  };

  // Pictures do not come along: what they weigh need not be sent.
  const withoutPictures = (html) => html.replace(/(\ssrc\s*=\s*["']?)data:[^"'\s>]*/gi, "$1");

  const pageNumber = () => {
    const path = location.pathname.match(/\/pages\/(?:(\d+)\/edit|add\/\w+\/\w+\/(\d+))\//);
    return path ? (path[1] ?? path[2]) : "";
  };

  // The sequence of blocks that an editor stands in, and its place there; none where only text can stand.
  const placeOf = (editor) => {
    for (const root of document.querySelectorAll("[id$='-root']")) {
      const children = root.rootBlock?.children;
      const index = Array.isArray(children) ? children.findIndex((child) => child.element?.contains(editor)) : -1;
      if (index >= 0 && children[index].type === "rich_text") return { sequence: root.rootBlock, index };
    }
    return null;
  };

  const note = (before) => {
    const box = document.createElement("div");
    box.className = "help-block help-info";
    box.dataset.pasteNote = "";
    box.setAttribute("role", "status");
    before.parentNode.insertBefore(box, before);
    return box;
  };

  const say = (box, message, remarks = []) => {
    const line = Object.assign(document.createElement("p"), { textContent: message });
    const list = document.createElement("ul");
    list.append(...remarks.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: words.close });
    close.className = "button button-small button-secondary";
    close.addEventListener("click", () => box.remove());
    box.replaceChildren(...(message ? [line] : []), ...(remarks.length ? [list] : []), close);
  };

  const ask = async (html, into) => {
    const address = new URL(words.address, location.href);
    address.search = new URLSearchParams({ page: pageNumber(), into });
    const key = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "text/html; charset=utf-8", "X-CSRFToken": key, Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", body: html, headers });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson || answer.redirected) throw new Error(String(answer.status));
    return answer.json();
  };

  const pasteText = (editor, state) => {
    const fragment = document.createElement("div");
    fragment.setAttribute(OWN, state);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", fragment.outerHTML);
    clipboardData.setData("text/plain", JSON.parse(state).blocks.map((block) => block.text).join("\n"));
    passing = true;
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    passing = false;
  };

  const insertBlocks = ({ sequence, index }, editor, blocks) => {
    const isEmpty = !editor.textContent.trim();
    blocks.forEach((block, number) => sequence.insert(block, index + 1 + number, { animate: false }));
    const first = sequence.children[index + 1].element;
    if (isEmpty) sequence.deleteBlock(index);
    // Wagtail saves and warns of what is unsaved when a field says that it changed.
    first.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
    return first;
  };

  const take = async (editor, html) => {
    const place = placeOf(editor);
    const box = note(place ? place.sequence.children[place.index].element : editor.closest(".Draftail-Editor"));
    box.textContent = words.reading;
    try {
      if (html.length > Number(words.largest)) return say(box, words.large);
      const { blocks, remarks, message } = await ask(html, place ? "body" : "text");
      if (message) return say(box, message);
      const isText = blocks.length === 1 && blocks[0].type === "rich_text";
      if (isText) pasteText(editor, blocks[0].value);
      else if (blocks.length) {
        const now = placeOf(editor);
        const first = insertBlocks(now, editor, blocks);
        first.parentNode.insertBefore(box, first);
      }
      if (remarks.length || !isText) say(box, blocks.length && !isText ? words.inserted : "", remarks);
      else box.remove();
    } catch {
      say(box, words.failed);
    }
  };

  document.addEventListener(
    "paste",
    (event) => {
      const editor = passing ? null : event.target.closest?.(EDITOR);
      const html = editor ? event.clipboardData.getData("text/html") : "";
      if (!html || html.includes(OWN) || isPlain(html)) return;
      event.preventDefault();
      event.stopPropagation();
      take(editor, withoutPictures(html));
    },
    true,
  );
})();
