// The search page: a form, filters, results with the words marked, and advice when nothing is found.
// What is found comes from shards.js; every hit that is listed was read and holds the words.
(() => {
  "use strict";

  const STEP = 10;      // hits listed at a time
  const READ_ALL = 10;  // so few text files are all read first, which makes the count exact
  const KINDS = ["narrative", "table", "project", "indicator", "finding", "page", "chart"];
  const FIGURES = [1, 2, 3];  // kinds of tables
  const KIND_NAMES = ["正文", "表格", "项目", "绩效指标", "核对结果", "网页", "图示"];
  const FILTERS = {county: ["县", "全部县"], town: ["乡镇", "全部乡镇"], year: ["年份", "全部年份"],
    kind: ["类别", "全部类别"]};

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // A list with another thing at one place.
  function put(list, place, other) { return list.map((one, i) => i === place ? other : one); }

  function quoted(words) { return words.map(word => "“" + word + "”").join("和"); }

  class SearchPage {
    constructor(app, manifest) {
      this.app = app;
      this.manifest = manifest;
      this.others = siteNear.otherNames(manifest.also || {});
      this.root = app.dataset.root || "";
      this.run = 0;
      this.build();
      this.fromAddress();
      addEventListener("popstate", () => this.fromAddress());
      app.addEventListener("keydown", event => this.key(event));
    }

    build() {
      this.q = make("input", {type: "search", id: "search-q", name: "q", autocomplete: "off", maxLength: 100});
      this.filters = {};
      const filters = Object.entries(FILTERS).map(([name, [label]]) => {
        const select = make("select", {id: "search-" + name, name, onchange: event => this.submit(event)});
        this.filters[name] = select;
        return make("p", {className: "search-filter"},
          make("label", {htmlFor: select.id, textContent: label}), select);
      });
      this.form = make("form", {className: "search-form", onsubmit: event => this.submit(event)},
        make("label", {htmlFor: "search-q", textContent: "找什么"}),
        make("div", {className: "search-line"}, this.q, make("button", {type: "submit", textContent: "搜索"})),
        make("div", {className: "search-filters"}, ...filters));
      this.form.setAttribute("role", "search");
      this.form.append(make("p", {id: "search-keys", hidden: true,
        textContent: "按向下键到结果，再按上下键逐条走，按 Esc 回到这里。"}));
      this.q.setAttribute("aria-describedby", "search-keys");
      this.status = make("p", {className: "search-status"});
      this.status.setAttribute("role", "status");
      this.advice = make("div", {className: "search-advice", hidden: true});
      this.list = make("ol", {className: "search-results"});
      this.more = make("button", {type: "button", className: "search-more", textContent: "更多结果",
        hidden: true, onclick: () => this.showMore()});
      this.kinds = make("ul", {className: "search-kinds", hidden: true});
      this.kinds.setAttribute("aria-label", "结果分布");
      this.offers = make("div", {hidden: true});
      this.app.replaceChildren(
        this.form, this.status, this.offers, this.kinds, this.advice, this.list, this.more);
    }

    // Down leads from the field to what was found or offered; arrows, Home and End go on among the hits
    // or the buttons of a row, Escape and Up from the first lead back. Tab reaches all of it, too.
    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
      const at = document.activeElement;
      const rows = [this.offers, this.kinds, this.advice, this.list].filter(box => !box.hidden)
        .map(box => [...box.querySelectorAll("a, button"), ...(box === this.list && !this.more.hidden ? [this.more] : [])])
        .filter(stops => stops.length);
      const row = rows.findIndex(stops => stops.includes(at)), mine = rows[row] || [], place = mine.indexOf(at);
      const hits = this.list.children.length > 0;
      const go = at === this.q ? {ArrowDown: (hits ? rows[rows.length - 1] : rows[0] || [])[0]}
        : row < 0 ? {} : {
          ArrowDown: mine[place + 1] || (rows[row + 1] || [])[0], ArrowUp: mine[place - 1] || this.q,
          Home: mine[0], End: mine[mine.length - 1], Escape: this.q,
          ...(hits && row === rows.length - 1 ? {} : {ArrowRight: mine[place + 1], ArrowLeft: mine[place - 1]}),
        };
      if (!go[event.key]) return;
      event.preventDefault();
      go[event.key].focus();
    }

    options(name, values, chosen) {
      const select = this.filters[name];
      select.replaceChildren(make("option", {value: "", textContent: FILTERS[name][1]}));
      for (const [value, text] of values) select.append(make("option", {value, textContent: text}));
      select.value = chosen || "";
      if (select.selectedIndex < 0) select.value = "";
    }

    townOptions(chosen) {
      const county = this.filters.county.value;
      const towns = this.manifest.places.filter(([c, town]) => town && (!county || c === county));
      this.options("town", Array.from(new Set(towns.map(([, town]) => town)), t => [t, t]), chosen);
    }

    // How many hits are of each kind: buttons that choose it.
    showCounts(counts, exact) {
      const some = KINDS.map((kind, i) => [kind, i]).filter(([, i]) => counts[i]);
      this.kinds.hidden = some.length < 2;
      this.kinds.replaceChildren(...some.map(([kind, i]) => make("li", {}, make("button", {
        type: "button", textContent: KIND_NAMES[i] + (exact ? " " : " 约 ") + counts[i],
        onclick: () => { this.filters.kind.value = kind; this.submit(); this.filters.kind.focus(); },
      }))));
    }

    // The form as the address says, and what it asks for.
    fromAddress() {
      const given = new URLSearchParams(location.search);
      this.q.value = given.get("q") || "";
      const counties = this.manifest.places.map(([county]) => county).filter(Boolean);
      this.options("county", Array.from(new Set(counties), c => [c, c]), given.get("county"));
      this.townOptions(given.get("town"));
      const years = this.manifest.parts.flatMap(part => part.years).filter(Boolean).sort((a, b) => b - a);
      this.options("year", years.map(year => [String(year), year + "年"]), given.get("year"));
      this.options("kind", KINDS.map((kind, i) => [kind, KIND_NAMES[i]]), given.get("kind"));
      this.search();
    }

    submit(event) {
      if (event) event.preventDefault();
      if (event && event.target === this.filters.county) this.townOptions(this.filters.town.value);
      const address = this.addressOf(this.q.value);
      try {
        if (address !== location.pathname + location.search) history.pushState(null, "", address);
      } catch (e) { /* refused on a disk, by some */ }
      this.search();
    }

    // The page with these words in the field, and the filters as they are.
    addressOf(words) {
      const query = new URLSearchParams();
      for (const {name, value} of [{name: "q", value: words}, ...Object.values(this.filters)]) {
        if (value.trim()) query.set(name, value.trim());
      }
      return location.pathname + (String(query) ? "?" + query : "");
    }

    // For what was typed; or for `asked`, where that is found nowhere, and then for each of `rest`.
    search(asked, rest) {
      const text = this.q.value.trim(), query = siteTokens.parse(asked || text);
      const {county, town, year, kind} = Object.fromEntries(
        Object.entries(this.filters).map(([name, select]) => [name, select.value]));
      const wantedKind = kind ? KINDS.indexOf(kind) : -1;
      this.run++;
      this.state = {
        text, query, asked: asked || text, rest: rest || siteNear.attempts(text, this.others), queue: [], last: [], listed: 0, total: 0, sure: true, searched: [], done: new Set(),
        counts: KINDS.map(() => 0),
        parts: null,
        wanted: part => (!year || part.years.includes(Number(year))) && (!(county || town) ||
          this.manifest.places.some(([c, t], i) => i >= part.places[0] && i <= part.places[1] &&
            (!county || c === county) && (!town || t === town))),
        allowed: (page, k) => {
          const [c, t] = this.manifest.places[page.place];
          return (!county || c === county) && (!town || t === town) &&
            (!year || page.year === Number(year)) && (wantedKind < 0 || k === wantedKind);
        },
      };
      this.list.replaceChildren();
      this.more.hidden = this.advice.hidden = this.kinds.hidden = this.offers.hidden = true;
      if (query.terms.length) return this.fill(STEP);
      this.app.removeAttribute("aria-busy");
      this.status.textContent = "输入要找的字、词或数字，例如：三公经费、双季稻、2866.89。";
      if (this.manifest.parts.length) siteSearch.openPart(this.manifest.parts[0]).catch(() => {});
      return null;
    }

    async showMore() {
      const seen = this.list.children.length;
      await this.fill(this.state.listed + STEP);
      const next = this.list.children[seen];
      if (next) next.querySelector("a").focus();
    }

    // Goes on until `target` hits are listed or there are no more.
    async fill(target) {
      const mine = this.run, state = this.state, current = () => mine === this.run;
      this.app.setAttribute("aria-busy", "true");
      if (!state.listed) this.status.textContent = "正在查找……";
      this.more.disabled = true;
      try {
        if (!state.parts) {
          state.parts = (await siteSearch.partsFor(this.manifest, state.query)).filter(state.wanted);
          if (!current()) return;
        }
        while (current() && state.listed < target && this.left(state)) {
          if (!state.queue.length) { await this.nextPart(state); continue; }
          const batch = state.queue.splice(0, target - state.listed);
          const hits = await siteSearch.verify(batch, state.query, state.done);
          if (!current()) return;
          this.count(state, batch, -1);
          hits.forEach(entry => { this.count(state, [entry], 1); this.show(entry); });
        }
        if (current() && !state.total && state.rest.length && await this.isNowhere(state)) {
          if (current()) await this.search(state.rest[0], state.rest.slice(1));
        } else if (current()) this.finish();
      } catch (error) {
        if (!current()) return;
        this.app.removeAttribute("aria-busy");
        this.status.textContent = error.message === "stale" ? "网站刚刚更新过，请刷新本页再找。"
          : "没有取到检索数据。请检查网络，再点一次“搜索”。";
      }
    }

    // Nothing was found here: nor anywhere else?
    async isNowhere(state) {
      return !Object.values(this.filters).some(select => select.value) || state.asked !== state.text ||
        !await siteSearch.finds(this.manifest, state.query);
    }

    left(state) { return state.queue.length || state.parts.length || state.last.length; }

    // What is found in the next part. Pages of checks, rules and the site wait until reports of all years
    // have been listed.
    async nextPart(state) {
      const part = state.parts.shift();
      if (!part) {
        state.queue = state.last.sort(siteSearch.better);
        state.last = [];
        return;
      }
      const found = await siteSearch.candidates(part, state.query, state.allowed);
      if (!found.sure && siteSearch.files(found.list) <= READ_ALL) {
        const kept = [];  // read already: they are listed from the texts that are there
        const seen = new Set();
        for (const hit of found.list) {
          const hits = await siteSearch.verify([hit], state.query, seen);
          if (hits.length) kept.push({...hit, kinds: hits.map(entry => entry.kind)});
        }
        found.list = kept;
        found.sure = true;
      }
      state.searched.push(...part.years);
      state.queue = found.list.filter(hit => hit.rank);
      state.last.push(...found.list.filter(hit => !hit.rank));
      this.count(state, found.list, 1);
      state.sure = state.sure && found.sure;
    }

    // Adds candidates or hits to what is said to be found, in all and by kind, or takes them back.
    count(state, hits, step) {
      for (const hit of hits) for (const kind of hit.kinds || [hit.kind]) {
        state.counts[kind] += step;
        state.total += step;
      }
    }

    show(entry) {
      const place = [entry.county, entry.town, entry.year ? entry.year + "年" : "", KIND_NAMES[entry.kind]];
      const href = this.root + entry.url + "?mark=" + encodeURIComponent(siteTokens.simplify(this.state.asked)) +
        (entry.anchor ? "#" + entry.anchor : "");
      this.list.append(make("li", {},
        make("a", {href, textContent: entry.heading ? entry.title + " › " + entry.heading : entry.title}),
        make("p", {className: "search-place", textContent: place.filter(Boolean).join(" · ")}),
        Object.assign(siteSnippets.paragraph(entry.text, this.state.query, FIGURES.includes(entry.kind)),
          {className: "search-excerpt"})));
      this.state.listed++;
    }

    finish() {
      const state = this.state, left = this.left(state) > 0;
      const years = state.searched.filter(Boolean), exact = state.sure || !(state.queue.length || state.last.length);
      this.app.removeAttribute("aria-busy");
      this.more.hidden = !left;
      this.more.disabled = false;
      if (!state.parts.length) this.showCounts(state.counts, exact);
      this.offer(this.run);
      if (!state.total) { this.nothing(); return; }
      this.status.textContent = (state.asked !== state.text
        ? "没有“" + state.text + "”，以下按" + quoted(siteNear.wordsOf(state.asked)) + "查找。" : "") + (state.parts.length && years.length
        ? "在" + Math.min(...years) + "年以后的资料中" : "") +
        (exact ? "找到 " : "找到约 ") + state.total + " 处" +
        (left ? "，已列出 " + state.listed + " 处" : "") + "。" +
        (state.parts.length ? "更早的年份，点“更多结果”接着找。" : "");
    }

    nothing() {
      const tips = ["少写几个字，或换一个说法。", "几个词之间用空格分开：每个词都出现的地方才算找到。",
        "数字要写全：1141.43 不能只写 41.4；单位可以不写。"];
      this.status.textContent = "没有找到“" + this.state.text + "”。";
      this.advice.hidden = false;
      this.advice.replaceChildren(make("p", {textContent: "可以试试："}),
        make("ul", {}, ...tips.map(tip => make("li", {textContent: tip}))));
      if (Object.values(this.filters).some(select => select.value)) {
        this.advice.append(make("button", {type: "button", onclick: () => this.everywhere(),
          textContent: "在全部县、乡镇、年份和类别中找"}));
      }
    }

    // Other names of what was typed, and names and words that may have been meant: questions, each a link
    // that asks it. Only such are offered as find something under the filters as they are.
    async offer(mine) {
      const state = this.state, nothing = !state.total, words = siteNear.wordsOf(state.text), also = [];
      words.forEach((word, i) => siteNear.bitsOf(word).forEach((bit, n, bits) => {
        for (const name of this.others.get(siteTokens.folded(bit)) || []) {
          if (!state.asked.includes(name)) also.push(put(words, i, put(bits, n, name).join(" ")).join(" "));
        }
      }));
      const meant = nothing || siteNear.LETTERS.test(state.text.toLowerCase()) ? await this.meant(words, nothing) : [];
      const finding = async asked => (await Promise.all(asked.map(text =>
        siteSearch.finds(this.manifest, siteTokens.parse(text), state.allowed)))).flatMap((yes, i) => yes ? [asked[i]] : []);
      const rows = await Promise.all([also, meant].map(finding)).catch(() => [[], []]);
      if (mine !== this.run) return;
      this.offers.hidden = !rows.flat().length;
      this.offers.replaceChildren(...["另有叫法，也可以找：", "是不是要找："].flatMap((said, i) => rows[i].length ? [
        make("p", {textContent: said}), make("ul", {className: "search-names"},
          ...rows[i].map(text => make("li", {}, this.linkTo(text))))] : []));
    }

    linkTo(text) {
      const link = make("a", {href: this.addressOf(text), textContent: text});
      link.addEventListener("click", event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        this.q.value = text;
        this.submit(event);
        this.q.focus();
      });
      return link;
    }

    // Questions that differ by one character, or whose pinyin was typed; the last with the best for each word.
    async meant(words, nothing) {
      const offers = new Set(), every = [];
      try {
        const names = await siteSearch.load("names", this.manifest.names);
        const sounds = siteNear.soundsOf(await siteSearch.load("sounds", this.manifest.sounds));
        for (const [i, word] of words.entries()) {
          const bits = siteNear.bitsOf(word), best = Array.from(bits);
          for (const [n, bit] of bits.entries()) {
            const typed = siteTokens.simplify(bit), query = siteTokens.parse(typed);
            const stands = !query.terms.length || await siteSearch.finds(this.manifest, query);
            if (!siteNear.LETTERS.test(typed.toLowerCase()) && (stands || !nothing)) continue;
            let like = siteNear.near(typed, names, sounds);
            if (nothing && !stands && !like.length) {
              like = siteNear.ranked(typed, await siteSearch.nearWords(this.manifest, typed), sounds);
            }
            if (like.length) best[n] = like[0];
            for (const name of like) offers.add(put(words, i, put(bits, n, name).join(" ")).join(" "));
          }
          every.push(best.join(" ") === bits.join(" ") ? word : best.join(" "));
        }
      } catch (e) {
        return [];
      }
      offers.add(every.join(" "));
      offers.delete(words.join(" "));
      return Array.from(offers);
    }

    everywhere() {
      for (const select of Object.values(this.filters)) select.value = "";
      this.townOptions("");
      this.submit();
      this.q.focus();
    }
  }

  function ready() {
    const app = document.getElementById("search-app");
    if (!app) return;
    siteSearch.open(app.dataset.shards || "").then(manifest => new SearchPage(app, manifest)).catch(() => {
      app.textContent = "没有取到检索数据。请检查网络，然后刷新本页。";
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
