// What is shown of a hit: the mirror of site_builder/search/snippets.py, where it is explained.
// Loaded before search.js.
var siteSnippets = (() => {
  "use strict";

  const BEFORE = 24, AFTER = 72, LONG = 96, MOST_OF_PHRASE = 40, LONGEST_UNIT = 3, FIGURE = /^[-−+]?[0-9][0-9,.]*$/;
  const LABEL = "\x84", CELL = "\x86", ROW = "\x87", ENDS = /[\x80-\x87]+$/;
  const BLANK = ["—", "－", "-", "未填报"];

  // A paragraph with the words, matches in <mark>.
  function paragraph(text, query, figures) {
    const spans = siteTokens.marks(text, query), p = document.createElement("p");
    for (const piece of pieces(text, spans, figures)) {
      if (typeof piece === "string") p.append(piece); else marked(p, text, spans, piece, figures ? " | " : " ");
    }
    return p;
  }

  function marked(p, text, spans, [start, end], apart) {
    const shown = words => words.replace(siteTokens.UNSEEN, "").replace(/\x7f+/g, apart);
    let at = start;
    for (const [left, right] of spans) {
      if (left < at || left >= end) continue;
      const mark = document.createElement("mark");
      mark.textContent = shown(text.slice(left, right));
      p.append(shown(text.slice(at, left)), mark);
      at = right;
    }
    p.append(shown(text.slice(at, Math.max(at, end))));
  }

  function* pieces(text, spans, figures) {
    const rows = figures && text.includes(ROW) ? rowsOf(text) : [];
    const told = rows.some(row => row.some(cell => hits(cell, spans)));
    if (rows.length && (told || !spans.length)) {
      yield* ofRows(text, spans, rows);
      return;
    }
    const first = spans.length ? spans[0][0] : 0;
    const start = Math.max(0, first - BEFORE), end = Math.min(text.length, first + AFTER);
    yield start ? "…" : "";
    yield [start, end];
    const last = Math.max(end, ...spans.filter(([left]) => left < end).map(([, right]) => right));
    yield last < text.length ? "…" : "";
  }

  function rowsOf(text) {
    const rows = [[]];
    let phrases = [], at = 0, wide = 1;
    for (const phrase of text.split(siteTokens.BREAK)) {
      const words = phrase.replace(ENDS, ""), ends = phrase.slice(words.length);
      const before = words.length - words.replace(/^\x86+/, "").length;
      wide += before;
      if (words) phrases.push([at + before, at + words.length]);
      at += phrase.length + 1;
      if (ends.includes(CELL)) {
        const label = ends.includes(LABEL), last = label && phrases.length > 1 ? text.slice(...phrases[phrases.length - 1]) : "";
        const mark = Object.entries(siteTokens.MARKS).find(pair => ends.includes(pair[1]));
        const unit = last && last.length <= LONGEST_UNIT ? last : mark ? mark[0] : "";
        rows[rows.length - 1].push({label, wide, phrases, unit});
        phrases = [];
        wide = 1;
      }
      if (ends.includes(ROW)) rows.push([]);
    }
    return rows.filter(row => row.length);
  }

  function hits(cell, spans) {
    return cell.phrases.some(([start, end]) => spans.some(([left, right]) => left < end && right > start));
  }

  function sizeOf(said) {
    return said.reduce((n, piece) => n + (typeof piece === "string" ? piece.length : piece[1] - piece[0]), 0);
  }

  function columnsOf(heads) {
    const [above, below] = heads;
    if (!above) return [];
    if (!below) return above.every(head => head.wide === 1) ? above.map(head => [head]) : [];
    const sum = above.reduce((n, head) => n + (head.wide > 1 ? head.wide : 0), 0);
    if (heads.length > 2 || sum !== below.length) return [];
    let at = 0;
    return above.flatMap(head =>
      head.wide > 1 ? Array.from({length: head.wide}, () => [head, below[at++]]) : [[head]]);
  }

  function* ofRows(text, spans, rows) {
    const isHead = row => row.every(cell => cell.label), first = rows.findIndex(row => !isHead(row));
    const body = rows.filter(row => !isHead(row));
    const every = first < 0 ? [] : columnsOf(rows.slice(0, first).filter((row, n) => !n || row.length > 1));
    const wide = every.length ? every.length - body[0].filter(cell => cell.label).length : 0;
    const columns = wide > 1 ? every.slice(every.length - wide) : [];
    const withMatch = body.filter(row => row.some(cell => hits(cell, spans)))
      .map(row => ({row, said: saidIn(text, spans, row)})).sort((a, b) => b.said - a.said).map(({row}) => row);
    const only = withMatch.length ? []
      : Array.from(columns.keys()).filter(n => columns[n].some(head => hits(head, spans)));
    let length = 0;
    for (const empty of [false, true]) {
      for (const row of withMatch.length ? withMatch : body) {
        const values = row.filter(cell => !cell.label), all = Array.from(values.keys());
        const named = values.length === wide ? columns : [];
        const filled = all.filter(n => !isBlank(text, values[n])), hit = all.filter(n => hits(values[n], spans));
        const kept = hit.length ? hit : only.length && named.length ? only.filter(n => empty || filled.includes(n)) : filled;
        if (!kept.length && !(empty || withMatch.includes(row))) continue;
        if (length > LONG) { yield "；…"; return; }
        const said = Array.from(ofRow(text, spans, row, kept.map(n => [values[n], named[n] || []])));
        yield length ? "；" : "";
        yield* said;
        length += sizeOf(said);
      }
      if (length) return;
    }
  }

  // How many of the words that were asked for stand in a row.
  function saidIn(text, spans, row) {
    const stretches = row.flatMap(cell => cell.phrases);
    return new Set(spans.filter(([left, right]) => stretches.some(([start, end]) => left < end && right > start))
      .map(span => text.slice(...span))).size;
  }

  function isBlank(text, cell) {
    return !cell.phrases.length || BLANK.includes(text.slice(...cell.phrases[0]));
  }

  function* ofRow(text, spans, row, pairs) {
    const labels = row.filter(cell => cell.label), units = pairs.map(([cell, names]) => unitOf(text, cell, [...names, ...labels]));
    const heads = labels.flatMap(cell => cell.phrases)
      .filter(phrase => !units.includes(text.slice(...phrase)));
    for (const [n, phrase] of heads.entries()) {
      yield n ? " " : "";
      yield* clipped(spans, phrase);
    }
    yield heads.length && !/[:：]/.test(text[heads[heads.length - 1][1] - 1]) ? "：" : "";
    if (!pairs.length) yield "未填报";
    let length = 0;
    for (const [n, [cell, names]] of pairs.entries()) {
      if (length > LONG) { yield "…"; return; }
      yield n ? "，" : "";
      const unit = units[n], isUnit = phrase => text.slice(...phrase) === unit;
      const share = cell.phrases.length && text[cell.phrases[0][1] - 1] === "%";
      const ofName = names.flatMap(name => name.phrases)
        .filter(phrase => !isUnit(phrase) && !(share && text.slice(...phrase) === "%"));
      for (const phrase of ofName) {
        yield* clipped(spans, phrase);
        yield " ";
      }
      const ofValue = (isBlank(text, cell) ? cell.phrases.slice(-1) : cell.phrases).filter((p, i) => !i || !isUnit(p));
      for (const [m, phrase] of ofValue.entries()) {
        yield m ? " " : "";
        yield* clipped(spans, phrase);
      }
      const inName = ofName.some(phrase => ["(", "（"].some(bracket => text.slice(...phrase).includes(bracket + unit)));
      yield inName ? "" : unit;
      for (const [start, end] of [...ofName, ...ofValue]) length += Math.min(end - start, MOST_OF_PHRASE);
    }
  }

  function unitOf(text, cell, heads) {
    if (cell.unit || cell.phrases.length !== 1 || !FIGURE.test(text.slice(...cell.phrases[0]))) return cell.unit;
    const head = heads.find(one => one.unit);
    return head ? head.unit : "";
  }

  function* clipped(spans, [start, end]) {
    if (end - start <= MOST_OF_PHRASE) { yield [start, end]; return; }
    const match = spans.find(([left]) => start <= left && left < end), first = match ? match[0] : start;
    const left = Math.max(start, Math.min(first - Math.floor(MOST_OF_PHRASE / 3), end - MOST_OF_PHRASE));
    const right = Math.min(end, left + MOST_OF_PHRASE);
    yield left > start ? "…" : "";
    yield [left, right];
    yield right < end ? "…" : "";
  }

  return {paragraph};
})();
