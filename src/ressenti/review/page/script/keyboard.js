// The keyboard: letters for what is done often, which can be turned off; Ctrl with Z, Y and S.

/** Listen to keys: `letters` says what each letter does, `escape` what Escape does where no dialog is open. */
function setUpKeys(letters, escape = () => {}) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const written = event.target.closest("input:not([type=checkbox]), textarea");
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase();
      if (key === "s") save();
      else if (written) return;
      else if (key === "z" && !event.shiftKey) undo();
      else if (key === "y" || key === "z") redo();
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") return escape();
    if (written || event.altKey || !$("letters").checked || !letters[event.key] || event.target.closest("select, [role=menu]")) return;
    event.preventDefault();
    letters[event.key]();
  });
}
