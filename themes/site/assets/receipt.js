// A figure's receipt opens beside the figure; without this, or from a disk, its link leads to the page of receipts.
(function () {
  "use strict";
  var pages = {}; // address of a page of receipts → its document, when it has come
  var dialog, from;

  function fetched(address) {
    pages[address] = pages[address] || fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }).then(function (text) { return new DOMParser().parseFromString(text, "text/html"); });
    return pages[address];
  }

  function made() {
    dialog = document.createElement("dialog");
    dialog.className = "receipt-box md-typeset";
    dialog.setAttribute("aria-labelledby", "receipt-title");
    dialog.addEventListener("click", function (e) {
      if (e.target === dialog || e.target.closest("[data-close]")) dialog.close();
      var link = e.target.closest("a");
      if (link && link.href.split("#")[0] === location.href.split("#")[0]) dialog.close();
      else if (link && show(link, e)) e.preventDefault();
    });
    document.body.append(dialog);
  }

  function fill(page, receipt, address) {
    var copy = document.importNode(receipt, true);
    copy.removeAttribute("id");
    copy.querySelector("h3").id = "receipt-title";
    copy.querySelectorAll("a").forEach(function (a) { a.href = new URL(a.getAttribute("href"), address).href; });
    var close = document.createElement("button");
    close.type = "button";
    close.dataset.close = "";
    close.textContent = "关闭";
    var whole = document.createElement("a");
    whole.href = address + "#" + receipt.id;
    whole.textContent = "单独打开";
    whole.dataset.whole = "";
    var foot = document.createElement("p");
    foot.className = "receipt-foot";
    foot.append(close, whole);
    dialog.replaceChildren(copy, foot);
  }

  // Beside the figure on a wide screen; a stylesheet puts it at the foot of a narrow one.
  function place() {
    var box = from.getBoundingClientRect();
    var top = Math.max(8, Math.min(box.bottom + 6, innerHeight - dialog.offsetHeight - 8));
    var left = Math.max(8, Math.min(box.left, innerWidth - dialog.offsetWidth - 8));
    dialog.style.setProperty("--top", top + "px");
    dialog.style.setProperty("--left", left + "px");
  }

  function show(link, event) {
    var parts = link.href.split("#");
    if (!/\/receipts\/index\.html$/.test(parts[0]) || !parts[1] || link.dataset.whole !== undefined) return false;
    if (location.protocol === "file:" || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return false;
    fetched(parts[0]).then(function (page) {
      var receipt = page.getElementById(decodeURIComponent(parts[1]));
      if (!receipt) throw new Error(parts[1]);
      if (!dialog) made();
      if (!dialog.open) from = link;
      fill(page, receipt, parts[0]);
      if (!dialog.open) dialog.showModal();
      place();
      dialog.querySelector("[data-close]").focus();
    }).catch(function () { location.href = link.href; });
    return true;
  }

  document.addEventListener("click", function (e) {
    var link = e.target.closest("a.rc");
    if (link && show(link, e)) e.preventDefault();
  });
})();
