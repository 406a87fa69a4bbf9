// The search page: finds entries in the shards that site_builder/search.py writes (their format is
// explained there), each fetched only when a query needs it, by <script src>, so that it works from
// a disk and under `script-src 'self'`. Every hit that is listed was read and holds the words.
// Needs tokens.js.
var siteSearch = (function () {
  "use strict";

  var STEP = 20;            // hits listed at a time
  var READ_ALL = 24;        // so few text files are all read first, which makes the count exact
  var FIGURES = [1, 2, 3];  // kinds of tables: an amount there is an exact figure
  var KINDS = ["narrative", "table", "project", "indicator", "finding", "page"];
  var KIND_NAMES = ["正文", "表格", "项目", "绩效指标", "核对结果", "网页"];

  // ---- fetching ----

  var shards = "", arrived = new Map(), asked = new Map();

  function add(name, version, data) { arrived.set(name, {version: version, data: data}); }

  // The data of one script, asked for once; `version` makes browsers fetch it anew when it changed.
  function load(name, version, fixed) {
    if (asked.has(name)) return asked.get(name);
    var promise = new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = shards + name + ".js" + (version ? "?v=" + version : "");
      script.onload = function () {
        var got = arrived.get(name);
        arrived.delete(name);
        script.remove();
        if (!got || (fixed && got.version !== version)) reject(new Error("stale"));
        else resolve(got.data);
      };
      script.onerror = function () { script.remove(); reject(new Error("missing")); };
      document.head.appendChild(script);
    });
    asked.set(name, promise);
    promise.catch(function () { asked.delete(name); });
    return promise;
  }

  function unpack(digits) {
    var out = [], number = 0, scale = 1;
    for (var i = 0; i < digits.length; i++) {
      var code = digits.charCodeAt(i), v = code - (code > 92 ? 36 : 35);
      if (v >= 45) { number += (v - 45) * scale; scale *= 45; }
      else { out.push(number + v * scale); number = 0; scale = 1; }
    }
    return out;
  }

  // ---- one part: some years ----

  function openPart(info) {
    if (!info.opened) {
      info.opened = load("p/" + info.key + "/head", info.version, true).then(function (head) {
        var part = {
          info: info, first: head.first, entries: head.entries, pages: [], shards: new Map(),
          kinds: new Uint8Array(head.entries),  // a kind's number, + 8 when there is no heading
          pageOf: new Uint32Array(head.entries),
        };
        var numbers = unpack(head.pages), at = 0, entry = 0;
        head.years.forEach(function (pair) {
          for (var n = 0; n < pair[1]; n++) {
            var page = {year: pair[0], number: n, place: numbers[at++], first: entry, chunks: []};
            var total = 0;
            for (var k = numbers[at++]; k > 0; k--) {
              page.chunks.push(numbers[at]);
              total += numbers[at++];
            }
            for (var end = entry + total; entry < end;) {
              var kind = numbers[at++];
              for (var run = numbers[at++]; run > 0; run--) {
                part.kinds[entry] = kind;
                part.pageOf[entry++] = part.pages.length;
              }
            }
            part.pages.push(page);
          }
        });
        return part;
      });
      info.opened.catch(function () { info.opened = null; });
    }
    return info.opened;
  }

  function shardOf(part, term) {  // the last one that begins at or before the term
    var low = 0, high = part.first.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (part.first[middle] <= term) low = middle; else high = middle - 1;
    }
    return low;
  }

  function openShard(part, n) {
    if (!part.first.length) return Promise.resolve(new Map());
    return load("p/" + part.info.key + "/" + n, part.info.version, true).then(function (text) {
      if (!part.shards.has(n)) {
        var fields = text.split(" "), terms = new Map();
        for (var i = 0; i + 3 < fields.length; i += 4) {
          terms.set(fields[i], fields.slice(i + 1, i + 4));
        }
        part.shards.set(n, terms);
      }
      return part.shards.get(n);
    });
  }

  // Where a needle may stand: flags for entries (own words), for their labels, for pages (context).
  // `sure` when it does stand there, so that nobody need read the text to know.
  function places(part, needle) {
    var text = needle.text, terms = siteTokens.requiredTerms(text);
    var all = [part.entries, part.entries, part.pages.length].map(function (size) {
      return new Uint8Array(size);
    });
    if (!terms.length) {  // one character: every term that begins with it
      var whole = [], last = shardOf(part, text + "\uffff");
      for (var n = shardOf(part, text); n <= last; n++) whole.push(openShard(part, n));
      return Promise.all(whole).then(function (opened) {
        opened.forEach(function (shard) {
          shard.forEach(function (lists, term) {
            if (term.startsWith(text)) mark(lists, 0, 1);
          });
        });
        return {all: all, sure: true};
      });
    }
    function mark(lists, before, after) {
      all.forEach(function (flags, which) {
        var id = -1, gaps = unpack(lists[which]);
        for (var i = 0; i < gaps.length; i++) {
          id += gaps[i] + 1;
          if (flags[id] === before) flags[id] = after;
        }
      });
    }
    function lists(some) {
      return Promise.all(some.map(function (term) {
        return openShard(part, shardOf(part, term)).then(function (shard) {
          return shard.get(term);
        });
      }));
    }
    // Numbers first: most forms of an amount stand nowhere; their units need no fetching then.
    var numbers = terms.filter(function (term) { return /^[0-9]/.test(term); });
    var others = terms.filter(function (term) { return !/^[0-9]/.test(term); });
    return lists(numbers).then(function (found) {
      if (!found.every(Boolean)) return found;
      return lists(others).then(function (more) { return found.concat(more); });
    }).then(function (found) {
      if (!found.every(Boolean)) return {all: all, sure: true};
      found.forEach(function (lists, i) { mark(lists, i, i + 1); });
      all.forEach(function (flags) {
        for (var i = 0; i < flags.length; i++) flags[i] = flags[i] === terms.length ? 1 : 0;
      });
      var one = terms.length === 1 && (text.length === 2 || /^\x02[^\x03]*\x03$/.test(text));
      var nowhere = !all.some(function (flags) { return flags.includes(1); });
      return {all: all, sure: nowhere || (one && !needle.bare)};
    });
  }

  function placesOfForms(part, forms) {
    return Promise.all(forms.map(function (needle) {
      return places(part, needle);
    })).then(function (found) {
      return found.reduce(function (a, b) {
        a.all.forEach(function (flags, which) {
          for (var i = 0; i < flags.length; i++) flags[i] |= b.all[which][i];
        });
        return {all: a.all, sure: a.sure && b.sure};
      });
    });
  }

  // The entries that may be hits, best first: {part, id, page, tier, phrase}.
  function candidates(part, query, allowed) {
    var several = query.terms.length > 1;
    return Promise.all((several ? [query.whole] : []).concat(query.terms).map(function (forms) {
      return placesOfForms(part, forms);
    })).then(function (found) {
      var whole = found[0], terms = several ? found.slice(1) : found, list = [];
      var figure = query.terms.some(function (forms) { return siteTokens.AMOUNT.test(forms[0].text); });
      function every(which, id, page) {
        var some = false;
        for (var i = 0; i < terms.length; i++) {
          if (terms[i].all[which][id]) some = true;
          else if (!terms[i].all[2][page]) return false;
        }
        return some;
      }
      for (var id = 0; id < part.entries; id++) {
        var n = part.pageOf[id], phrase = whole.all[0][id] === 1;
        if (!(phrase || every(0, id, n))) continue;
        var page = part.pages[n], kind = part.kinds[id] & 7, tier = 0;
        if (!allowed(page, kind)) continue;
        if (whole.all[1][id] || every(1, id, n)) tier = part.kinds[id] & 8 ? 3 : 2;
        else if (figure && FIGURES.includes(kind)) tier = 1;
        list.push({part: part, id: id, page: page, tier: tier, phrase: phrase});
      }
      list.sort(function (a, b) {
        return b.tier - a.tier || b.phrase - a.phrase || b.page.year - a.page.year || a.id - b.id;
      });
      return {list: list, sure: found.every(function (f) { return f.sure; })};
    });
  }

  // ---- reading the texts ----

  function chunkOf(hit) {
    var row = hit.id - hit.page.first, k = 0;
    while (row >= hit.page.chunks[k]) row -= hit.page.chunks[k++];
    return {name: "t/" + hit.page.year + "/" + hit.page.number + "-" + k, row: row};
  }

  function read(hit) {
    var where = chunkOf(hit);
    return load(where.name, hit.part.info.version).then(function (d) {
      var row = d[5][where.row];
      return {url: d[0], title: d[1], county: d[2], town: d[3], year: d[4],
        anchor: row[0], heading: row[1], kind: row[2], text: row[3]};
    });
  }

  function matches(entry, query) {
    var own = siteTokens.folded(entry.heading || entry.title) + "\n" + siteTokens.folded(entry.text);
    var year = entry.year ? entry.year + "年" : "";
    var context = [entry.title, entry.county, entry.town, year].map(siteTokens.folded).join("\n");
    if (siteTokens.has(own, query.whole)) return true;
    var here = query.terms.map(function (forms) { return siteTokens.has(own, forms); });
    return here.includes(true) && here.every(function (standing, i) {
      return standing || siteTokens.has(context, query.terms[i]);
    });
  }

  // Those of `list` whose words do match, with their entries, in the same order.
  function verify(list, query) {
    return Promise.all(list.map(function (hit) {
      return hit.entry ? hit : read(hit).then(function (entry) {
        hit.entry = entry;
        return matches(entry, query) ? hit : null;
      });
    })).then(function (found) { return found.filter(Boolean); });
  }

  // ---- the page ----

  function make(tag, properties, children) {
    var element = Object.assign(document.createElement(tag), properties);
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  function marked(text, query) {
    var spans = siteTokens.marks(text, query), first = spans.length ? spans[0][0] : 0;
    var start = Math.max(0, first - 24), end = Math.min(text.length, first + 72), at = start;
    var p = make("p", {className: "search-excerpt"}, [start ? "…" : ""]);
    spans.forEach(function (span) {
      if (span[0] >= end) return;
      p.append(text.slice(at, span[0]), make("mark", {textContent: text.slice(span[0], span[1])}));
      at = span[1];
    });
    p.append(text.slice(at, end), Math.max(at, end) < text.length ? "…" : "");
    return p;
  }

  function start(app) {
    var root = app.dataset.root || "", manifest = null, run = 0, state = null, ui = {};
    shards = app.dataset.shards || "";

    function select(name, label) {
      ui[name] = make("select", {id: "search-" + name, name: name, onchange: submit});
      return make("p", {className: "search-filter"},
        [make("label", {htmlFor: "search-" + name, textContent: label}), ui[name]]);
    }
    function options(name, all, values, chosen) {
      ui[name].replaceChildren(make("option", {value: "", textContent: all}));
      values.forEach(function (v) {
        ui[name].append(make("option", {value: v[0], textContent: v[1]}));
      });
      ui[name].value = chosen || "";
      if (ui[name].selectedIndex < 0) ui[name].value = "";
    }
    function same(values) { return Array.from(new Set(values)).map(function (v) { return [v, v]; }); }
    function townOptions(chosen) {
      options("town", "全部乡镇", same(manifest.places.filter(function (p) {
        return p[1] && (!ui.county.value || p[0] === ui.county.value);
      }).map(function (p) { return p[1]; })), chosen);
    }

    function build() {
      var given = new URLSearchParams(location.search);
      ui.q = make("input", {
        type: "search", id: "search-q", name: "q", autocomplete: "off", maxLength: 100,
      });
      ui.form = make("form", {className: "search-form", onsubmit: submit}, [
        make("label", {htmlFor: "search-q", textContent: "找什么"}),
        make("div", {className: "search-line"},
          [ui.q, make("button", {type: "submit", textContent: "搜索"})]),
        make("div", {className: "search-filters"}, [
          select("county", "县"), select("town", "乡镇"),
          select("year", "年份"), select("kind", "类别"),
        ]),
      ]);
      ui.form.setAttribute("role", "search");
      ui.status = make("p", {className: "search-status"});
      ui.status.setAttribute("role", "status");
      ui.advice = make("div", {className: "search-advice", hidden: true});
      ui.list = make("ol", {className: "search-results"});
      ui.more = make("button", {
        type: "button", className: "search-more", textContent: "更多结果", hidden: true, onclick: more,
      });
      app.replaceChildren(ui.form, ui.status, ui.advice, ui.list, ui.more);
      ui.q.value = given.get("q") || "";
      var counties = manifest.places.map(function (p) { return p[0]; }).filter(Boolean);
      options("county", "全部县", same(counties), given.get("county"));
      townOptions(given.get("town"));
      var years = manifest.parts.reduce(function (all, p) { return all.concat(p.years); }, []);
      years = years.filter(Boolean).sort(function (a, b) { return b - a; });
      options("year", "全部年份", years.map(function (y) {
        return [String(y), y + "年"];
      }), given.get("year"));
      options("kind", "全部类别", KINDS.map(function (k, i) {
        return [k, KIND_NAMES[i]];
      }), given.get("kind"));
      search();
    }

    function submit(event) {
      if (event) event.preventDefault();
      if (event && event.target === ui.county) townOptions(ui.town.value);
      var query = new URLSearchParams();
      ["q", "county", "town", "year", "kind"].forEach(function (name) {
        if (ui[name].value.trim()) query.set(name, ui[name].value.trim());
      });
      var address = location.pathname + (String(query) ? "?" + query : "");
      try { history.replaceState(null, "", address); } catch (e) { /* refused on a disk, by some */ }
      search();
    }

    function search() {
      var mine = ++run, text = ui.q.value.trim(), query = siteTokens.parse(text);
      var county = ui.county.value, town = ui.town.value, year = Number(ui.year.value);
      var kind = ui.kind.value ? KINDS.indexOf(ui.kind.value) : -1;
      state = {
        text: text, query: query, queue: [], listed: 0, total: 0, sure: true, searched: [],
        parts: manifest.parts.filter(function (p) { return !year || p.years.includes(year); }),
        allowed: function (page, k) {
          var place = manifest.places[page.place];
          return (!county || place[0] === county) && (!town || place[1] === town) &&
            (!year || page.year === year) && (kind < 0 || k === kind);
        },
      };
      ui.list.replaceChildren();
      ui.more.hidden = ui.advice.hidden = true;
      if (query.terms.length) { fill(mine, STEP); return; }
      app.removeAttribute("aria-busy");
      ui.status.textContent = "输入要找的字、词或数字，例如：三公经费、双季稻、2866.89。";
    }

    function more() {
      var seen = ui.list.children.length;
      fill(run, state.listed + STEP).then(function () {
        var next = ui.list.children[seen];
        if (next) next.querySelector("a").focus();
      });
    }

    // Goes on until `target` hits are listed or there are no more.
    function fill(mine, target) {
      app.setAttribute("aria-busy", "true");
      if (!state.listed) ui.status.textContent = "正在查找……";
      ui.more.disabled = true;
      function step() {
        if (mine !== run) return null;
        if (state.listed >= target) return null;
        if (state.queue.length) {
          var batch = state.queue.splice(0, target - state.listed);
          return verify(batch, state.query).then(function (hits) {
            if (mine !== run) return null;
            state.total -= batch.length - hits.length;
            hits.forEach(list);
            return step();
          });
        }
        if (!state.parts.length) return null;
        return next(state.parts.shift(), mine).then(step);
      }
      return Promise.resolve(step()).then(function () {
        if (mine === run) finish();
      }).catch(function (error) {
        if (mine !== run) return;
        app.removeAttribute("aria-busy");
        ui.status.textContent = error.message === "stale" ? "网站刚刚更新过，请刷新本页再找。"
          : "没有取到检索数据。请检查网络，再点一次“搜索”。";
      });
    }

    function next(info, mine) {
      return openPart(info).then(function (part) {
        return candidates(part, state.query, state.allowed);
      }).then(function (found) {
        if (mine !== run) return null;
        var files = new Set(found.list.map(function (hit) { return chunkOf(hit).name; }));
        if (found.sure || files.size > READ_ALL) return found;
        return verify(found.list, state.query).then(function (list) {
          return {list: list, sure: true};
        });
      }).then(function (found) {
        if (!found || mine !== run) return;
        state.searched = state.searched.concat(info.years);
        state.queue = found.list;
        state.total += found.list.length;
        state.sure = state.sure && found.sure;
      });
    }

    function list(hit) {
      var e = hit.entry;
      var place = [e.county, e.town, e.year ? e.year + "年" : "", KIND_NAMES[e.kind]];
      var href = root + e.url + "?mark=" + encodeURIComponent(state.text) +
        (e.anchor ? "#" + e.anchor : "");
      ui.list.append(make("li", {}, [
        make("a", {href: href, textContent: e.heading ? e.title + " › " + e.heading : e.title}),
        make("p", {className: "search-place", textContent: place.filter(Boolean).join(" · ")}),
        marked(e.text, state.query),
      ]));
      state.listed++;
    }

    function finish() {
      var left = state.queue.length > 0 || state.parts.length > 0;
      var years = state.searched.filter(Boolean);
      var exact = state.sure || !state.queue.length;
      app.removeAttribute("aria-busy");
      ui.more.hidden = !left;
      ui.more.disabled = false;
      ui.advice.hidden = state.total > 0;
      if (!state.total) { nothing(); return; }
      ui.status.textContent = (state.parts.length && years.length
        ? "在" + Math.min.apply(null, years) + "年以后的资料中" : "") +
        (exact ? "找到 " : "找到约 ") + state.total + " 处" +
        (left ? "，已列出 " + state.listed + " 处" : "") + "。" +
        (state.parts.length ? "更早的年份，点“更多结果”接着找。" : "");
    }

    function nothing() {
      var filtered = ["county", "town", "year", "kind"].some(function (n) { return ui[n].value; });
      ui.status.textContent = "没有找到“" + state.text + "”。";
      var tips = ["少写几个字，或换一个说法。", "几个词之间用空格分开：每个词都出现的地方才算找到。",
        "数字要写全：1141.43 不能只写 41.4；单位可以不写。"];
      tips = tips.map(function (tip) { return make("li", {textContent: tip}); });
      ui.advice.replaceChildren(make("p", {textContent: "可以试试："}), make("ul", {}, tips));
      if (filtered) ui.advice.append(make("button", {
        type: "button", textContent: "在全部县、乡镇、年份和类别中找", onclick: everywhere,
      }));
    }

    function everywhere() {
      ui.county.value = ui.year.value = ui.kind.value = "";
      townOptions("");
      submit();
      ui.q.focus();
    }

    load("index").then(function (data) {
      manifest = data;
      siteTokens.learn(manifest.traditional);
      build();
      if (manifest.parts.length) openPart(manifest.parts[0]).catch(function () {});
    }).catch(function () {
      app.textContent = "没有取到检索数据。请检查网络，然后刷新本页。";
    });
  }

  function ready() {
    var app = document.getElementById("search-app");
    if (app) start(app);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
  return {add: add};
})();
