// Charts without script show their figures; with it, marks answer to pointer and arrow keys.
(function () {
  var charts = document.querySelectorAll("svg.plot");
  if (!charts.length) return;
  var tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.body.append(tip);

  function show(mark) {
    document.querySelectorAll(".mk.hl").forEach(function (old) { old.classList.remove("hl"); });
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("hl");
    tip.textContent = mark.dataset.tip;
    var box = mark.getBoundingClientRect();
    var left = Math.min(Math.max(4, box.left), innerWidth - tip.offsetWidth - 4);
    tip.style.left = left + scrollX + "px";
    tip.style.top = box.top + scrollY - tip.offsetHeight - 4 + "px";
  }

  charts.forEach(function (chart) {
    var marks = Array.from(chart.querySelectorAll(".mk"));
    var at = -1;
    marks.forEach(function (mark) {
      var title = mark.querySelector("title");
      if (title) { mark.dataset.tip = title.textContent; title.remove(); }
    });
    chart.tabIndex = 0;
    chart.setAttribute("aria-keyshortcuts", "ArrowDown ArrowUp Escape");
    chart.addEventListener("pointerover", function (e) { show(e.target.closest(".mk")); });
    chart.addEventListener("pointerleave", function () { show(null); });
    chart.addEventListener("blur", function () { at = -1; show(null); });
    chart.addEventListener("keydown", function (e) {
      if (e.key === "Escape") { show(null); return; }
      var step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
      if (!step || !marks.length) return;
      e.preventDefault();
      at = (at + step + marks.length) % marks.length;
      show(marks[at]);
    });
  });
})();
