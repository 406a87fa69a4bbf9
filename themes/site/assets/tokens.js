// One analysis of text and numbers: the mirror of site_builder/tokens.py, where it is explained.
// Both are held to the same vectors by tests/test_tokens.py. Loaded before shards.js and mark.js.
var siteTokens = (function () {
  "use strict";

  var OPEN = "\x02", CLOSE = "\x03", GAP = "\0", BREAK = "\x7f";
  var MARKS = {"元": "\x80", "千元": "\x81", "万元": "\x82", "亿元": "\x83"};
  var UNIT = /^[\x80-\x83千万亿元]$/;
  var UNSEEN = /[\x80-\x87]/g;  // marks of units, of labels, of the ends of cells and rows
  var DROPPED = /[\p{Z}\p{Cc}\p{Cf}“”‘’"'„‟‚‛「」『』〝〞〟]/u;
  var RUN = /[0-9](?:[0-9,.]*[0-9])?/g;
  var THOUSANDS = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
  var PLAIN = /^[0-9]+(?:\.[0-9]+)?$/;
  var AMOUNT = /^\x02([0-9.]+)\x03(元|千元|万元|亿元|万|亿)?$/;
  var POWER = {"": 0, "元": 0, "千元": 3, "万元": 4, "亿元": 8, "万": 4, "亿": 8};
  var LONGEST_QUERY = 100;
  var same = new Map([["㎡", "m²"], ["㎥", "m³"], ["，", "，"]]);
  Array.from("‐‑‒–—―−").forEach(function (dash) { same.set(dash, "-"); });
  var simplified = new Map();
  var known = new Map();

  // Pairs of a traditional and a simplified character; the manifest of the shards brings them.
  function learn(pairs) {
    var all = Array.from(pairs);
    for (var i = 0; i + 1 < all.length; i += 2) simplified.set(all[i], all[i + 1]);
    known.clear();
  }

  // A query for a page that has no table of characters.
  function simplify(text) {
    return Array.from(text, function (c) { return simplified.get(c) || c; }).join("");
  }

  function foldCharacter(c) {
    if (c === BREAK) return "\n";
    if (c >= "\x80" && c <= "\x83") return c;
    if (DROPPED.test(c)) return GAP;
    if (c === "，") return c;
    var to = same.get(c) || c.normalize("NFKC").toLowerCase();
    if (!/\p{Nd}/u.test(c) && /[0-9]/.test(to)) to = c;
    return Array.from(to, function (x) {
      return DROPPED.test(x) ? GAP : simplified.get(x) || x;
    }).join("");
  }

  function character(c) {
    var to = known.get(c);
    if (to === undefined) known.set(c, (to = foldCharacter(c)));
    return to;
  }

  function whole(number) {
    if (number.includes(".")) number = number.replace(/0+$/, "").replace(/\.$/, "");
    return OPEN + number + CLOSE;
  }

  // The numbers and the marks between them in digits, commas and points: [piece, start, end].
  function pieces(run) {
    if (THOUSANDS.test(run)) return [[whole(run.replace(/,/g, "")), 0, run.length]];
    var found = [], at = 0;
    run.split(/(,)/).forEach(function (part) {
      (PLAIN.test(part) ? [part] : part.split(/(\.)/)).forEach(function (bit) {
        if (!bit) return;
        found.push([/^[,.]/.test(bit) ? bit : whole(bit), at, at + bit.length]);
        at += bit.length;
      });
    });
    return found;
  }

  // {text, starts, ends}: character i of the folded text comes from original[starts[i]..ends[i]).
  function fold(original) {
    var raw = [], from = [], to = [], at = 0;
    for (var c of original) {
      var f = character(c);
      for (var k = 0; k < f.length; k++) {
        raw.push(f[k]);
        from.push(at);
        to.push(at + c.length);
      }
      at += c.length;
    }
    var text = "", starts = [], ends = [], next = 0, match, joined = raw.join("");
    function put(piece, start, end) {
      text += piece;
      for (var i = 0; i < piece.length; i++) { starts.push(from[start]); ends.push(to[end - 1]); }
    }
    function plain(start, end) {
      for (var i = start; i < end; i++) {
        if (raw[i] !== GAP) put(raw[i] === "，" ? "," : raw[i], i, i + 1);
      }
    }
    RUN.lastIndex = 0;
    while ((match = RUN.exec(joined))) {
      plain(next, match.index);
      pieces(match[0]).forEach(function (p) { put(p[0], match.index + p[1], match.index + p[2]); });
      next = match.index + match[0].length;
    }
    plain(next, raw.length);
    return {text: text, starts: starts, ends: ends};
  }

  function folded(original) { return fold(original).text; }

  function numberTerm(number) {
    return (number.replace(".", "").replace(/^0+|0+$/g, "") || "0") + "/" + number;
  }

  // The terms that every text with the folded words has; none when they are one character.
  function requiredTerms(text) {
    var found = new Set(), years = /([^\n\x02\x03\x80-\x83])\x02((?:19|20)[0-9]{2})\x03/gu;
    for (var year of text.matchAll(years)) found.add(year[1] + numberTerm(year[2]));
    text.split(OPEN).forEach(function (piece) {
      var close = piece.lastIndexOf(CLOSE);
      if (close >= 0) {
        var number = numberTerm(piece.slice(0, close)), unit = piece.charAt(close + 1);
        found.add(number);
        if (UNIT.test(unit)) found.add(number + unit);
      }
      var run = Array.from(piece.slice(close + 1).replace(UNSEEN, ""));
      for (var i = 0; i + 1 < run.length; i++) found.add(run[i] + run[i + 1]);
    });
    return Array.from(found);
  }

  function shifted(number, power) {
    var cut = number.split("."), digits = cut[0] + (cut[1] || ""), point = cut[0].length + power;
    digits = "0".repeat(Math.max(0, 1 - point)) + digits.padEnd(point, "0");
    point = Math.max(point, 1);
    var left = digits.slice(0, point).replace(/^0+/, "") || "0", right = digits.slice(point);
    return /[1-9]/.test(right) ? left + "." + right : left;
  }

  // The term, and when it is an amount, the other ways to print it: 107000元 is 10.7万元.
  function forms(term) {
    var found = [term], amount = AMOUNT.exec(term);
    if (!amount) return found;
    var unit = amount[2] || "", money = unit.endsWith("元");
    function add(other, after) {
      found.push(whole(shifted(amount[1], POWER[unit] - POWER[other])) + after);
    }
    if (unit && !money) add("", "");
    (money ? Object.keys(MARKS) : ["千元", "万", "亿"]).forEach(function (other) {
      if (other !== unit) add(other, other);
    });
    Object.keys(MARKS).forEach(function (other) {
      if (unit || other !== "元") add(other, MARKS[other]);
    });
    return found;
  }

  // {whole: forms, terms: [forms, …]}: all of it as a phrase, and the terms between spaces.
  function parse(query) {
    query = Array.from(query).slice(0, LONGEST_QUERY).join("").replace(/[\x7f-\x83]/g, " ");
    var parts = new Set(query.split(/\s+/).map(folded).filter(Boolean)), all = folded(query);
    return {whole: all ? forms(all) : [], terms: Array.from(parts, forms)};
  }

  function has(text, someForms) {
    return someForms.some(function (form) { return text.includes(form); });
  }

  // Where the query's words stand in the original text: [start, end] in order, apart.
  function marks(original, query) {
    var text = fold(original), spans = [], merged = [];
    query.whole.concat.apply(query.whole, query.terms).forEach(function (form) {
      for (var at = text.text.indexOf(form); at >= 0;) {
        var end = at + form.length;
        spans.push([text.starts[at], text.ends[end - 1]]);
        at = text.text.indexOf(form, end);
      }
    });
    spans.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; }).forEach(function (span) {
      var last = merged[merged.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else merged.push(span);
    });
    return merged;
  }

  return {
    AMOUNT: AMOUNT, BREAK: BREAK, MARKS: MARKS, UNSEEN: UNSEEN, fold: fold, folded: folded, has: has,
    learn: learn, marks: marks, numberTerm: numberTerm, parse: parse, requiredTerms: requiredTerms,
    simplify: simplify,
  };
})();
