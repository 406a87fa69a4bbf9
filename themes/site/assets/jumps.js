// On a narrow screen the line of parts says which one is being read.
(function () {
  var links = document.querySelectorAll(".jumps a");
  if (!links.length || !window.IntersectionObserver) return;
  var seen = new IntersectionObserver(function (all) {
    all.forEach(function (one) {
      if (!one.isIntersecting) return;
      links.forEach(function (link) {
        if (link.hash.slice(1) !== one.target.getAttribute("aria-labelledby")) link.removeAttribute("aria-current");
        else {
          link.setAttribute("aria-current", "true");
          link.parentNode.scrollLeft = link.offsetLeft - 40;
        }
      });
    });
  }, {rootMargin: "-20% 0px -79% 0px"});
  document.querySelectorAll("article section[aria-labelledby]").forEach(function (part) { seen.observe(part); });
})();
