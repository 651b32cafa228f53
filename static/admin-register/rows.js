/* Rows of a form: makes the blank one the pattern of new ones, as the script of the stock admin wants it, and keeps the line of each. */
"use strict";
(() => {
  const NAMES = ["id", "name", "for", "aria-describedby"];

  // Gives what is in a row another number.
  const number = (row, prefix, from, to) => {
    for (const node of [row, ...row.querySelectorAll("*")]) {
      for (const name of NAMES) {
        const value = node.getAttribute(name);
        if (value) node.setAttribute(name, value.replaceAll(`${prefix}-${from}-`, `${prefix}-${to}-`));
      }
    }
  };

  for (const blank of document.querySelectorAll(".register-blank")) {
    const [, prefix, last] = /^(\w+)-(\d+)$/.exec(blank.id);
    number(blank, prefix, last, "__prefix__");
    blank.id = `${prefix}-empty`;
    blank.classList.add("empty-form", "last-related");
    document.getElementById(`id_${prefix}-TOTAL_FORMS`).value = last;
  }

  const ofRow = (node) => node.closest(".inline-related");
  const said = (field) => {
    if (field.type === "hidden" || field.type === "checkbox" || field.type === "url") return "";
    if (field.tagName !== "SELECT") return field.type === "number" ? "" : field.value.trim();
    const chosen = [...field.selectedOptions].filter((option) => !["", "unknown"].includes(option.value));
    return chosen.map((option) => option.textContent.trim()).join(", ");
  };

  // As the server makes the line of a row, roughly: it is made anew once the row is saved.
  const tell = (row) => {
    const texts = new Set();
    for (const field of row.querySelectorAll(".register-fields input, .register-fields select, .register-fields textarea")) {
      const group = field.closest(".register-texts");
      const isRepeated = group && [...group.querySelectorAll("input, textarea")].find((other) => other.value.trim()) !== field;
      if (!isRepeated && said(field)) texts.add(said(field).slice(0, 120));
    }
    if (!texts.size) return;
    row.querySelector(".register-line").textContent = [...texts].slice(0, 4).join(" · ");
    row.dispatchEvent(new Event("register:told", { bubbles: true }));
  };

  const changed = (event) => {
    const row = ofRow(event.target);
    if (row && row.querySelector(".register-line")) tell(row);
  };
  document.addEventListener("change", changed);
  // Searchable fields tell by jQuery alone.
  window.addEventListener("load", () => django.jQuery(document).on("change", "select.admin-autocomplete", changed));

  document.addEventListener("formset:added", (event) => {
    const row = event.target;
    const fold = row.querySelector("details.register-row");
    if (!fold) return;
    const [, prefix, now] = /^(\w+)-(\d+)$/.exec(row.id);
    number(row, prefix, "__prefix__", now);
    row.classList.remove("register-blank", "last-related");
    fold.open = true;
    fold.querySelector("summary").focus();
  });
})();
