// Set the chosen light or dark scheme before the page is painted.
(function () {
  var palette = __md_get("__palette");
  if (!palette || !palette.color) return;
  for (var entry of Object.entries(palette.color)) {
    document.body.setAttribute("data-md-color-" + entry[0], entry[1]);
  }
})();
