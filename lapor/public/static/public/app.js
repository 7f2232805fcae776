// The app on the pages: photos in the draft, reports that wait for the network, codes kept by choice, news, no traces.
// All of it hangs on data-* attributes (docs/design.md); each page works without it.
(() => {
  "use strict";
  const { all: rows, get, put, drop, send, wipe, newKey } = self.lapor, DRAFT = "lapor", MIN = 20;
  const all = (css, root = document) => [...root.querySelectorAll(css)], one = (css, root = document) => root.querySelector(css);
  const words = one("#app-words").dataset, lang = document.documentElement.lang;
  const isQuiet = () => /(^|; )jejak=tidak/.test(document.cookie);
  const ignore = () => {}; // a browser may forbid storage: the page then works as without it
  const show = (el) => { el.hidden = false; el.focus(); };
  const digits = (text, groups) => { let at = 0; return groups.map((n) => text.slice(at, at += n)).join(" "); };

  async function register() {
    if (isQuiet() || !navigator.serviceWorker) return;
    await navigator.serviceWorker.register(`${words.worker}?bahasa=${lang}`).catch(ignore);
  }
  async function wake() { // where there is Background Sync, the browser sends when this page is closed
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.sync?.register("kirim").catch(ignore);
  }

  // Photos wait with the draft of the text (lapor.js), under the same rules: none of a secret report, none without trace.
  const isSecret = (form) => all("[data-draft-stop]", form).some((el) => el.checked);
  async function photos(form) {
    const input = one("input[type=file]", form);
    const keep = () => (isSecret(form) || isQuiet() ? drop("drafts", DRAFT) : put("drafts", { files: [...input.files] }, DRAFT)).catch(ignore);
    if (isQuiet()) return;
    if (form.dataset.draftBound === "sent") await drop("drafts", DRAFT).catch(ignore);
    else if (!form.hasAttribute("data-draft-bound")) await restore(form, input).catch(ignore);
    form.addEventListener("change", (e) => { if (e.target === input || e.target.matches("[type=radio], [data-draft-stop]")) keep(); });
    input.addEventListener("lapor:files", keep);
    one("[data-draft-delete]", form)?.addEventListener("click", () => { input.value = ""; drop("drafts", DRAFT).catch(ignore); });
  }
  async function restore(form, input) {
    const kept = await get("drafts", DRAFT);
    for (const [name, value] of Object.entries(kept?.values ?? {})) {
      for (const el of all(`[name="${name}"]`, form)) {
        if (["radio", "checkbox"].includes(el.type)) el.checked = el.value === value || value === "on";
        else if (el.type !== "file" && !(kept.isShared && el.value.trim())) el.value = value;
        else if (el.tagName === "TEXTAREA" && el.value !== value) el.value += `\n${value}`; // what was being written stays
      }
    }
    if (kept?.values) { await put("drafts", { files: kept.files }, DRAFT); form.dispatchEvent(new Event("input", { bubbles: true })); }
    if (!kept?.files?.length) return;
    const files = new DataTransfer();
    kept.files.forEach((file) => files.items.add(file));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    form.dispatchEvent(new CustomEvent("lapor:restored"));
  }

  // The form of the site without network: what was typed goes over to the form of the app; a secret stays on the page.
  const NOT_HANDED = new Set(["csrfmiddlewaretoken", "key", "files"]);
  function handOver(form) {
    form.addEventListener("submit", async (e) => {
      if (navigator.onLine || isQuiet()) return;
      e.preventDefault();
      e.stopImmediatePropagation();
      const names = all("[name^=accused_]", form).some((el) => el.value.trim() && el.type !== "radio");
      if (isSecret(form) || names) return show(one("[data-offline-secret]", form));
      const values = Object.fromEntries([...new FormData(form)].filter(([name, value]) => !NOT_HANDED.has(name) && value));
      await put("drafts", { values, files: [...one("input[type=file]", form).files] }, DRAFT);
      location.assign(form.dataset.offline);
    }, true);
  }

  // The form of the app: nothing is asked of the server; the report waits here and is sent once.
  function app(form) {
    const wrong = one("[data-wrong]", form), hold = one("[data-hold]", form), secret = one("#id_is_confidential", form);
    const say = (word) => { wrong.textContent = words[word]; show(wrong); };
    const draw = () => { hold.hidden = !secret.checked; };
    secret.addEventListener("change", draw);
    form.addEventListener("lapor:restored", draw);
    form.hidden = false;
    draw();
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (e.submitter?.getAttribute("aria-disabled")) return;
      const said = Object.fromEntries(new FormData(form)), files = [...one("input[type=file]", form).files];
      if (isQuiet()) return say("quiet");
      if ((said.text ?? "").trim().length < MIN && !files.length) return say("short");
      if (secret.checked && !said.hold) return say("hold");
      const point = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(said.point ?? "");
      if (said.point?.trim() && !point) return say("point");
      try {
        const key = newKey();
        await put("queue", { key, at: Date.now(), next: 0, tries: 0, state: "waiting", language: lang, secret: secret.checked, report: report(said, point), typed: said.region ? "" : (said.place_text ?? "").trim(), files, values: said });
      } catch { return say("full"); }
      one("[data-draft-delete]", form).click();
      await drop("drafts", DRAFT).catch(ignore);
      await wake();
      location.assign(form.dataset.then);
    });
  }
  function report(said, point) {
    const place = [said.place, said.region ? "" : said.place_text].map((part) => (part ?? "").trim()).filter(Boolean).join(", ");
    const made = { text: said.text, kind: said.kind ?? "complaint", title: said.title ?? "", place: place.slice(0, 200) };
    for (const name of ["region", "category", "occurred_on", "name", "phone", "email"]) if (said[name]) made[name] = said[name];
    for (const name of ["is_anonymous", "is_confidential", "shows_name"]) made[name] = said[name] === "on";
    if (said.agency_text?.trim()) made.text += `\n\n${words.agency} ${said.agency_text.trim()}`;
    return point ? { ...made, latitude: +point[1], longitude: +point[2] } : made;
  }

  // What waits, what was sent, and what was kept by choice.
  const fill = (li, values) => { for (const [name, value] of Object.entries(values)) for (const el of all(`[data-fill=${name}]`, li)) { el.textContent = value; el.hidden = !value; } };
  const day = (at) => new Date(at).toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
  const deeds = {
    send: async () => { await send(true); },
    edit: async (item) => { await put("drafts", { values: item.values, files: item.files }, DRAFT); await drop("queue", item.key); location.assign(words.form); },
    drop: async (item, button) => {
      if (button.dataset.sure) { button.textContent = button.dataset.sure; delete button.dataset.sure; return; }
      await (item.state ? drop("queue", item.key) : drop("own", item.code));
    },
    noted: async (item, button) => {
      if (one("[data-keep]", button.closest("li"))?.checked) await put("own", { code: item.receipt.code, at: item.at });
      await drop("queue", item.key);
    },
  };
  function card(item) {
    const name = !item.state ? "own" : item.state !== "sent" ? item.state : item.receipt ? "sent" : "lost";
    const li = one(`#card-${name}`).content.firstElementChild.cloneNode(true), { receipt, report: said } = item;
    fill(li, { at: day(item.at), title: item.secret ? words.secret : said?.title || said?.text?.slice(0, 90) || words.photo, problem: item.problem?.join(" ") ?? "" });
    if (receipt) fill(li, { code: digits(receipt.code, [4, 3, 3]), pin: digits(receipt.pin, [4, 4]), verifier: receipt.verifier.name, agency: receipt.agency?.name ?? "" });
    if (!item.state) { fill(li, { code: digits(item.code, [4, 3, 3]) }); one("a", li).href += item.code; }
    if (item.secret) all("[data-open-only]", li).forEach((el) => el.remove());
    all("[data-do]", li).forEach((b) => b.addEventListener("click", async () => {
      const sure = b.dataset.sure;
      await deeds[b.dataset.do](item, b);
      if (!(b.dataset.do === "drop" && sure)) await draw();
    }));
    return li;
  }
  async function draw() {
    for (const list of all("[data-list-of]")) {
      const found = isQuiet() ? [] : await rows(list.dataset.listOf).catch(() => []);
      list.replaceChildren(...found.sort((a, b) => b.at - a.at).map(card));
      list.closest("section").hidden = list.dataset.listOf === "queue" && !found.length;
      all("[data-empty]", list.parentElement).forEach((el) => { el.hidden = found.length > 0; });
    }
  }

  // Ordinary receipts of the site offer to keep the code, never the PIN.
  function keepCode(button) {
    button.hidden = isQuiet();
    button.addEventListener("click", async () => { await put("own", { code: button.dataset.ownKeep, at: Date.now() }); button.replaceWith(words.kept); });
  }

  // The browser itself asks for consent, after the tap; the subscription goes to the server with an ordinary form.
  async function news(form) {
    if (isQuiet() || !("PushManager" in self) || !navigator.serviceWorker) return;
    const worker = await navigator.serviceWorker.ready, out = one("[role=status]", form), before = await worker.pushManager.getSubscription();
    form.hidden = false;
    one("[name=stop]", form).hidden = !before;
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      const field = (name, value) => { const el = one(`[name=${name}]`, form); el.value = value; };
      try {
        const line = before ?? await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.push });
        field("subscription", JSON.stringify(line));
        if (e.submitter?.name === "stop") { form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "stop", value: "1" })); await line.unsubscribe(); }
        HTMLFormElement.prototype.submit.call(form);
      } catch { out.textContent = words.refused; }
    });
  }

  // Without trace: everything goes at once; a cookie that says nothing else keeps it so.
  function traces(form) {
    const set = (age) => { document.cookie = `jejak=tidak; Path=/; Max-Age=${age}; SameSite=Strict${location.protocol === "https:" ? "; Secure" : ""}`; };
    const draws = () => { all("[data-when]", form).forEach((el) => { el.hidden = (el.dataset.when === "quiet") !== isQuiet(); }); };
    form.hidden = false;
    draws();
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (isQuiet()) { set(0); location.reload(); return; }
      const waiting = await rows("queue").catch(() => []), warning = one("[data-loses]", form);
      if (waiting.length && warning.hidden) return show(warning);
      set(31536000);
      await forgetAll();
      warning.hidden = true;
      draws();
      await draw();
      show(one("[data-done]", form));
    });
  }
  async function forgetAll() {
    try { localStorage.clear(); sessionStorage.clear(); } catch {}
    await wipe();
  }

  all("form[data-draft=lapor]").forEach(photos);
  all("form[data-offline]").forEach(handOver);
  all("form[data-app]").forEach(app);
  all("form[data-push]").forEach(news);
  all("form[data-traces]").forEach(traces);
  all("[data-own-keep]").forEach(keepCode);
  if (!isQuiet()) all("[data-draft-clear=lapor]").forEach(() => drop("drafts", DRAFT).catch(ignore));
  if (one("[data-list-of]")) {
    draw();
    const line = new BroadcastChannel("lapor");
    line.addEventListener("message", draw);
  }
  const sendWaiting = (now) => { if (!isQuiet()) send(now).catch(ignore); }; // asked each time: a page may be open longer
  addEventListener("load", register);
  addEventListener("online", () => sendWaiting(true));
  sendWaiting(false);
  if (one("[data-list-of=queue]")) setInterval(() => sendWaiting(false), 2e4);
})();
