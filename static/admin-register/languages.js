/* Shows the fields of one language at a time, and which languages are filled. Without it, all show. */
"use strict";
(() => {
  const bar = document.getElementById("register-languages");
  const form = bar && bar.closest("form");
  if (!form) return;
  const codes = [...bar.querySelectorAll("[data-language]")].map((span) => span.dataset.language);
  const names = Object.fromEntries([...bar.querySelectorAll("[data-language]")].map((span) => [span.dataset.language, span.textContent]));
  const field = new RegExp(`_(${codes.join("|")})$`);
  const buttons = {};
  let shown = sessionStorage.getItem("register-language") || document.documentElement.lang.slice(0, 2);
  if (!codes.includes(shown) && shown !== "all") shown = codes[0];

  const languageOf = (row) => {
    const named = [...row.classList].find((name) => name.startsWith("field-"));
    const match = named && field.exec(named);
    return match && match[1];
  };

  const show = () => {
    const filled = Object.fromEntries(codes.map((code) => [code, 0]));
    for (const row of form.querySelectorAll(".form-row")) {
      const language = languageOf(row);
      if (!language || row.closest(".empty-form")) continue;
      const input = row.querySelector("input, textarea");
      if (input && input.value.trim()) filled[language] += 1;
      const isOther = shown !== "all" && language !== shown && !row.classList.contains("errors");
      row.classList.toggle("register-other-language", isOther);
    }
    for (const [code, button] of Object.entries(buttons)) {
      button.setAttribute("aria-pressed", String(code === shown));
      if (code !== "all") button.lastChild.textContent = filled[code] ? ` (${filled[code]} ${bar.dataset.filled})` : ` (${bar.dataset.empty})`;
    }
  };

  for (const code of [...codes, "all"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(code === "all" ? bar.dataset.all : names[code]);
    if (code !== "all") {
      button.lang = code;
      button.append(document.createElement("small"));
    }
    button.addEventListener("click", () => {
      shown = code;
      sessionStorage.setItem("register-language", code);
      show();
    });
    buttons[code] = button;
  }
  bar.replaceChildren(...Object.values(buttons));
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", bar.dataset.label);
  bar.hidden = false;
  form.addEventListener("input", show);
  // Rows that are added later come with the fields of every language.
  document.addEventListener("formset:added", show);
  show();
})();
