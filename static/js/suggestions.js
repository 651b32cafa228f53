/* Suggestions below the search field while somebody types: a combobox with a listbox, as WAI-ARIA 1.2 tells. Without them the form is the same. */
"use strict";
(() => {
  // Milliseconds without a key before the site is asked; characters; answers.
  const WAIT = 150;
  const SHORTEST = 2;
  const LONGEST = 100;
  const MOST_KEPT = 50;

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };

  const suggest = (field) => {
    const list = element("div", {
      class: "suggestions",
      id: `${field.id}-suggestions`,
      role: "listbox",
      // A part that scrolls would have a place among the fields.
      tabindex: "-1",
      "aria-label": field.dataset.suggestionsLabel,
    });
    list.hidden = true;
    const status = element("div", { class: "visually-hidden", role: "status" });
    field.after(list, status);
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id };
    for (const [attribute, value] of Object.entries(roles)) field.setAttribute(attribute, value);
    field.setAttribute("aria-expanded", "false");

    // Text -> its answer, the last ones.
    const kept = new Map();
    let options = [];
    // The place of the option that the arrows are at; -1 is the field.
    let place = -1;
    // The text that the list is for.
    let shown = "";
    let timer = 0;
    let request = null;

    const typed = () => field.value.trim().replace(/\s+/g, " ").toLowerCase();

    const goTo = (next) => {
      if (options[place]) options[place].setAttribute("aria-selected", "false");
      place = next;
      const option = options[place];
      if (!option) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };

    const close = () => {
      goTo(-1);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      status.textContent = "";
    };

    // What is on its way comes too late.
    const forget = () => {
      clearTimeout(timer);
      if (request) request.abort();
      request = null;
    };

    const leave = () => {
      forget();
      close();
    };

    // Texts only: nothing of an answer is ever read as HTML.
    const text = ({ text: content, lang }) => element("span", lang ? { lang } : {}, content);

    const groupOf = ({ label, suggestions }, number) => {
      const id = `${list.id}-${number}`;
      const made = suggestions.map(({ address, texts }, at) => {
        const attributes = { role: "option", id: `${id}-${at}`, href: address, tabindex: "-1", "aria-selected": "false" };
        return element("a", attributes, ...texts.flatMap((part) => [text(part), " "]));
      });
      options.push(...made);
      const heading = element("div", { role: "presentation", id }, label);
      return element("div", { role: "group", "aria-labelledby": id }, heading, ...made);
    };

    const show = (asked, answer) => {
      goTo(-1);
      shown = asked;
      options = [];
      list.replaceChildren(...answer.groups.map(groupOf));
      list.hidden = !options.length;
      list.scrollTop = 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = answer.status;
    };

    const ask = async (asked) => {
      const mine = new AbortController();
      request = mine;
      let answer = null;
      try {
        const query = new URLSearchParams({ q: asked });
        const response = await fetch(`${field.dataset.suggestions}?${query}`, { signal: mine.signal, credentials: "omit" });
        if (response.ok) answer = await response.json();
      } catch {
        // Without a network the form still works.
      }
      if (answer) {
        kept.set(asked, answer);
        if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
      }
      if (request !== mine) return;
      request = null;
      if (answer && asked === typed() && document.activeElement === field) show(asked, answer);
      else close();
    };

    const look = (wait) => {
      const asked = typed();
      const isOpen = !list.hidden;
      goTo(-1);
      forget();
      if (isOpen && asked === shown) return;
      if (asked.length < SHORTEST || asked.length > LONGEST) close();
      else if (kept.has(asked)) show(asked, kept.get(asked));
      else timer = setTimeout(ask, wait, asked);
    };

    // Also while a word is composed: nothing of that is touched, and phones compose every word.
    field.addEventListener("input", () => look(WAIT));

    const keys = {
      ArrowDown: (event) => move(event, 1),
      ArrowUp: (event) => move(event, -1),
      Escape: (event) => {
        // Only of an open list: else it empties the field, as without a script.
        if (!list.hidden) event.preventDefault();
        leave();
      },
      Enter: (event) => {
        if (!options[place]) return;
        event.preventDefault();
        options[place].click();
      },
    };

    const move = (event, step) => {
      if (typed().length < SHORTEST) return;
      event.preventDefault();
      if (event.altKey && step < 0) leave();
      else if (list.hidden) look(0);
      else if (!event.altKey) {
        const places = options.length + 1;
        goTo(((place + 1 + step + places) % places) - 1);
      }
    };

    field.addEventListener("keydown", (event) => {
      // The keys of who composes a word are for the word; 229 is that of browsers that tell it late.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (Object.hasOwn(keys, event.key)) keys[event.key](event);
      else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) goTo(-1);
    });

    // The field keeps the focus while somebody points at the list or scrolls it.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("blur", leave);
    field.form.addEventListener("submit", leave);
    // Who comes back finds the page without it.
    window.addEventListener("pagehide", leave);
    // A browser may bring back the page as it was left: its fields say again what its list is of.
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted && field.form.autocomplete === "off") field.form.reset();
    });
  };

  document.querySelectorAll("input[data-suggestions]").forEach(suggest);
})();
