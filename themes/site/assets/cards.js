// On a narrow screen a table of indicators reads as cards, made from its rows; a button gives the table back.
(function () {
  "use strict";
  var narrow = matchMedia("(max-width: 44.98em)");

  // The rows of a table as lists of [head, cell]; what spans rows stands in each of them.
  function rowsOf(table) {
    var heads = [].map.call(table.tHead.rows[table.tHead.rows.length - 1].cells, function (c) { return c.textContent; });
    var down = [];
    return [].map.call(table.querySelectorAll("tbody tr:not(.total)"), function (row) {
      var cells = [].slice.call(row.cells), line = [];
      heads.forEach(function (head, n) {
        if (down[n] && down[n].left > 0) down[n].left--;
        else down[n] = {cell: cells.shift(), left: 0};
        if (down[n].cell && !down[n].left && down[n].cell.parentNode === row) down[n].left = down[n].cell.rowSpan - 1;
        if (down[n].cell) line.push([head, down[n].cell]);
      });
      return line;
    });
  }

  function card(line, levels) {
    var item = document.createElement("li"), list = document.createElement("dl");
    line.forEach(function (pair, n) {
      var copy = pair[1].cloneNode(true);
      copy.querySelectorAll("[id]").forEach(function (e) { e.removeAttribute("id"); });
      if (n < levels) {
        var name = document.createElement("span");
        name.className = n === levels - 1 ? "name" : "over";
        name.append.apply(name, copy.childNodes);
        item.append(name);
        return;
      }
      var row = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
      if (pair[1].classList.contains("n")) row.className = "num"; // short: two of them share a line
      dt.textContent = pair[0];
      dd.append.apply(dd, copy.childNodes);
      row.append(dt, dd);
      list.append(row);
    });
    item.append(list);
    return item;
  }

  document.querySelectorAll("table.indicators").forEach(function (table) {
    if (!table.tHead || table.tHead.rows.length !== 1) return;
    var region = table.parentNode, levels = table.querySelector("tbody tr:not(.total)");
    if (!levels) return;
    levels = levels.querySelectorAll("th").length;
    var list = document.createElement("ul"), button = document.createElement("button");
    list.className = "row-cards";
    list.setAttribute("aria-label", table.caption.textContent);
    rowsOf(table).forEach(function (line) { list.append(card(line, levels)); });
    button.type = "button";
    button.className = "as-table";
    region.before(button);
    region.after(list);
    var asTable = false;
    function show() {
      var cards = narrow.matches && !asTable;
      button.hidden = !narrow.matches;
      button.textContent = cards ? "改看表格" : "改看卡片";
      region.classList.toggle("rows-hidden", cards);
      list.hidden = !cards;
    }
    function reached() { // a link to a cell needs the table
      var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || target === table || !table.contains(target) || asTable || !narrow.matches) return;
      asTable = true;
      show();
      target.scrollIntoView();
    }
    button.addEventListener("click", function () { asTable = !asTable; show(); });
    narrow.addEventListener("change", show);
    addEventListener("hashchange", reached);
    addEventListener("beforeprint", function () { region.classList.remove("rows-hidden"); list.hidden = true; });
    addEventListener("afterprint", show);
    show();
    reached();
  });
})();
