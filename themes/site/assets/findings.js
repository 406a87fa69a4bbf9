// Shows of a long list of findings those of one level or rule. Without this script the whole list stands there.
(function () {
  "use strict";
  var lead = document.querySelector("p.by-level"), all = [].slice.call(document.querySelectorAll("li.finding"));
  if (!lead || all.length < 10) return;
  var form = document.createElement("form"), told = document.createElement("output");
  form.className = "filter";

  function choice(label, names) {
    var box = document.createElement("label"), select = document.createElement("select"), counts = new Map();
    names.forEach(function (name) { counts.set(name, (counts.get(name) || 0) + 1); });
    select.add(new Option("全部", ""));
    counts.forEach(function (count, name) { select.add(new Option(name + "（" + count + "）", name)); });
    box.append(label, select);
    form.append(box);
    return select;
  }
  var levels = all.map(function (one) { return one.querySelector(".level").textContent; });
  var rules = all.map(function (one) { return one.querySelector(".level + a").textContent; });
  var level = choice("级别", levels), rule = choice("规则", rules);

  function show() {
    var shown = 0;
    all.forEach(function (one, i) {
      one.hidden = !!(level.value && level.value !== levels[i]) || !!(rule.value && rule.value !== rules[i]);
      shown += !one.hidden;
    });
    document.querySelectorAll("ol.findings").forEach(function (list) {
      list.hidden = list.previousElementSibling.hidden = !list.querySelector("li.finding:not([hidden])");
    });
    told.textContent = level.value || rule.value ? "显示 " + shown + " 处，共 " + all.length + " 处" : "";
  }
  // A link leads to a finding or a level that may be hidden: then all are shown again.
  function reach(hash) {
    var there = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (there && there.hidden) {
      level.value = rule.value = "";
      show();
      there.scrollIntoView();
    }
  }
  form.append(told);
  form.addEventListener("change", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  lead.addEventListener("click", function (event) { if (event.target.hash) reach(event.target.hash); });
  window.addEventListener("hashchange", function () { reach(location.hash); });
  lead.after(form);
})();
