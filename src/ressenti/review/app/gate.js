// The token of the address, which never reaches a log or the history, is exchanged once for a cookie.
"use strict";
const token = location.hash.slice(1);
history.replaceState(null, "", "/");
const answer = token
  ? fetch("/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }) })
  : Promise.resolve({ ok: false });
answer.catch(() => ({ ok: false })).then(({ ok }) => {
  if (ok) return location.reload();
  document.getElementById("opening").hidden = true;
  document.getElementById("used").hidden = false;
});
