// Runs before the page is drawn, so that a chosen theme does not flash.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  try {
    const theme = localStorage.getItem("probity-theme");
    if (theme === "dark" || theme === "light") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage is switched off: the system's theme it is.
  }
})();
