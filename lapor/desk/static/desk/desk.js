// Comforts of the desk: the way through the queue, who else is here, a search over bodies, answer templates.
// Every page works without them.
(() => {
  "use strict";
  const own = document.currentScript ?? document.querySelector("script[data-agencies]");

  // The list that a case was opened from, kept in this tab only: back to its filters, on to the next report.
  const store = (value) => { try { return value === undefined ? JSON.parse(sessionStorage.getItem("lapor-queue")) : sessionStorage.setItem("lapor-queue", JSON.stringify(value)); } catch { return null; } };
  const list = document.querySelector("[data-list]"), back = document.querySelector("[data-back]");
  if (list) store({ back: location.pathname + location.search, cases: [...list.querySelectorAll("[data-open]")].map((a) => a.getAttribute("href")) });
  if (back) {
    const from = store(), here = from?.cases?.findIndex((href) => location.pathname.startsWith(href)) ?? -1;
    if (from?.back) back.href = from.back;
    for (const [name, at] of [["previous", here - 1], ["next", here + 1]]) {
      const link = document.querySelector(`[data-${name}]`), href = here < 0 ? null : from.cases[at];
      if (href) { link.href = href; link.hidden = false; }
    }
  }

  // How many rows are ticked.
  const ticked = document.querySelector("[data-ticked]");
  if (ticked) {
    const count = () => { const n = document.querySelectorAll("[name=report]:checked").length; ticked.textContent = n ? `(${n})` : ""; };
    addEventListener("change", count); count();
  }

  // Who else has the case open. Asked only while the page is looked at.
  const box = document.querySelector("[data-presence]");
  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(box.dataset.presence, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { others, version } = await answer.json();
      const changed = String(version) !== box.dataset.version;
      const said = [others.length ? `${box.dataset.others} ${others.join(", ")}.` : "", changed ? box.dataset.changed : ""];
      const text = said.filter(Boolean).join(" ");
      if (box.textContent !== text) box.textContent = text;
      box.hidden = !text;
      box.classList.toggle("warning", changed);
      box.classList.toggle("plain-notice", !changed);
    } catch { /* offline: the next look tells */ }
  }
  if (box) { setInterval(look, 30000); document.addEventListener("visibilitychange", look); }

  // A search box above the select: what is found goes on top of its list.
  document.querySelectorAll("select[data-agencies]").forEach((select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const input = document.createElement("input");
    input.type = "search";
    input.autocomplete = "off";
    input.placeholder = own.dataset.type;
    input.setAttribute("aria-label", `${own.dataset.type}: ${label?.firstChild.textContent.trim() ?? ""}`);
    input.className = "agency-search";
    select.before(input);
    let wait, asked;
    input.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
    input.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        asked?.abort();
        asked = new AbortController();
        select.querySelector("optgroup[data-found]")?.remove();
        if (input.value.trim().length < 2) return;
        try {
          const answer = await fetch(`${own.dataset.agencies}?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
          const { agencies } = await answer.json();
          if (!agencies.length) return;
          const group = document.createElement("optgroup");
          group.label = own.dataset.found;
          group.dataset.found = "";
          for (const { slug, name } of agencies) group.append(new Option(name, slug));
          select.options[0]?.after(group);
          select.value = agencies[0].slug;
        } catch { /* a newer search is on its way */ }
      }, 200);
    });
  });

  // A number or a body goes into its field; with data-then the form opens and its button waits for Enter.
  document.querySelectorAll("[data-fill]").forEach((control) => {
    control.hidden = false;
    control.addEventListener("click", (e) => {
      const field = document.getElementById(control.dataset.into), { fill, named } = control.dataset;
      if (!field) return;
      e.preventDefault();
      if (field.options && ![...field.options].some((o) => o.value === fill)) field.options[0].after(new Option(named, fill));
      field.value = fill;
      const drawer = field.closest("details.box");
      if (drawer) drawer.open = true;
      const next = "then" in control.dataset ? field.form.querySelector("button.button") : field;
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    });
  });

  document.querySelectorAll("[data-insert]").forEach((link) => link.addEventListener("click", (e) => {
    const area = document.getElementById(link.dataset.into);
    if (!area) return;
    e.preventDefault();
    area.value = [area.value.trim(), link.dataset.insert].filter(Boolean).join("\n\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }));
})();
