/* Folds the sections and rows of a long form, and leads to what a link names. Without it, all is open. */
"use strict";
(() => {
  const form = document.currentScript.closest("form");
  const parts = form.querySelector(".register-sections");
  const sections = [...form.querySelectorAll("details.register-section")];
  // After "save and continue", the section in which somebody worked is asked for again.
  const asked = /^#open-(section-\w+)$/.exec(location.hash);

  const FIELDS = "input:not([type=hidden]), select, textarea";

  const unfold = (target) => {
    for (let part = target; part && part !== form; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    const row = target.querySelector(":scope > .register-row-box > details");
    if (row) row.open = true;
  };

  // What of a target takes the focus: a searchable field has another element than its own.
  const focusable = (target) => {
    if (target.matches("details")) return target.querySelector("summary");
    if (target.matches("select.admin-autocomplete")) {
      const box = target.nextElementSibling;
      return (box && box.querySelector(".select2-selection")) || target;
    }
    if (target.matches(FIELDS)) return target;
    return target.querySelector(`summary, a, ${FIELDS}`) || target;
  };

  const goTo = (identifier) => {
    const target = identifier && document.getElementById(identifier);
    if (!target || !form.contains(target)) return false;
    unfold(target);
    const place = focusable(target);
    place.focus({ preventScroll: true });
    (target.offsetParent ? target : place).scrollIntoView({ block: target.matches("details") ? "start" : "center" });
    return true;
  };

  const wrong = form.querySelector(".register-errors");
  for (const fold of form.querySelectorAll("details.register-section, details.register-row")) {
    // A new activity begins with rows to fill in.
    const isToFill = "new" in form.dataset && !wrong && fold.matches(".register-row");
    fold.open = isToFill || Boolean(fold.querySelector(".errorlist"));
  }
  const isNew = "new" in form.dataset && !form.querySelector(".register-section[open]");
  const first = asked ? document.getElementById(asked[1]) : isNew && sections[0];
  if (first) first.open = true;
  window.addEventListener("load", () => {
    if (wrong) wrong.focus();
    else if (!goTo(location.hash.slice(1)) && isNew) focusable(first.querySelector(FIELDS)).focus();
  });

  form.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && goTo(link.hash.slice(1))) event.preventDefault();
  });

  const everything = document.createElement("button");
  everything.type = "button";
  const tell = () => {
    everything.textContent = sections.every((section) => section.open) ? parts.dataset.close : parts.dataset.open;
  };
  everything.addEventListener("click", () => {
    const open = !sections.every((section) => section.open);
    for (const section of sections) section.open = open;
  });
  for (const section of sections) section.addEventListener("toggle", tell);
  tell();
  parts.append(everything);

  let last = first || null;
  for (const work of ["input", "click"]) {
    form.addEventListener(work, (event) => {
      last = event.target.closest(".register-section") || last;
    });
  }
  form.addEventListener("submit", () => {
    if (last) form.action = `#open-${last.id}`;
  });
})();
