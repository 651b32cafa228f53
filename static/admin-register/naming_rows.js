/* Rows that are added get a key, and can be named by other rows of the form at once, by what they say. */
"use strict";
(() => {
  const rowsOf = (kind) => [...document.querySelectorAll(`#${kind}-group .inline-related:not(.empty-form)`)];
  const keyOf = (row) => row.querySelector(`input[type=hidden][name$="-key"]`);

  const labelOf = (row) => {
    const kind = row.closest(".inline-group").querySelector(".register-kind").dataset.kind;
    const number = row.querySelector(".inline_label").textContent.replace("#", "");
    const line = "told" in row.dataset ? row.querySelector(".register-line").textContent : "";
    return line ? `${kind} ${number}: ${line}` : `${kind} ${number}`;
  };

  // As it stands now: rows get other numbers when one before them is removed.
  const nameIn = (place) => place.id.replace(/^id_/, "");
  const box = (name, key) => {
    const field = Object.assign(document.createElement("input"), { type: "checkbox", name, value: key });
    const text = document.createElement("label");
    text.append(field, " ");
    const part = document.createElement("div");
    part.append(text);
    return part;
  };
  // What a place offers: key -> what shows it, and what of that holds its name.
  const offeredIn = (place) =>
    place.matches("select")
      ? new Map([...place.options].filter((option) => option.value).map((option) => [option.value, [option, option]]))
      : new Map([...place.children].map((part) => [part.querySelector("input").value, [part, part.querySelector("label").lastChild]]));

  // Lets each place offer the rows of a kind as they are now.
  const offer = (kind) => {
    const rows = new Map(rowsOf(kind).filter(keyOf).map((row) => [keyOf(row).value, row]));
    for (const place of document.querySelectorAll(`[data-rows="${kind}"]`)) {
      const offered = offeredIn(place);
      for (const [key, [part]] of offered) if (!rows.has(key)) part.remove();
      for (const [key, row] of rows) {
        // A row does not name itself.
        if (row.contains(place)) continue;
        if (!offered.has(key)) place.append(place.matches("select") ? new Option("", key) : box(nameIn(place), key));
        // The server named those that it knows.
        if (offered.has(key) && row.matches(".has_original") && !("told" in row.dataset)) continue;
        const text = offeredIn(place).get(key)[1];
        text.textContent = place.matches("select") ? labelOf(row) : ` ${labelOf(row)}`;
      }
    }
  };

  document.addEventListener("formset:added", (event) => {
    const [row, kind] = [event.target, event.detail.formsetName];
    // What the new row itself can name.
    for (const place of row.querySelectorAll("div[data-rows]")) {
      for (const field of place.querySelectorAll("input")) field.name = nameIn(place);
    }
    if (!keyOf(row)) return;
    const others = rowsOf(kind).filter((other) => other !== row);
    keyOf(row).value = String(Math.max(0, ...others.map((other) => Number(keyOf(other).value))) + 1);
    offer(kind);
  });
  document.addEventListener("formset:removed", (event) => offer(event.detail.formsetName));
  document.addEventListener("register:told", (event) => {
    event.target.dataset.told = "";
    const kind = event.target.closest(".inline-group").id.replace(/-group$/, "");
    if (keyOf(event.target)) offer(kind);
  });
})();
