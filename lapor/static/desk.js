// The desk by keyboard: j and k move (in a list, or from case to case), Enter opens, x picks, u takes the suggestion, / searches, ? helps. Single keys can be switched off (WCAG 2.1.4).
(() => {
  "use strict";
  const one = (css, root = document) => root.querySelector(css), KEY = "lapor-keys";
  const help = one("#keys"), off = one("[data-keys-off]"), opener = one("[data-keys-help]");
  let silent = false;
  try { silent = localStorage.getItem(KEY) === "off"; } catch { /* a browser may forbid storage */ }
  if (opener && help) { opener.hidden = false; opener.addEventListener("click", () => help.showModal()); }
  if (off) {
    off.checked = silent;
    off.addEventListener("change", () => {
      silent = off.checked;
      try { localStorage.setItem(KEY, silent ? "off" : "on"); } catch { /* then only for this page */ }
    });
  }
  const step = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")], now = rows.findIndex((r) => r.contains(document.activeElement));
    const next = rows[Math.max(0, Math.min(rows.length - 1, now < 0 ? 0 : now + by))];
    if (next) { one("[data-open]", next)?.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  addEventListener("keydown", (e) => {
    if (silent || help?.open || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const search = one("[data-search]");
    const turn = one(e.key === "j" ? "[data-next]" : e.key === "k" ? "[data-previous]" : "no-such");
    const unsaved = () => [...document.querySelectorAll("textarea, input[type=text]")].some((f) => f.value !== f.defaultValue);
    if (turn) { if (!turn.hidden && !unsaved()) turn.click(); }
    else if (e.key === "j") step(1);
    else if (e.key === "k") step(-1);
    else if (e.key === "x") document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox]")?.click();
    else if (e.key === "u") { const accept = one("[data-accept]"); if (accept) { e.preventDefault(); accept.click(); } }
    else if (e.key === "/" && search) { e.preventDefault(); search.focus(); }
    else if (e.key === "?" && help) { e.preventDefault(); help.showModal(); }
  });
})();
