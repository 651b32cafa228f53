/* Keeps on the server what is typed in a form, until it is saved. Nothing of it stays in the browser. */
"use strict";
(() => {
  const state = document.getElementById("register-draft");
  const form = state && document.getElementById(state.dataset.form);
  if (!form) return;
  const [line, login] = state.children;
  const ask = document.getElementById("register-unsaved");
  const key = document.querySelector(`[name=draft][form="${form.id}"]`);
  const pause = 3000;
  // Browsers send no more when a page is left.
  const mostWhenLeaving = 60000;
  const notTyped = new Set(["csrfmiddlewaretoken", "draft"]);

  // What the form holds, whatever its fields are: without its buttons, and the rows to make others of.
  const typed = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (notTyped.has(name) || name.startsWith("_") || name.includes("__prefix__")) continue;
      fields.append(name, value);
    }
    return fields.toString();
  };

  const opened = typed();
  const wasChanged = "changed" in state.dataset;
  let kept = wasChanged && !("kept" in state.dataset) ? null : opened;
  let turn = Number(state.dataset.turn);
  let isSaving = false;
  let isRefused = "";
  let sending = new AbortController();
  const isChanged = () => wasChanged || typed() !== opened;
  const isKept = () => typed() === kept;

  const tell = (text, { isProblem = true, isLoggedOut = false } = {}) => {
    // The same is not said twice.
    if (line.textContent !== text) line.textContent = text;
    state.classList.toggle("register-problem", isProblem);
    login.hidden = !isLoggedOut;
  };

  // After somebody logged in again, elsewhere in the browser: only the same person.
  const takeNewToken = async () => {
    const answer = await fetch(state.dataset.address, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return false;
    const { person, token } = await answer.json();
    if (String(person) !== state.dataset.person) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  };

  const keep = async ({ isLeaving = false, mayTryAgain = true } = {}) => {
    const fields = typed();
    if (fields === kept) return true;
    turn += 1;
    const body = new URLSearchParams(fields);
    body.set("draft", key.value);
    body.set("draft_turn", turn);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const keepalive = isLeaving && body.toString().length < mostWhenLeaving;
    try {
      const answer = await fetch(state.dataset.address, { method: "POST", body, keepalive, credentials: "same-origin", redirect: "manual", signal: sending.signal });
      if (answer.ok) {
        kept = fields;
        isRefused = "";
        tell((await answer.json()).told, { isProblem: false });
        document.dispatchEvent(new Event("register:alive"));
        return true;
      }
      if (answer.status === 409 || answer.status === 413) {
        const { turn: later, told } = await answer.json().catch(() => ({ told: state.dataset.refused }));
        if (later !== undefined) {
          turn = Math.max(turn, later);
          return mayTryAgain && keep({ isLeaving, mayTryAgain: false });
        }
        isRefused = fields;
        tell(told);
        return false;
      }
      if (answer.status === 403 && mayTryAgain && (await takeNewToken())) return keep({ isLeaving, mayTryAgain: false });
      const isLoggedOut = answer.type === "opaqueredirect" || answer.status === 403;
      if (isLoggedOut) tell(state.dataset.ended, { isLoggedOut });
      else if (answer.status >= 500) tell(state.dataset.offline);
      else {
        isRefused = fields;
        tell(state.dataset.refused);
      }
    } catch {
      if (!isSaving) tell(state.dataset.offline);
    }
    return false;
  };

  const keepOn = async () => {
    const isNew = !isSaving && !isKept() && typed() !== isRefused;
    const isDone = !isNew || (await keep());
    setTimeout(keepOn, isDone ? pause : 2 * pause);
  };
  setTimeout(keepOn, pause);

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !isSaving) keep({ isLeaving: true });
  });
  window.addEventListener("pagehide", () => {
    if (!isSaving) keep({ isLeaving: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isSaving || isKept()) return;
    keep({ isLeaving: true });
    event.preventDefault();
    event.returnValue = "";
  });
  // Somebody went back to it after saving.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isSaving = false;
  });

  // Other forms of the page lead away: the language, the log-out. First what was typed is kept.
  const tried = new WeakSet();
  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent === form) {
      isSaving = true;
      // The server keeps it before it saves.
      sending.abort();
      sending = new AbortController();
      return;
    }
    const next = sent.elements.next;
    if (next && isChanged()) next.value = `${location.pathname}?draft=${key.value}`;
    if (isKept() || tried.has(sent)) return;
    event.preventDefault();
    tried.add(sent);
    keep({ isLeaving: true }).then((isDone) => isDone && sent.requestSubmit(event.submitter));
  });

  // A step is about what is saved: say so where something else stands in the form.
  let pressed = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='/steps/']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !isChanged()) return;
    event.preventDefault();
    pressed = link;
    (link.closest("p, li, div") || link).after(ask);
    ask.hidden = false;
    ask.querySelector("button").focus();
  });
  const choices = {
    save: () => {
      const step = document.createElement("input");
      step.type = "hidden";
      step.name = "_step";
      step.value = /\/steps\/([\w-]+)\//.exec(pressed.href)[1];
      form.append(step);
      form.requestSubmit();
    },
    go: async () => {
      if (await keep({ isLeaving: true })) location.assign(pressed.href);
    },
    stay: () => {
      ask.hidden = true;
      pressed.focus();
    },
  };
  ask.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) choices[button.dataset.do]();
  });
})();
