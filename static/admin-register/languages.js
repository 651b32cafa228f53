/* Shows the texts of one language, of all, or of two side by side, and what is not translated. Without it, all show. */
"use strict";
(() => {
  const bar = document.getElementById("register-languages");
  const form = bar && bar.closest("form");
  if (!form) return;
  const names = Object.fromEntries([...bar.querySelectorAll("[data-language]")].map((span) => [span.dataset.language, span.textContent]));
  const codes = Object.keys(names);
  const own = codes.includes(document.documentElement.lang.slice(0, 2)) ? document.documentElement.lang.slice(0, 2) : codes[0];
  const kept = (name, allowed, otherwise) => {
    const value = sessionStorage.getItem(`register-${name}`);
    return allowed.includes(value) ? value : otherwise;
  };
  // One language, "all" or "side"; and for side by side, which is left and which is right.
  let shown = kept("language", [...codes, "all", "side"], own);
  let target = kept("target", codes, own);
  let source = kept("source", codes, "");

  const make = (tag, text, properties = {}) => Object.assign(document.createElement(tag), { textContent: text }, properties);
  const groups = () => [...form.querySelectorAll(".register-texts")].filter((group) => !group.closest(".empty-form"));
  const rowsIn = (group) => [...group.children].map((row) => ({ row, code: row.dataset.language, text: row.querySelector("input, textarea").value.trim() }));

  const mark = (row, isMissing) => {
    const label = row.querySelector("label");
    const there = label.querySelector(".register-untranslated");
    if (there && !isMissing) there.remove();
    if (!there && isMissing) label.append(make("span", bar.dataset.missing, { className: "register-untranslated" }));
  };

  const tellSections = (sections, total) => {
    for (const place of form.querySelectorAll(".register-written-in")) {
      const written = sections[place.dataset.section] || { texts: 0 };
      const parts = codes.filter((code) => written[code]).map((code) => (written[code] === written.texts ? code : `${code} ${written[code]}/${written.texts}`));
      place.textContent = parts.join(" · ");
    }
    for (const [code, button] of Object.entries(buttons)) {
      button.setAttribute("aria-pressed", String(code === shown));
      if (names[code]) button.lastChild.textContent = total[code] ? ` (${total[code]} ${bar.dataset.filled})` : ` (${bar.dataset.empty})`;
    }
  };

  const mostWritten = (total, among) => among.reduce((best, code) => (total[code] > total[best] ? code : best));

  // What is written in another language is offered where nothing is in the one that shows.
  const tellOffer = (total) => {
    const most = mostWritten(total, codes);
    offer.hidden = !(names[shown] && !total[shown] && total[most]);
    if (offer.hidden || offer.dataset.most === most) return;
    offer.dataset.most = most;
    const alone = make("button", names[most], { type: "button", lang: most, onclick: () => choose(most) });
    const both = make("button", bar.dataset.side, { type: "button", onclick: () => choose("side", most, shown) });
    offer.replaceChildren(bar.dataset.offer, " ", alone, " ", both);
  };

  const show = () => {
    const total = Object.fromEntries(codes.map((code) => [code, 0]));
    const sections = {};
    const texts = groups().map((group) => [group, rowsIn(group)]);
    for (const [group, rows] of texts) {
      const isWritten = rows.some(({ text }) => text);
      const section = (sections[group.closest(".register-section").id] ||= { texts: 0 });
      section.texts += isWritten;
      for (const { row, code, text } of rows) {
        if (text) {
          total[code] += 1;
          section[code] = (section[code] || 0) + 1;
        }
        mark(row, isWritten && !text);
      }
    }
    if (!source || source === target) source = mostWritten(total, codes.filter((code) => code !== target));
    for (const [, rows] of texts) {
      for (const { row, code } of rows) {
        const isShown = shown === "all" || code === shown || (shown === "side" && [source, target].includes(code));
        row.classList.toggle("register-other-language", !isShown && !row.classList.contains("errors"));
        row.classList.toggle("register-left", shown === "side" && code === source);
      }
    }
    form.classList.toggle("register-side-by-side", shown === "side");
    pair.hidden = shown !== "side";
    [lefts.value, rights.value] = [source, target];
    tellSections(sections, total);
    tellOffer(total);
  };

  const choose = (view, left = source, right = target) => {
    // Two different ones: who chooses one twice means to swap them.
    if (left === right) [left, right] = left === source ? [target, right] : [left, source];
    [shown, source, target] = [view, left, right];
    sessionStorage.setItem("register-language", shown);
    sessionStorage.setItem("register-source", source);
    sessionStorage.setItem("register-target", target);
    show();
  };

  const buttons = {};
  for (const code of [...codes, "all", "side"]) {
    const button = make("button", names[code] || bar.dataset[code], { type: "button", onclick: () => choose(code) });
    if (names[code]) {
      button.lang = code;
      button.append(document.createElement("small"));
    }
    buttons[code] = button;
  }
  const picker = (label, changed) => {
    const select = document.createElement("select");
    for (const code of codes) select.append(make("option", names[code], { value: code, lang: code }));
    select.addEventListener("change", () => changed(select.value));
    const named = make("label", `${label} `);
    named.append(select);
    pair.append(named);
    return select;
  };
  const pair = make("span", "", { className: "register-pair" });
  const lefts = picker(bar.dataset.source, (code) => choose("side", code, target));
  const rights = picker(bar.dataset.target, (code) => choose("side", source, code));
  const offer = make("p", "", { className: "register-offer" });

  bar.replaceChildren(...Object.values(buttons), pair, offer);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", bar.dataset.label);
  bar.hidden = false;
  // Not part of what is sent: whoever chooses a view changes nothing.
  form.addEventListener("input", (event) => bar.contains(event.target) || show());
  // Rows that are added later come with the fields of every language.
  document.addEventListener("formset:added", show);
  document.addEventListener("formset:removed", show);
  show();
})();
