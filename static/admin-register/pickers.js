/* The searchable fields of the stock admin: gives them the names of their labels, for screen readers, and lets one choose by typing alone. */
"use strict";
(() => {
  const name = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const box = select.nextElementSibling;
      const label = select.labels && select.labels[0] ? select.labels[0].textContent.trim().replace(/:$/, "") : "";
      if (!box || !box.classList.contains("select2-container") || !label) continue;
      for (const part of box.querySelectorAll(".select2-selection, .select2-search__field")) {
        part.setAttribute("aria-label", label);
      }
      // What is chosen is text, not a field of its own.
      const chosen = box.querySelector(".select2-selection__rendered[role='textbox']");
      if (chosen) for (const attribute of ["role", "aria-readonly"]) chosen.removeAttribute(attribute);
    }
  };
  window.addEventListener("load", name);
  document.addEventListener("formset:added", () => setTimeout(name));
  document.addEventListener("change", () => setTimeout(name));

  // Whoever types in a closed field looks for something: it opens, and has what was typed.
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest(".select2-selection--single");
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (field && isLetter) django.jQuery(field.closest(".select2-container").previousElementSibling).select2("open");
  });

  // The searchable field that a search belongs to: several can be open.
  const fieldOf = (search) =>
    [...document.querySelectorAll("select.admin-autocomplete + .select2-container--open")]
      .map((box) => django.jQuery(box.previousElementSibling).data("select2"))
      .find((field) => [field.$container[0], field.$dropdown[0]].some((part) => part.contains(search)));
  // Whoever went on meanwhile stays where they are: as with a key that is held, nothing closes by itself.
  const choose = (field, row) => {
    field.trigger("select", { data: row, originalEvent: { ctrlKey: true } });
    field.close();
  };
  // Field -> the words whose list it shows, and those whose list is awaited, to choose from it.
  const shown = new Map();
  const awaited = new Map();
  // What to do once nothing is awaited.
  let afterwards = null;
  const known = new WeakSet();
  const listen = (field) => {
    if (known.has(field)) return;
    known.add(field);
    // The list of earlier words may still come.
    field.on("results:all", ({ data, query }) => {
      shown.set(field, query.term);
      if (!awaited.has(field) || awaited.get(field) !== query.term) return;
      awaited.delete(field);
      if (data.results.length) choose(field, data.results[0]);
      if (awaited.size || !afterwards) return;
      afterwards();
      afterwards = null;
    });
    // Nothing is found, or the list does not come: somebody has to look.
    field.on("results:message", () => {
      if (!awaited.delete(field)) return;
      afterwards = null;
      field.$container.find("[tabindex='0']").trigger("focus");
    });
  };

  // Enter and Tab choose the best of what fits, once the list is that of what was typed: before, it is an earlier one.
  const key = (event) => {
    if (event.key === "Escape") awaited.delete(fieldOf(event.target));
    const isTyped = event.target.matches(".select2-search__field") && event.target.value.trim();
    if (!isTyped || event.shiftKey || event.isComposing || !["Enter", "Tab"].includes(event.key)) return;
    const field = fieldOf(event.target);
    if (!field) return;
    event.stopImmediatePropagation();
    const isAwaited = shown.get(field) !== event.target.value;
    const isFound = field.$results.find(".select2-results__option--highlighted").length;
    if (event.key === "Enter" || !(isAwaited || isFound)) event.preventDefault();
    if (isAwaited) {
      awaited.set(field, event.target.value);
      // From the field, the browser goes on.
      if (event.key === "Tab") field.close();
    } else if (isFound) field.trigger("results:select", {});
  };
  document.addEventListener("keydown", key, true);
  const submit = (event) => {
    if (!awaited.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    afterwards = () => target.requestSubmit(submitter);
  };
  document.addEventListener("submit", submit, true);
  // What is typed after that looks for something else.
  document.addEventListener("input", (event) => {
    const field = event.target.matches(".select2-search__field") && fieldOf(event.target);
    if (!field) return;
    listen(field);
    shown.delete(field);
    awaited.delete(field);
  });
})();
