/* Rows that are added get a key, and can be named by other rows of the form at once. */
"use strict";
(() => {
  const keys = (kind) => [...document.querySelectorAll(`input[name^="${kind}-"][name$="-key"]`)].filter((input) => !input.name.includes("__prefix__"));

  const line = (name, key, label) => {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: key });
    const text = document.createElement("label");
    text.append(box, ` ${label}`);
    const part = document.createElement("div");
    part.append(text);
    return part;
  };

  document.addEventListener("formset:added", (event) => {
    const kind = event.detail.formsetName;
    const index = /-(\d+)$/.exec(event.target.id);
    // What the new row itself can name.
    for (const offered of event.target.querySelectorAll("div[data-rows]")) {
      offered.dataset.name = `${kind}-${index[1]}-${offered.dataset.name.split("-").pop()}`;
      for (const box of offered.querySelectorAll("input")) box.name = offered.dataset.name;
    }
    const own = event.target.querySelector(`input[name^="${kind}-"][name$="-key"]`);
    if (!own) return;
    const others = keys(kind).filter((input) => input !== own);
    own.value = String(Math.max(0, ...others.map((input) => Number(input.value))) + 1);
    const title = document.querySelector(`#${kind}-group .register-kind`);
    const label = `${title ? title.textContent : kind} ${others.length + 1}`;
    for (const offered of document.querySelectorAll(`[data-rows="${kind}"]`)) {
      if (offered.matches("select")) offered.append(new Option(label, own.value));
      else offered.append(line(offered.dataset.name, own.value, label));
    }
  });
})();
