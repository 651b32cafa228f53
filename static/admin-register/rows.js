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
    const own = event.target.querySelector(`input[name^="${kind}-"][name$="-key"]`);
    if (own) {
      const last = Math.max(0, ...keys(kind).filter((input) => input !== own).map((input) => Number(input.value)));
      own.value = String(last + 1);
      const title = event.target.querySelector("h3 b, summary b");
      const label = `${title ? title.textContent.replace(/:$/, "") : kind} ${keys(kind).length}`;
      for (const offered of document.querySelectorAll(`[data-rows="${kind}"]`)) {
        if (offered.matches("select")) offered.append(new Option(label, own.value));
        else offered.append(line(offered.dataset.name, own.value, label));
      }
    }
    // What the new row itself can name: the boxes of the hidden model row carry its name.
    for (const offered of event.target.querySelectorAll("div[data-rows]")) {
      const index = /-(\d+)-/.exec(event.target.querySelector("[name]").name);
      if (!index) continue;
      offered.dataset.name = offered.dataset.name.replace("__prefix__", index[1]);
      for (const box of offered.querySelectorAll("input")) box.name = offered.dataset.name;
    }
  });
})();
