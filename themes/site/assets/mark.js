// Marks on a page what was searched for: the places of ?mark=… in its main text, and shows the first
// one of the section that the address names. What stands on a page is defined in page_text.py.
(() => {
  "use strict";

  const MOST = 60;
  const LEFT_OUT = "script,style,title,desc,template,form,select,button,nav,.md-source-file,a.fm,[data-unsearched]";

  // The text below `root` as one string, blocks and cells kept apart, and its text nodes with offsets.
  function textOf(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [], blocks = new Map();
    let text = "", block = null, node;
    function blockOf(element) {
      if (!blocks.has(element)) {
        const inline = /^(inline|contents|ruby)/.test(getComputedStyle(element).display) &&
          element.tagName !== "text";
        blocks.set(element, inline && element !== root ? blockOf(element.parentElement) : element);
      }
      return blocks.get(element);
    }
    while ((node = walker.nextNode())) {
      const parent = node.parentElement;
      if (parent.closest(LEFT_OUT)) continue;
      const mine = blockOf(parent);
      if (mine !== block) text += siteTokens.BREAK;
      block = mine;
      nodes.push({node, start: text.length});
      text += node.data.replace(/[\x7f-\x87]/g, " ");
      if (/^[-−+]?[0-9][0-9,.]*$/.test(node.data.trim())) text += unitOf(parent);
    }
    return {text, nodes};
  }

  // The mark of the unit of money that a figure of a table or chart has from its head.
  function unitOf(element) {
    const cell = element.closest("td.n, text.n"), named = cell && cell.closest("[data-unit]");
    const below = cell && !named && (cell.querySelector(".sub") || cell.parentNode.querySelector("th .sub") ||
      (cell.closest("table") && (cell.closest("table").rows[0].cells[cell.cellIndex] || cell).querySelector(".sub")));
    const unit = named ? named.dataset.unit : below ? /^(?:[万千亿]?元)?/.exec(below.textContent)[0] : "";
    return siteTokens.MARKS[unit] || "";
  }

  function wrap(node, start, end) {
    const part = node.splitText(start);
    part.splitText(end - start);
    if (part.parentNode.closest("svg")) {  // SVG has no <mark>
      part.parentNode.classList.add("marked");
      return part.parentNode;
    }
    const mark = document.createElement("mark");
    part.parentNode.replaceChild(mark, part);
    mark.append(part);
    return mark;
  }

  function markWords(root, query) {
    const all = textOf(root), spans = siteTokens.marks(all.text, query).slice(0, MOST), made = [];
    for (let i = spans.length - 1; i >= 0; i--) {  // from the end, so that offsets stay right
      for (let k = all.nodes.length - 1; k >= 0; k--) {
        const {node, start: at} = all.nodes[k];
        const start = Math.max(spans[i][0] - at, 0), end = Math.min(spans[i][1] - at, node.length);
        if (start < end) made.unshift(wrap(node, start, end));
      }
    }
    return made;
  }

  // The first mark in or after the section that the address names.
  function firstAfter(anchor, made) {
    const section = anchor && document.getElementById(anchor);
    if (!section) return made[0];
    return made.find(mark => section.contains(mark) ||
      section.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  function start() {
    const wanted = new URLSearchParams(location.search).get("mark");
    const root = document.querySelector(".md-content article") || document.querySelector("main");
    if (!wanted || !root) return;
    let anchor = location.hash.slice(1);
    try { anchor = decodeURIComponent(anchor); } catch (e) { /* as it stands */ }
    const first = firstAfter(anchor, markWords(root, siteTokens.parse(wanted)));
    if (first) first.scrollIntoView({block: "center", inline: "nearest"});
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
