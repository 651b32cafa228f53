/* Gives the searchable fields of the stock admin the names of their labels, for screen readers. */
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
})();
