// 大字 and 高对比 are checkboxes that the stylesheet answers to; here the choice is kept for the next page.
(function () {
  ["view-large", "view-contrast"].forEach(function (id) {
    var box = document.getElementById(id);
    if (__md_get(id) !== null) box.checked = __md_get(id);
    box.addEventListener("change", function () { __md_set(id, box.checked); });
  });
})();
