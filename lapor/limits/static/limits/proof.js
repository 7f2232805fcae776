// Finds the number that fits the challenge, a few hundred tries at a time so that the page stays alive; then goes on.
(() => {
  "use strict";
  const form = document.querySelector("form[data-proof]");
  if (!form || !window.crypto?.subtle || !window.TextEncoder) return; // the page shows the way without calculating
  const { proof: wanted, proofSalt: salt, proofMost: most, proofSignature: signature, proofAlgorithm: algorithm } = form.dataset;
  const plain = form.querySelector("[data-proof-plain]"), status = form.querySelector("[data-proof-status]");
  const text = new TextEncoder(), AT_ONCE = 250;
  const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
  const fits = async (n) => hex(await crypto.subtle.digest(algorithm, text.encode(salt + n))) === wanted;
  plain.hidden = true;
  status.hidden = false;
  const give = (number) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "proof-work" });
    input.value = btoa(JSON.stringify({ algorithm, challenge: wanted, number, salt, signature }));
    plain.remove(); // with its unanswered question
    form.append(input);
    form.submit();
  };
  (async () => {
    for (let n = 0; n <= +most; n += AT_ONCE) {
      const found = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => fits(n + i)));
      if (found.includes(true)) return give(n + found.indexOf(true));
    }
    plain.hidden = false; // nothing fits: a page that was changed on its way
    status.hidden = true;
  })().catch(() => { plain.hidden = false; status.hidden = true; });
})();
