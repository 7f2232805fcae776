// The list of bodies follows what one types. Without it the button does the same.
(() => {
  "use strict";
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
