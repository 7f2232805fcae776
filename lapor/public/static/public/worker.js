// The service worker: keeps the shell (`self.shell`: style, scripts, two empty pages) and nothing else. No page with
// anybody's words, code or name is ever put into a cache; who is without network gets an empty form or the app's page.
(() => {
  "use strict";
  const { version, language, files, pages, home, form, share, icon, badge } = self.shell;
  const CACHE = `${self.lapor.CACHE}${version}-${language}`, DRAFT = "lapor";
  const LEFT_ALONE = /^\/(meja|kantor|akun|akun-saya|api|channels|laporan-saya)(\/|$)/;

  // As nobody: without cookies, so that no name is in what is kept.
  async function fetched(address) {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache", headers: { "Accept-Language": language } });
    if (!answer.ok || answer.redirected || /no-store|private/.test(answer.headers.get("Cache-Control") ?? "")) throw new Error(address);
    return answer;
  }
  self.addEventListener("install", (e) => e.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await Promise.all([...files, ...pages].map(async (address) => cache.put(address, await fetched(address))));
    await self.skipWaiting();
  })()));
  self.addEventListener("activate", (e) => e.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(self.lapor.CACHE) && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })()));

  const kept = (address) => caches.match(address, { cacheName: CACHE }); // `open` would make an empty one after a wipe
  const page = async (path) => (await kept(path === "/lapor/" || path === form ? form : home)) ?? Response.error();
  self.addEventListener("fetch", (e) => {
    const { request } = e, { origin, pathname } = new URL(request.url);
    if (origin !== location.origin || LEFT_ALONE.test(pathname)) return;
    if (request.method === "GET" && files.includes(pathname)) e.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
    else if (request.mode === "navigate" && request.method === "GET") e.respondWith(fetch(request).catch(() => page(pathname)));
    else if (request.mode === "navigate" && request.method === "POST" && pathname === share) e.respondWith(shared(request));
  });

  // "Share photo → Lapor" without network: the photo waits in the form.
  async function shared(request) {
    const copy = request.clone();
    try { return await fetch(request); } catch {
      const given = await copy.formData(), text = ["teks", "tautan"].map((name) => given.get(name)).filter(Boolean).join("\n");
      const photos = given.getAll("files").filter((file) => file.size);
      const before = (await self.lapor.get("drafts", DRAFT).catch(() => null))?.files ?? [];
      const draft = { isShared: true, values: { text, title: given.get("judul") ?? "" }, files: [...before, ...photos] };
      await self.lapor.put("drafts", draft, DRAFT).catch(() => {});
      return Response.redirect(form, 303);
    }
  }

  self.addEventListener("sync", (e) => e.waitUntil(self.lapor.send(true).then((left) => { if (left) throw new Error("later"); })));

  self.addEventListener("push", (e) => {
    let said = {};
    try { said = e.data.json(); } catch {} // a service may wake us without words
    e.waitUntil(self.registration.showNotification(said.title ?? "LAPOR!", { body: said.body ?? "", icon, badge, tag: "lapor", data: said.path }));
  });
  self.addEventListener("notificationclick", (e) => {
    e.notification.close();
    const path = String(e.notification.data ?? "");
    e.waitUntil(self.clients.openWindow(path.startsWith("/lacak/") ? path : home));
  });
})();
