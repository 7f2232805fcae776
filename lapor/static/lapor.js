// Comforts on top of pages that work without them. Everything hangs on data-* attributes (docs/design.md).
(() => {
  "use strict";
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const one = (css, root = document) => root.querySelector(css);
  const words = one("#strings")?.dataset ?? {};
  const say = (key, values = {}) => Object.entries(values).reduce((t, [k, v]) => t.replace(`{${k}}`, v), words[key] ?? "");
  const make = (tag, attributes = {}, text = "") => {
    const el = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
    el.textContent = text;
    return el;
  };
  const isQuiet = /(^|; )jejak=tidak/.test(document.cookie); // a shared telephone: nothing is kept (public/app.js)
  const store = { // a browser may forbid storage
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { if (!isQuiet) localStorage.setItem(key, value); return !isQuiet; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch {} },
  };

  one("[data-focus]")?.focus();

  // Place picker: the text field becomes a combobox; the hidden field gets the region's code.
  function place(box, n) {
    const input = one("input:not([type=hidden])", box), code = one("input[type=hidden]", box);
    if (!input || !code) return;
    all("[data-place-plain]", box.closest("form") ?? box).forEach((el) => { el.hidden = true; all("select", el).forEach((s) => { s.disabled = true; }); });
    const list = make("ul", { class: "listbox", role: "listbox", id: `places-${n}`, "aria-label": one("label", box)?.textContent.trim() ?? "" });
    const live = make("p", { class: "visually-hidden", role: "status" });
    const combo = make("div", { class: "combo" });
    let results = [], active = -1, timer, asked, chosen = code.value ? input.value : null;
    input.before(combo); combo.append(input, list, live);
    for (const [k, v] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(k, v);
    list.hidden = true;
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); mark(-1); };
    const mark = (i) => {
      active = i;
      [...list.children].forEach((li, k) => li.setAttribute("aria-selected", String(k === i)));
      if (i < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[i].id);
      list.children[i].scrollIntoView({ block: "nearest" });
    };
    const choose = (i) => {
      chosen = input.value = [results[i].name, results[i].label].filter(Boolean).join(", ");
      code.value = results[i].code;
      live.textContent = say("chosen", { x: chosen });
      close();
      code.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = (found) => {
      results = found;
      list.replaceChildren(...found.map((r, i) => {
        const li = make("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" }, r.name);
        if (r.label && r.label !== r.name) li.append(make("small", {}, r.label));
        li.addEventListener("mousedown", (e) => { e.preventDefault(); choose(i); });
        return li;
      }));
      mark(-1);
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      live.textContent = found.length ? say("results", { n: found.length }) : say("none");
    };
    const ask = async () => {
      asked?.abort();
      const text = input.value.trim();
      if (text.length < 2) return close();
      asked = new AbortController();
      try {
        const answer = await fetch(`${box.dataset.place}?q=${encodeURIComponent(text)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok) show((await answer.json()).results.slice(0, 10));
      } catch (e) { if (e.name !== "AbortError") close(); } // off line: the server looks the text up
    };
    input.addEventListener("input", () => {
      if (input.value !== chosen) { code.value = ""; chosen = null; }
      clearTimeout(timer);
      timer = setTimeout(ask, 180);
    });
    input.addEventListener("keydown", (e) => {
      const open = !list.hidden, last = results.length - 1;
      if (e.key === "ArrowDown") { e.preventDefault(); if (open) mark(active >= last ? 0 : active + 1); else ask(); }
      else if (e.key === "ArrowUp" && open) { e.preventDefault(); mark(active <= 0 ? last : active - 1); }
      else if (e.key === "Enter" && open && active >= 0) { e.preventDefault(); choose(active); }
      else if (e.key === "Escape" && open) { e.preventDefault(); close(); }
    });
    input.addEventListener("blur", () => { clearTimeout(timer); asked?.abort(); close(); });
  }

  // Drafts: kept in this browser for a week. Never a file, password, hidden field or anything marked data-draft-off.
  const WEEK = 7 * 864e5, draftKey = (name) => `lapor-draft-${name}`;
  function draft(form) {
    const key = draftKey(form.dataset.draft), status = one("[data-draft-status]", form), wipe = one("[data-draft-delete]", form);
    const kept = () => [...form.elements].filter((el) => el.name && (el.type !== "hidden" || el.hasAttribute("data-draft-on"))
      && !["password", "file", "submit", "button", "tel", "email"].includes(el.type) && !el.closest("[data-draft-off]"));
    const secret = () => all("[data-draft-stop]", form).some((el) => el.checked);
    const tell = (word) => { if (status) status.textContent = say(word); if (wipe) wipe.hidden = word === "draftGone"; };
    const drop = () => { clearTimeout(timer); store.drop(key); tell("draftGone"); };
    let timer, old = null;
    try { old = JSON.parse(store.get(key)); } catch { store.drop(key); }
    if (wipe) wipe.hidden = true;
    if (old && Date.now() - old.at > WEEK) { store.drop(key); old = null; }
    if (old && !form.hasAttribute("data-draft-bound")) {
      for (const el of kept()) {
        const values = old.values[el.name];
        if (!values) continue;
        if (el.type === "checkbox" || el.type === "radio") el.checked = values.includes(el.value);
        else if (!el.value || el.tagName === "SELECT") el.value = values[0] ?? "";
      }
      tell("draftBack");
      form.dispatchEvent(new CustomEvent("lapor:restored"));
    }
    const save = () => {
      if (secret()) return drop();
      const values = {};
      for (const el of kept()) {
        values[el.name] ??= [];
        if ((el.type !== "checkbox" && el.type !== "radio") || el.checked) values[el.name].push(el.value);
      }
      if (store.set(key, JSON.stringify({ at: Date.now(), values }))) tell("draftSaved");
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 600); });
    form.addEventListener("change", (e) => { if (e.target.type !== "file") save(); });
    wipe?.addEventListener("click", () => { drop(); form.reset(); form.dispatchEvent(new CustomEvent("lapor:restored")); });
  }

  // One click, one report: a second submit is swallowed until the page is shown again.
  function once(form) {
    form.addEventListener("submit", (e) => {
      if (e.defaultPrevented) return;
      if (form.dataset.sent) return e.preventDefault();
      form.dataset.sent = "1";
      const button = e.submitter;
      if (!button) return;
      button.dataset.text = button.textContent;
      setTimeout(() => { button.setAttribute("aria-disabled", "true"); button.textContent = say("busy"); });
    });
  }
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("[aria-disabled][data-text]", form).forEach((b) => { b.removeAttribute("aria-disabled"); b.textContent = b.dataset.text; });
  }));

  // Files: names, sizes, small pictures; the limits are checked before anything is sent.
  function files(input) {
    const most = +input.dataset.maxCount || 5, bytes = +input.dataset.maxBytes || 10485760;
    const list = make("ul", { class: "files" }), error = make("p", { class: "field-error", role: "alert" });
    const size = (n) => n < 1e5 ? `${Math.ceil(n / 1024)} kB` : `${(n / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;
    let fault = "", before = [];
    input.after(error, list);
    const draw = () => {
      const picked = [...input.files], big = picked.find((f) => f.size > bytes);
      fault = picked.length > most ? say("tooMany", { n: most }) : big ? say("tooBig", { x: big.name, n: bytes / 1048576 }) : "";
      error.textContent = fault;
      all("img", list).forEach((img) => URL.revokeObjectURL(img.src));
      list.replaceChildren(...picked.map((file) => {
        const li = make("li", file.size > bytes ? { class: "bad" } : {}), name = make("span", {}, file.name);
        if (/^image\/(jpeg|png|webp|gif)$/.test(file.type)) {
          const img = make("img", { alt: "", src: URL.createObjectURL(file) });
          img.addEventListener("error", () => img.remove());
          li.append(img);
        }
        name.append(" ", make("small", { class: "soft" }, size(file.size)));
        const away = make("button", { type: "button", class: "button quiet small", "aria-label": say("remove", { x: file.name }) }, say("remove", { x: "" }).trim());
        away.addEventListener("click", () => { put(picked.filter((f) => f !== file)); draw(); input.dispatchEvent(new CustomEvent("lapor:files")); input.focus(); });
        li.append(name, away);
        return li;
      }));
    };
    const put = (wanted) => { const t = new DataTransfer(); wanted.forEach((f) => t.items.add(f)); input.files = t.files; before = wanted; };
    input.addEventListener("change", () => {
      if (input.multiple && before.length) put([...before, ...[...input.files].filter((f) => !before.some((b) => b.name === f.name && b.size === f.size))]);
      before = [...input.files];
      draw();
    });
    // The telephone's own camera, which asks for consent itself; what it takes comes to the other files.
    if (matchMedia("(pointer: coarse)").matches) {
      const camera = make("input", { type: "file", accept: "image/*", capture: "environment", hidden: "" });
      const button = make("button", { type: "button", class: "button secondary small" }, say("camera"));
      button.addEventListener("click", () => camera.click());
      camera.addEventListener("change", () => {
        const taken = [...camera.files];
        put([...input.files, ...taken]);
        camera.value = "";
        draw();
        input.dispatchEvent(new CustomEvent("lapor:files"));
      });
      input.after(button, camera);
    }
    input.form?.addEventListener("submit", (e) => { if (fault) { e.preventDefault(); e.stopImmediatePropagation(); input.focus(); } }, true);
  }

  function count(area) {
    const most = +area.dataset.count || 0, least = +area.dataset.min || 0, out = make("p", { class: "count", "aria-live": "polite" });
    area.after(out);
    const show = () => {
      const n = [...area.value.trim()].length;
      out.classList.toggle("over", !!most && n > most);
      out.textContent = n && n < least ? say("need", { n: least - n }) : !most ? "" : n > most ? say("over", { n: n - most }) : n > most * .8 ? say("left", { n: most - n }) : "";
    };
    area.addEventListener("input", show);
    area.form?.addEventListener("lapor:restored", show);
    show();
  }

  function copy(button) {
    if (!navigator.clipboard) return;
    const text = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(one(button.dataset.copy).textContent.trim());
      button.textContent = say("copied");
      setTimeout(() => { button.textContent = text; }, 2500);
    });
  }

  // The browser itself asks for consent; nothing is read before the click.
  function locate(button) {
    if (!navigator.geolocation) return;
    const out = make("span", { role: "status", class: "soft" });
    button.hidden = false;
    button.after(out);
    button.addEventListener("click", () => {
      out.textContent = say("locating");
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        one(button.dataset.locate).value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
        out.textContent = say("located");
      }, () => { out.textContent = say("noLocation"); }, { timeout: 15000 });
    });
  }

  // A password may be looked at before it is sent; pasting it was never forbidden.
  function reveal(input) {
    const button = make("button", { type: "button", class: "button quiet small reveal", "aria-pressed": "false", "aria-controls": input.id }, say("show"));
    input.after(button);
    button.addEventListener("click", () => {
      const isShown = input.type === "text";
      input.type = isShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!isShown));
      button.textContent = say(isShown ? "show" : "hide");
    });
    input.form?.addEventListener("submit", () => { input.type = "password"; });
  }

  all("input[type=password][autocomplete$=password]").forEach(reveal);
  all("[data-draft-clear]").forEach((el) => store.drop(draftKey(el.dataset.draftClear)));
  all("form[data-draft]").forEach(draft);
  all("[data-place]").forEach(place);
  all("input[type=file][data-files]").forEach(files);
  all("form[data-once]").forEach(once);
  all("textarea[data-count], textarea[data-min]").forEach(count);
  all("[data-copy]").forEach(copy);
  all("[data-locate]").forEach(locate);
  addEventListener("beforeprint", () => all(".figure details").forEach((d) => { d.open = true; }));
  all("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => print()); });
})();
