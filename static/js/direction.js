// Gives each control of the admin the language and direction of what it holds: Arabic is typed from right to left in
// an English admin, French from left to right in an Arabic one, and an address or a code always from left to right.
(() => {
  const words = document.currentScript.dataset;
  const DIRECTIONS = JSON.parse(words.directions);
  const CODE = new RegExp(`(?:^|[-_])(?:${words.codes.split(" ").join("|")})$`);
  const CONTROLS = "input, textarea, .DraftEditor-root, .comparison";
  // Titles of pages: in a list, in the path to a page, in a chooser.
  const TITLES = ".title-wrapper a, .w-breadcrumbs li:last-child, .w-breadcrumbs__sublabel, .chooser__title";
  const TYPED = ["text", "search", "textarea"];
  // As Wagtail writes its fields of dates and times.
  const DATE = "[data-edit-form] [autocomplete='off']";
  const CODED = ["email", "url", "tel", "number", "password"];
  // What people say to each other about a page, in whatever language they speak.
  const ABOUT = ".comment, dialog";

  const config = document.getElementById("wagtail-config");
  const ofThePage = config ? JSON.parse(config.textContent).ACTIVE_CONTENT_LOCALE : undefined;

  // The language that stands beside a text in the same row or form, as with files of a publication.
  const chosenBeside = (control) => {
    const beside = control.form?.elements[(control.name ?? "").replace(/[^-]*$/, "language")];
    return beside?.value in DIRECTIONS ? beside : null;
  };

  const languageOf = (control) => {
    const beside = chosenBeside(control);
    if (beside) return beside.value;
    const compared = control.closest("[data-content-language]");
    if (compared) return compared.dataset.contentLanguage;
    return control.closest("[data-edit-form]") && !control.closest(ABOUT) ? ofThePage : undefined;
  };

  // Rich text and comparisons have no type.
  const isText = (control) => control.type === undefined || TYPED.includes(control.type);

  const isCode = (control) => CODED.includes(control.type) || CODE.test(control.name ?? "") || control.matches(DATE);

  // An empty control keeps the direction of the admin, so that what stands in it as a hint reads well.
  const followWhatIsTyped = (control) => {
    if (control.value) control.dir = "auto";
    else control.removeAttribute("dir");
  };

  const set = (control) => {
    if (isCode(control)) {
      control.dir = "ltr";
    } else if (isText(control)) {
      const language = languageOf(control);
      if (language in DIRECTIONS) {
        control.lang = language;
        control.dir = DIRECTIONS[language];
      } else {
        followWhatIsTyped(control);
      }
    }
  };

  const setBelow = (root) => {
    // What the server gave a language, as the names of a topic in each, keeps it.
    if (root.matches(CONTROLS) && !root.hasAttribute("lang")) set(root);
    for (const control of root.querySelectorAll(CONTROLS)) if (!control.hasAttribute("lang")) set(control);
    for (const title of root.querySelectorAll(TITLES)) title.dir = "auto";
    for (const label of root.querySelectorAll(".comparison dt")) label.lang = document.documentElement.lang;
  };

  document.addEventListener("input", ({ target }) => {
    if (target.matches("input, textarea") && !target.lang && isText(target) && !isCode(target)) followWhatIsTyped(target);
  });

  document.addEventListener("change", ({ target }) => {
    if (!/(?:^|-)language$/.test(target.name ?? "")) return;
    for (const control of target.form?.elements ?? []) {
      if (control.matches(CONTROLS) && chosenBeside(control) === target) set(control);
    }
  });

  setBelow(document.body);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) setBelow(node);
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
