// Set the light or dark scheme before the page is painted: the one that was chosen here, else the system's.
(function () {
  var palette = __md_get("__palette");
  var colours = palette && palette.color;
  if (!colours && matchMedia("(prefers-color-scheme: dark)").matches) colours = {scheme: "slate"};
  for (var entry of Object.entries(colours || {})) {
    document.body.setAttribute("data-md-color-" + entry[0], entry[1]);
  }
})();
