/* Keeps the session of whoever is at work on a page, and says two minutes before it ends. */
"use strict";
(() => {
  const texts = document.currentScript.dataset;
  const idle = Number(texts.idle) * 1000;
  // However busy, it ends then.
  const latest = Date.now() + Number(texts.left) * 1000;
  const pause = Math.min(5 * 60 * 1000, idle / 6);
  const warning = Math.min(2 * 60 * 1000, idle / 2);
  const tabs = new BroadcastChannel("register-session");
  let last = Date.now();
  let asked = last;
  let shown = "";
  let hasEnded = false;

  const bar = document.createElement("div");
  const words = document.createElement("span");
  const stay = document.createElement("button");
  const again = document.createElement("a");
  bar.className = "register-session";
  bar.setAttribute("role", "alert");
  bar.hidden = true;
  stay.type = "button";
  stay.className = "button";
  stay.textContent = texts.stay;
  again.href = texts.login;
  again.target = "_blank";
  again.textContent = texts.again;
  bar.append(words, " ", stay, again);
  document.body.prepend(bar);

  const show = (text, { mayStay = false, isOver = false } = {}) => {
    // What was said already is not said again.
    if (text === shown) return;
    shown = text;
    stay.hidden = !mayStay;
    again.hidden = !isOver;
    words.textContent = text;
    bar.hidden = !text;
  };
  const at = (moment) => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  const look = () => {
    const now = Date.now();
    const ends = Math.min(last + idle, latest);
    if (hasEnded) show(texts.ended, { isOver: true });
    // Another window may have kept it.
    else if (now > ends) renew();
    else if (now < ends - warning) show("");
    else if (ends === latest) show(texts.last.replace("{time}", at(ends)));
    else show(texts.soon.replace("{time}", at(ends)), { mayStay: true });
  };
  const wasKept = () => {
    last = Date.now();
    hasEnded = false;
    look();
  };
  const renew = async () => {
    try {
      const answer = await fetch(texts.address, { credentials: "same-origin" });
      if (answer.status === 204) {
        wasKept();
        tabs.postMessage("kept");
      } else if (answer.status === 403) {
        hasEnded = true;
        look();
      }
    } catch {
      // Without a network, the next try tells.
    }
  };

  const work = () => {
    if (hasEnded || Date.now() - Math.max(last, asked) < pause) return;
    asked = Date.now();
    renew();
  };
  for (const name of ["input", "keydown", "pointerdown", "wheel", "touchmove"]) document.addEventListener(name, work, { passive: true });
  document.addEventListener("register:alive", wasKept);
  tabs.addEventListener("message", wasKept);
  stay.addEventListener("click", renew);
  tabs.postMessage("kept");
  setInterval(look, 5000);
})();
