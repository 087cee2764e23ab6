// Before anything is drawn: the theme that was chosen here, if one was. No module, so that it waits
// for nothing.
(() => {
  const chosen = localStorage.getItem('karst.theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
})();
