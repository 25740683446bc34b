// What htmx leaves to the page when it swaps a part of it: where the keyboard is, what a screen reader hears, which
// filters stand open, and how far down the page was on the way back. Without scripts, links and forms load pages.
"use strict";
(() => {
  const depth = new Map(); // address -> how far down its page was when it was left
  let stay = null; // names the filter that was used: the same one is to have the keyboard afterwards
  let open = null; // the kinds of filter that stand open

  const main = () => document.getElementById("main");
  const target = (detail) => detail.pathInfo.finalRequestPath || detail.pathInfo.requestPath;
  const facets = () => [...document.querySelectorAll("details[data-facet]")];

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [name, value] of Object.entries(detail.parameters)) if (value === "") delete detail.parameters[name];
  });

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    stay = detail.elt.dataset.stay || null;
    open = new Map(facets().map((facet) => [facet.dataset.facet, facet.open]));
  });

  // A refusal in plain words, or no answer at all: the browser shows it, as it does without scripts.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.responseText.includes('<main id="main"')) return;
    event.detail.shouldSwap = false;
    location.assign(target(event.detail));
  });
  document.addEventListener("htmx:sendError", ({ detail }) => location.assign(target(detail)));
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());

  document.addEventListener("htmx:beforeHistoryUpdate", () => depth.set(location.href, window.scrollY));
  // On the way back the browser would glide to where the other page was long.
  window.addEventListener("popstate", ({ state }) => {
    if (state && state.htmx) document.documentElement.classList.add("at-once");
  });
  document.addEventListener("htmx:historyRestore", () => {
    main().focus({ preventScroll: true });
    window.scrollTo({ top: depth.get(location.href) || 0, behavior: "instant" });
    document.documentElement.classList.remove("at-once");
    say();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target !== main()) return;
    for (const facet of facets()) facet.open = open?.get(facet.dataset.facet) ?? facet.open;
    const same = stay && [...document.querySelectorAll("[data-stay]")].find((link) => link.dataset.stay === stay);
    if (same) same.focus({ preventScroll: true });
    else if (document.activeElement === document.body) main().focus({ preventScroll: true });
    say();
  });

  function say() {
    const lead = main().querySelector(".wrong, .lead");
    const words = `${document.title}. ${lead ? lead.textContent : ""}`.replace(/\s+/g, " ");
    document.getElementById("said").textContent = words.trim();
  }
})();
