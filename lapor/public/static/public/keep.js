// What the app keeps on this device, and how reports that wait are sent. Pages and the service worker share it.
// drafts: photos of the report being written. queue: reports that are written and wait, or were sent and are not noted.
// own: codes of reports, only those that somebody asked to keep.
self.lapor = (() => {
  "use strict";
  const NAME = "lapor", CACHE = "lapor-", ADDRESS = "/api/v1/reports", PLACES = "/api/v1/regions", HALF_AN_HOUR = 18e5;
  const told = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
  const open = () => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      if (!self.document) return asked.transaction.abort(); // the worker makes nothing anew that a page has wiped
      asked.result.createObjectStore("drafts");
      asked.result.createObjectStore("queue", { keyPath: "key" });
      asked.result.createObjectStore("own", { keyPath: "code" });
    };
    return told(asked);
  };
  // Each act opens and closes, so that all can be deleted at any moment.
  async function act(store, mode, work) {
    const base = await open();
    try {
      const step = base.transaction(store, mode), done = new Promise((yes, no) => { step.oncomplete = yes; step.onerror = step.onabort = () => no(step.error); });
      const found = await told(work(step.objectStore(store)));
      await done;
      return found;
    } finally { base.close(); }
  }
  const all = (store) => act(store, "readonly", (s) => s.getAll());
  const get = (store, key) => act(store, "readonly", (s) => s.get(key));
  const put = (store, ...value) => act(store, "readwrite", (s) => s.put(...value));
  const drop = (store, key) => act(store, "readwrite", (s) => s.delete(key));
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const tell = () => { const line = new BroadcastChannel(NAME); line.postMessage("changed"); line.close(); };

  // One sender at a time, whether page or worker. The key makes every repeat the same report.
  const send = (now = false) => (self.navigator.locks ? navigator.locks.request(NAME, () => sendAll(now)) : sendAll(now));
  async function sendAll(now) {
    let left = 0;
    for (const item of await all("queue")) {
      if (item.state !== "waiting") continue;
      if (!now && item.next > Date.now()) { left += 1; continue; }
      if (item.typed && !(await settled(item))) { left += 1; continue; }
      const after = await sendOne(item);
      if (!(await get("queue", item.key))) continue; // thrown away meanwhile
      await put("queue", after);
      if (after.state === "waiting") left += 1;
      tell();
    }
    return left;
  }
  // A place that was typed without network is looked up once, before the first try: every repeat must say the same.
  async function settled(item) {
    const name = item.typed.split(",")[0].trim().toLowerCase();
    try {
      const answer = await fetch(`${PLACES}?q=${encodeURIComponent(item.typed)}`, { credentials: "omit", headers: { Accept: "application/json" } });
      if (!answer.ok) return false;
      const found = (await answer.json()).results, same = found.filter((r) => r.name.toLowerCase() === name);
      const meant = same.length === 1 ? same : found;
      if (meant.length === 1) item.report.region = meant[0].code;
    } catch { return false; }
    item.typed = "";
    await put("queue", item);
    return true;
  }
  async function sendOne(item) {
    const body = new FormData();
    body.append("report", JSON.stringify(item.report));
    item.files.forEach((file) => body.append("files", file, file.name));
    let answer;
    try {
      const headers = { "Idempotency-Key": item.key, "Accept-Language": item.language, Accept: "application/json" };
      answer = await fetch(ADDRESS, { method: "POST", body, headers, credentials: "omit", signal: AbortSignal.timeout?.(3e5) });
      if (answer.ok) return { ...sent(item), receipt: await answer.json() };
    } catch { return later(item); } // no network, or it went away in the middle
    if (answer.status === 409) return sent(item);
    if (![400, 413, 415, 422].includes(answer.status)) return later(item, +answer.headers.get("Retry-After") * 1000);
    const said = await answer.json().catch(() => ({}));
    return { ...item, state: "refused", problem: said.errors?.length ? said.errors.map((e) => e.detail) : [said.detail ?? ""] };
  }
  const sent = ({ key, at, secret }) => ({ key, at, secret, state: "sent" }); // its words and photos are gone from here
  const later = (item, wait = 0) => ({ ...item, tries: item.tries + 1, next: Date.now() + Math.max(wait || 0, Math.min(15e3 * 2 ** item.tries, HALF_AN_HOUR)) });

  // Nothing stays: what waits, codes, texts, pages, and the line to the push service.
  async function wipe() {
    const worker = self.navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
    for (const one of worker) {
      const line = await one.pushManager?.getSubscription().catch(() => null);
      await line?.unsubscribe();
      await one.unregister();
    }
    for (const name of self.caches ? await caches.keys() : []) if (name.startsWith(CACHE)) await caches.delete(name);
    await new Promise((yes) => { const asked = indexedDB.deleteDatabase(NAME); asked.onsuccess = asked.onerror = asked.onblocked = yes; });
  }
  return { all, get, put, drop, send, wipe, newKey, CACHE };
})();
