// What a reader sees in a page's article, by the browser's own layout: phrases (lines of one block or
// cell), each with the id it stands under, in the page's order. Notes' marks, forms and navigation are left out.
() => {
  const article = document.querySelector("article");
  const leftOut = "form,select,button,script,style,nav,sup:has(> a.fm),[data-unsearched]";
  const inline = element => /^inline/.test(getComputedStyle(element).display) &&
    element.tagName !== "text";
  const blockOf = element => inline(element) ? blockOf(element.parentElement) : element;
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT), phrases = [];
  const range = document.createRange();
  let block = null, node;
  while ((node = walker.nextNode())) {
    const parent = node.parentElement;
    if (parent.closest(leftOut)) continue;
    range.selectNodeContents(node);
    if (!range.getClientRects().length) continue;  // not shown: a chart's <title>, white space
    const mine = blockOf(parent);
    const lines = /^pre/.test(getComputedStyle(parent).whiteSpace) ? node.data.split("\n") : [node.data];
    lines.forEach((line, i) => {
      if (mine !== block || i) phrases.push("");
      block = mine;
      phrases[phrases.length - 1] += line;
    });
  }
  const copy = article.cloneNode(true);
  copy.querySelectorAll(leftOut).forEach(element => element.remove());
  article.replaceWith(copy);
  return {phrases, innerText: copy.innerText};
}
