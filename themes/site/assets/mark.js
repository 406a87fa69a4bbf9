// Marks on a page what was searched for: the first places of ?mark=… in its main text.
(function () {
  "use strict";

  var MOST = 60;
  var BLOCK = "p,li,td,th,h1,h2,h3,h4,h5,h6,dt,dd,caption,figcaption,summary,pre,blockquote,div";

  // The text below `root` as one string, blocks kept apart, and its text nodes with their offsets.
  function textOf(root) {
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    var text = "", nodes = [], block = null, node;
    while ((node = walker.nextNode())) {
      if (node.parentElement.closest("script,style,noscript,svg,template,form")) continue;
      var mine = node.parentElement.closest(BLOCK);
      if (mine !== block) text += " | ";
      block = mine;
      nodes.push({node: node, start: text.length});
      text += node.data;
    }
    return {text: text, nodes: nodes};
  }

  function wrap(node, start, end) {
    var part = node.splitText(start), mark = document.createElement("mark");
    part.splitText(end - start);
    part.parentNode.replaceChild(mark, part);
    mark.appendChild(part);
    return mark;
  }

  function markWords(root, query) {
    var all = textOf(root), spans = siteTokens.marks(all.text, query).slice(0, MOST), first = null;
    for (var i = spans.length - 1; i >= 0; i--) {  // from the end, so that offsets stay right
      for (var k = all.nodes.length - 1; k >= 0; k--) {
        var at = all.nodes[k].start, node = all.nodes[k].node;
        var start = Math.max(spans[i][0] - at, 0), end = Math.min(spans[i][1] - at, node.length);
        if (start < end) first = wrap(node, start, end);
      }
    }
    return first;
  }

  function start() {
    var wanted = new URLSearchParams(location.search).get("mark");
    var root = document.querySelector(".md-content") || document.querySelector("main");
    if (!wanted || !root) return;
    var first = markWords(root, siteTokens.parse(wanted));
    if (first && !location.hash) first.scrollIntoView({block: "center"});
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
