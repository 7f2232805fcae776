// The section one is in stays in sight on a narrow screen; the list of bodies follows what one types. Without this script
// one scrolls, and the button does the same. Where many boxes stand, one button ticks them all.
(() => {
  "use strict";
  const here = document.querySelector(".desk-nav [aria-current]"), row = here?.closest("ul");
  if (row) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.clientWidth) / 2;
  for (const button of document.querySelectorAll("[data-tick]")) {
    button.hidden = false;
    button.addEventListener("click", () => { for (const box of document.getElementsByName(button.dataset.tick)) box.checked = true; });
  }
  const form = document.querySelector("form[data-live]"), found = form && document.querySelector(form.dataset.live);
  if (!found) return;
  let timer = 0, asked = 0;
  const look = async () => {
    const query = new URLSearchParams(new FormData(form)), mine = ++asked;
    const answer = await fetch(`${form.action.split("?")[0]}?${query}`, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(form.dataset.live);
    if (!fresh || mine !== asked) return;
    found.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", `?${query}`);
  };
  form.addEventListener("input", (e) => { clearTimeout(timer); timer = setTimeout(look, e.target.matches("select") ? 0 : 300); });
})();
