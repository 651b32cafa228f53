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
    if (!own) return;
    const others = keys(kind).filter((input) => input !== own);
    own.value = String(Math.max(0, ...others.map((input) => Number(input.value))) + 1);
    const label = `${document.getElementById(`${kind}-group`).dataset.kind} ${others.length + 1}`;
    for (const offered of document.querySelectorAll(`[data-rows="${kind}"]`)) {
      // No row names itself.
      if (event.target.contains(offered)) continue;
      if (offered.matches("select")) offered.append(new Option(label, own.value));
      // Named as it stands now: rows get another number when one before them goes.
      else offered.append(line(offered.id.replace(/^id_/, ""), own.value, label));
    }
  });

  // What was added and is gone again can be named no more.
  document.addEventListener("formset:removed", (event) => {
    const kind = event.detail.formsetName;
    const there = new Set(keys(kind).map((input) => input.value));
    for (const choice of document.querySelectorAll(`[data-rows="${kind}"] :is(option, input)`)) {
      if (choice.value && !there.has(choice.value)) (choice.closest("[data-rows] > div") || choice).remove();
    }
  });
})();
