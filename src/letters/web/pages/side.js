// Live reload: the server tells when a file has changed; the page fetches itself anew and keeps its place.
"use strict";

const status = document.getElementById("besked");
const events = new EventSource("nyt");

events.onmessage = async (event) => {
  if (event.data === document.body.dataset.stamp) return;
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const scrolled = [...document.querySelectorAll("main > section")].map((section) => section.scrollTop);
  const focused = document.activeElement?.id;
  document.getElementById("indhold").replaceWith(fresh.getElementById("indhold"));
  document.querySelectorAll("main > section").forEach((section, number) => {
    section.scrollTop = scrolled[number];
  });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  document.body.dataset.stamp = fresh.body.dataset.stamp;
  status.textContent = `${document.body.dataset.updated} ${new Date().toLocaleTimeString(document.documentElement.lang)}`;
};

events.onerror = () => {
  if (events.readyState !== EventSource.OPEN) status.textContent = document.body.dataset.lost;
};
events.onopen = () => {
  if (status.textContent === document.body.dataset.lost) status.textContent = "";
};
