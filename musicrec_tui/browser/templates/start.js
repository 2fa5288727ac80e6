// What is typed goes to the screens at once, without a click first.
new MutationObserver((_, observer) => {
  const typed = document.querySelector(".xterm-helper-textarea");
  if (typed) {
    observer.disconnect();
    typed.focus();
    window.addEventListener("focus", () => typed.focus());
  }
}).observe(document, { childList: true, subtree: true });
