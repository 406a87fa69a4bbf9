// The page 比较: towns × years × concepts from the figures of each county (assets of site_builder/compare.py).
// Figures are shown as printed and worked out by whole numbers; what is unlike is not compared, and says why.
(function () {
  "use strict";

  const BASES = ["决算", "年初预算", "全年预算", "上年决算", "年末", "自评", ""];
  const MONEY = ["元", "千元", "万元", "万", "亿元"];
  const HEADS = [["在职人数", "年末"], ["常住人口", "年末"], ["户籍人口", "年末"]];
  const WHOLE = "支出合计";
  const COLUMNS = ["支出合计.决算", "三公经费.决算", "在职人数.年末"];
  const MOST_BARS = 40;
  const MANY_LINKS = 10; // in the table: so many that Tab is offered a way past it
  const FEW = 6; // counties that are all shown when nobody has chosen

  const app = document.getElementById("compare-app");
  const root = app.dataset.root;
  const names = new Map([...app.querySelectorAll("[data-county]")].map(a => [a.dataset.county, a.textContent]));
  const counties = new Map(); // slug → its data, once loaded
  let state, open = matchMedia("(min-width: 45em)").matches;

  // -- exact numbers: n ÷ 10^d -------------------------------------------------------------

  function decimal(text) {
    const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    return m && {n: BigInt(m[1] + m[2] + (m[3] || "")), d: (m[3] || "").length};
  }
  const ten = power => 10n ** BigInt(power);
  function order(a, b) {
    const x = a.n * ten(b.d), y = b.n * ten(a.d);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  // a ÷ b to so many decimals, half up away from zero, as printed digits.
  function quotient(a, b, decimals) {
    let over = a.n * ten(b.d + decimals), under = b.n * ten(a.d);
    const minus = (over < 0n) !== (under < 0n);
    over = over < 0n ? -over : over;
    under = under < 0n ? -under : under;
    const digits = ((over * 2n + under) / (under * 2n)).toString().padStart(decimals + 1, "0");
    const cut = digits.length - decimals;
    return (minus && /[1-9]/.test(digits) ? "-" : "") + digits.slice(0, cut) + (decimals ? "." + digits.slice(cut) : "");
  }

  // -- data --------------------------------------------------------------------------------

  window.siteCompare = function (data) {
    for (const report of data.reports) {
      report.figures = new Map(report[3].map(f => [data.concepts[f[0]] + "." + BASES[f[1]], {
        printed: f[2], unit: data.units[f[3]], address: f[4], about: f[5] === "about",
        value: decimal(f[5] && f[5] !== "about" ? f[5] : f[2].slice(0, f[2].length - data.units[f[3]].length)) || decimal(f[2]),
        scale: data.scales[f[6] || 0], others: f[7] || 0,
      }]));
    }
    counties.set(data.county, data);
  };

  function load(slug) {
    if (counties.has(slug)) return Promise.resolve();
    return new Promise(done => {
      const script = document.createElement("script");
      script.src = root + "compare/data/" + slug + ".js";
      script.onload = script.onerror = () => done();
      document.head.append(script);
    });
  }

  function chosen() { // the reports of the towns that are ticked, every year
    const found = [];
    for (const slug of names.keys()) { // in their order, whichever came first
      const data = counties.get(slug);
      for (const report of data ? data.reports : []) {
        const [town, name] = data.towns[report[0]];
        if (!state.towns.includes(slug) && !state.towns.includes(slug + "/" + town)) continue;
        found.push({county: data.name, slug, town, name, year: report[1], form: report[2], figures: report.figures,
          page: root + slug + "/" + town + "/" + report[1] + "/"});
      }
    }
    return found;
  }

  // -- address -----------------------------------------------------------------------------

  function read() {
    const given = new URLSearchParams(location.search);
    const list = name => (given.get(name) || "").split(",").filter(Boolean);
    const towns = list("t").filter(t => names.has(t.split("/")[0]));
    return {
      towns: towns.length ? towns : [...names.keys()].slice(0, names.size <= FEW ? FEW : 1),
      years: list("y").map(Number),
      columns: given.has("c") ? [...new Set(list("c"))] : COLUMNS.slice(),
      per: [WHOLE, ...HEADS.map(h => h[0])].includes(given.get("per")) ? given.get("per") : "",
      sort: given.get("sort") || "",
    };
  }
  function write() {
    const given = new URLSearchParams();
    given.set("t", state.towns.join(","));
    if (state.years.length) given.set("y", state.years.join(","));
    given.set("c", state.columns.join(","));
    if (state.per) given.set("per", state.per);
    if (state.sort) given.set("sort", state.sort);
    return "?" + given.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
  }
  function change(edit) {
    edit(state);
    history.pushState(null, "", write());
    Promise.all(state.towns.map(t => load(t.split("/")[0]))).then(render);
  }

  // -- what may be compared with what --------------------------------------------------------

  function spoken(column) {
    const [concept, basis] = split(column);
    return concept.replace("/", "·") + (basis ? " " + basis : "");
  }
  function split(column) {
    const at = column.lastIndexOf(".");
    return [column.slice(0, at), column.slice(at + 1)];
  }
  // The unit and scale that most figures of a column have; the first of equals.
  function yardstick(rows, column) {
    const counts = new Map();
    for (const row of rows) {
      const f = row.figures.get(column);
      if (f && !f.about && f.value) counts.set(f.unit + "|" + f.scale, (counts.get(f.unit + "|" + f.scale) || 0) + 1);
    }
    const most = Math.max(0, ...counts.values());
    const key = [...counts.keys()].find(k => counts.get(k) === most);
    return key === undefined ? null : {unit: key.split("|")[0], scale: key.split("|")[1]};
  }
  // {text, unit, href, value, why, formula}: `value` is null where the figure is not compared.
  function cell(row, column, yard) {
    const [concept, basis] = split(column);
    const f = row.figures.get(column);
    if (!f) {
      const other = BASES.find(b => b !== basis && row.figures.has(concept + "." + b));
      if (other === undefined) return {text: "", value: null, why: "没有公布"};
      const there = row.figures.get(concept + "." + other);
      return {text: there.printed, href: link(row, there), value: null, why: "这是" + (other || "未注明口径的数") + "，不是" + basis + "：不比"};
    }
    const made = {text: f.printed, href: link(row, f), value: f.value, why: "", unit: f.unit};
    if (f.about || !f.value) made.why = "约数：不比";
    else if (f.unit !== yard.unit) made.why = "单位是" + (f.unit || "空") + "，这一列是" + (yard.unit || "空") + "：不比";
    else if (f.scale !== yard.scale) made.why = "口径是“" + f.scale + "”，这一列是“" + yard.scale + "”：不比";
    else if (state.per) Object.assign(made, worked(row, f, basis));
    if (made.why) made.value = null;
    else if (f.others) made.note = "同一报告别处另有不同写法";
    return made;
  }
  const link = (row, f) => row.page + "receipts/index.html#" + f.address;

  function worked(row, f, basis) {
    const share = state.per === WHOLE;
    if (!MONEY.includes(f.unit)) return {why: "不是金额：" + (share ? "没有占比" : "不算人均")};
    const base = row.figures.get(share ? WHOLE + "." + basis : heads(state.per));
    const name = share ? WHOLE + basis : state.per;
    if (!base || !base.value || base.about) return {why: "没有公布" + name + "：不能算"};
    if (share && base.unit !== f.unit) return {why: name + "的单位是" + base.unit + "：不能算"};
    if (base.value.n === 0n) return {why: name + "是零：没有意义"};
    const over = share ? {n: f.value.n * 100n, d: f.value.d} : f.value;
    const text = quotient(over, base.value, share ? 2 : 4);
    const unit = share ? "%" : f.unit + "/人";
    return {text: text + unit, unit, value: decimal(text), formula: f.printed + "÷" + base.printed};
  }
  const heads = name => HEADS.find(h => h[0] === name)?.join(".") || "";

  // -- drawing -------------------------------------------------------------------------------

  function make(tag, given, ...inner) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given || {})) {
      if (name === "on") made.addEventListener(value[0], value[1]);
      else if (typeof value === "boolean") made[name] = value;
      else if (value !== undefined) made.setAttribute(name, value);
    }
    made.append(...inner.filter(i => i !== null && i !== undefined));
    return made;
  }
  const button = (key, words, then, given) => make("button", {type: "button", "data-key": key, on: ["click", then], ...given}, words);
  const tick = (key, words, checked, then) => make("label", {class: "tick"}, make("input", {type: "checkbox", "data-key": key, checked, on: ["change", then]}), words);
  // What a list shows until something is chosen from it, so that nothing is by the alphabet.
  const unchosen = words => make("option", {value: "", disabled: true, selected: true}, words);

  function townPicker() {
    const box = make("fieldset", {}, make("legend", {}, "乡镇"));
    const slugs = [...new Set(state.towns.map(t => t.split("/")[0]))];
    for (const slug of slugs) {
      const data = counties.get(slug);
      if (!data) {
        box.append(make("p", {}, names.get(slug) + "的数据没有取到。"));
        continue;
      }
      const all = state.towns.includes(slug);
      const every = data.towns.map(t => slug + "/" + t[0]);
      const group = make("div", {role: "group", "aria-label": data.name, class: "ticks"});
      const alone = every.length === 1; // one tick is enough for it and its county
      if (!alone) group.append(tick("all-" + slug, data.name + "收录的 " + every.length + " 个镇", all, () => change(s => { s.towns = s.towns.filter(t => t.split("/")[0] !== slug).concat(all ? [every[0]] : [slug]); })));
      data.towns.forEach(([town, name], n) => {
        const on = all || state.towns.includes(every[n]);
        group.append(tick(every[n], alone ? data.name + name : name, on, () => change(s => {
          const mine = every.filter(t => t === every[n] ? !on : all || s.towns.includes(t));
          s.towns = s.towns.filter(t => t.split("/")[0] !== slug).concat(mine.length === every.length ? [slug] : mine);
        })));
      });
      if (slugs.length > 1 && !alone) group.append(button("out-" + slug, "去掉" + data.name, () => change(s => { s.towns = s.towns.filter(t => t.split("/")[0] !== slug); })));
      box.append(group);
    }
    const others = [...names].filter(([slug]) => !slugs.includes(slug));
    if (others.length) {
      const select = make("select", {"data-key": "county", "aria-label": "另一个县"}, unchosen("选一个县"), ...others.map(([slug, name]) => make("option", {value: slug}, name)));
      box.append(make("p", {class: "add"}, select, button("add-county", "加入这个县", () => { if (select.value) change(s => { s.towns = s.towns.concat(select.value); }); })));
    }
    return box;
  }

  function yearPicker(years, shown) {
    const box = make("div", {role: "group", "aria-label": "年度", class: "ticks"});
    for (const year of years) {
      const on = shown.includes(year);
      box.append(tick("y" + year, String(year), on, () => change(s => { s.years = years.filter(y => y === year ? !on : shown.includes(y)); })));
    }
    return make("fieldset", {}, make("legend", {}, "年度"), box);
  }

  function columnPicker(reports) {
    const list = make("ul", {class: "chosen"});
    state.columns.forEach((column, n) => list.append(make("li", {}, spoken(column) + " ",
      button("out-" + column, "去掉", () => change(s => { s.columns = s.columns.filter(c => c !== column); s.sort = ""; }), {"aria-label": "去掉" + spoken(column)}))));
    const known = new Set(reports.flatMap(r => [...r.figures.keys()]).filter(c => !state.columns.includes(c)));
    const select = make("select", {"data-key": "column", "aria-label": "另一个项目"}, unchosen("选一个项目"));
    for (const basis of BASES) {
      const mine = [...known].filter(c => split(c)[1] === basis).sort((a, b) => a.localeCompare(b, "zh"));
      if (mine.length) select.append(make("optgroup", {label: basis || "未注明口径"}, ...mine.map(c => make("option", {value: c}, spoken(c)))));
    }
    const add = known.size ? make("p", {class: "add"}, select, button("add-column", "加入这一项", () => { if (select.value) change(s => { s.columns.push(select.value); }); })) : null;
    return make("fieldset", {}, make("legend", {}, "项目"), list, add);
  }

  function wayPicker(reports) {
    const ways = [["", "公布的数"], [WHOLE, "占" + WHOLE + "的百分比"]];
    for (const [name, basis] of HEADS) if (reports.some(r => r.figures.has(name + "." + basis))) ways.push([name, "按" + name + "平均"]);
    const box = make("div", {class: "ticks", role: "group", "aria-label": "怎样比"});
    for (const [way, words] of ways) {
      box.append(make("label", {class: "tick"}, make("input", {type: "radio", name: "way", "data-key": "way" + way, checked: state.per === way, on: ["change", () => change(s => { s.per = way; })]}), words));
    }
    return make("fieldset", {}, make("legend", {}, "怎样比"), box);
  }

  // An address can ask for anything; only what some report of the chosen counties has is shown and named.
  function known() {
    const all = new Set();
    for (const t of state.towns) {
      const data = counties.get(t.split("/")[0]);
      for (const report of data ? data.reports : []) for (const column of report.figures.keys()) all.add(column);
    }
    return all;
  }

  const titled = (row, several) => (several ? row.county : "") + row.name + " " + row.year;

  function sorted(rows, cells) {
    const [, minus, column] = /^(-?)(.*)$/.exec(state.sort);
    const n = state.columns.indexOf(column);
    if (n < 0) return rows.map((_, i) => i);
    return rows.map((_, i) => i).sort((a, b) => {
      const x = cells[a][n].value, y = cells[b][n].value;
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1) || a - b;
      return (minus ? -order(x, y) : order(x, y)) || a - b;
    });
  }

  function table(rows, cells, yards, several) {
    const head = make("tr", {}, make("th", {scope: "col", class: "c1"}, "乡镇和年度"));
    state.columns.forEach((column, n) => {
      const now = state.sort === column ? "ascending" : state.sort === "-" + column ? "descending" : "none";
      const next = now === "descending" ? column : "-" + column;
      const unit = cells.map(line => line[n]).find(c => c.value)?.unit || (yards[n] ? yards[n].unit : "");
      head.append(make("th", {scope: "col", class: "n", "aria-sort": now},
        button("sort-" + column, spoken(column), () => change(s => { s.sort = next; }), {class: "sort", title: "排序"}),
        unit ? make("span", {class: "sub"}, unit) : null));
    });
    const body = make("tbody");
    for (const i of sorted(rows, cells)) {
      const row = rows[i];
      const line = make("tr", {}, make("th", {scope: "row", class: "c1"}, make("a", {href: row.page + "index.html"}, titled(row, several))));
      for (const c of cells[i]) {
        const td = make("td", {class: c.value ? "n" : "n nil"});
        if (c.text) td.append(make("a", {class: "rc", href: c.href}, c.value && c.unit && c.text.endsWith(c.unit) ? c.text.slice(0, -c.unit.length) : c.text));
        for (const words of [c.formula, c.why, c.note]) if (words) td.append(make("span", {class: "sub"}, words));
        line.append(td);
      }
      body.append(line);
    }
    const many = body.querySelectorAll("a").length >= MANY_LINKS;
    const caption = make("caption", {}, make("span", {class: "cap", id: "compare-caption"}, "比较：" + (state.per ? (state.per === WHOLE ? "占" + WHOLE + "的百分比" : "按" + state.per + "平均") : "公布的数")));
    return [many ? make("a", {class: "past", href: "#compare-past"}, "跳过这张表") : null,
      make("div", {class: "tw", role: "region", tabindex: "0", "aria-labelledby": "compare-caption"},
        make("table", {class: "gov grid"}, caption, make("thead", {}, head), body)),
      make("span", {class: "past-end", id: "compare-past", tabindex: "-1"})];
  }

  function svg(tag, given, ...inner) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
    made.append(...inner);
    return made;
  }

  function chart(rows, cells, several) {
    const named = state.columns.indexOf(state.sort.replace(/^-/, ""));
    const n = Math.max(0, named);
    const fit = sorted(rows, cells).filter(i => cells[i][n] && cells[i][n].value && cells[i][n].value.n >= 0n);
    const drawn = fit.slice(0, MOST_BARS);
    if (drawn.length < 2) return null;
    const top = drawn.map(i => cells[i][n].value).reduce((a, b) => order(a, b) < 0 ? b : a);
    const title = spoken(state.columns[n]), unit = cells[drawn[0]][n].unit;
    const plot = svg("svg", {class: "plot", width: "100%", height: drawn.length * 40, role: "img", "aria-labelledby": "compare-t compare-d"},
      svg("title", {id: "compare-t"}, title), svg("desc", {id: "compare-d"}, drawn.map(i => titled(rows[i], several) + " " + cells[i][n].text).join("；")));
    drawn.forEach((i, place) => {
      const c = cells[i][n], y = place * 40;
      const width = top.n === 0n ? "0" : quotient({n: c.value.n * 68n, d: c.value.d}, top, 2);
      plot.append(svg("text", {class: "t", x: 0, y: y + 13, "font-size": 12}, titled(rows[i], several)),
        svg("rect", {class: "s-now", x: 0, y: y + 19, width: width + "%", height: 14}),
        svg("text", {class: "t n", x: width + "%", y: y + 31, dx: 6, "font-size": 12}, c.text));
    });
    const left = rows.length - drawn.length;
    const said = (state.columns.length > 1 ? "图里是" + (named < 0 ? "第一个项目" : "排序的项目") + "；点表里别的列名，就改画那一列。" : "") +
      (fit.length > MOST_BARS ? "只画前 " + MOST_BARS + " 个。" : left ? left + " 份报告没有可比的数，或是负数，没有画。" : "");
    return make("figure", {class: "chart"}, make("figcaption", {}, title, make("small", {}, "单位：" + unit)), plot,
      said ? make("p", {class: "note"}, said) : null);
  }

  // -- taking away ---------------------------------------------------------------------------

  // As site_builder/open_data/rows.py guards them: no spreadsheet runs a cell as a formula.
  function field(text) {
    if (/^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-\d+(\.\d+)?$/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  function csv(rows, cells) {
    const heads = ["县", "乡镇", "年度"];
    for (const column of state.columns) heads.push(spoken(column), "单位", "算式", "说明");
    const lines = [heads];
    for (const i of sorted(rows, cells)) {
      const line = [rows[i].county, rows[i].name, String(rows[i].year)];
      for (const c of cells[i]) {
        const bare = c.unit && c.text.endsWith(c.unit) ? c.text.slice(0, -c.unit.length) : c.text;
        line.push(bare, c.unit || "", c.formula || "", [c.why, c.note].filter(Boolean).join("；"));
      }
      lines.push(line);
    }
    return "\ufeff" + lines.map(line => line.map(field).join(",") + "\r\n").join("");
  }
  function save(text) {
    const address = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
    make("a", {href: address, download: "bijiao.csv"}).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  // -- the page ------------------------------------------------------------------------------

  // Towns that are ticked and have no row, with the years of which they have reports.
  function unseen(reports, rows) {
    const there = new Set(rows.map(r => r.slug + "/" + r.town)), left = new Map();
    for (const r of reports) {
      const key = r.slug + "/" + r.town;
      if (there.has(key)) continue;
      if (!left.has(key)) left.set(key, {name: r.county + r.name, years: []});
      left.get(key).years.push(r.year);
    }
    if (!left.size) return "";
    const said = [...left.values()].map(one => one.name + "（有 " + one.years.join("、") + "）");
    return "没有所选年度报告的乡镇没有列出：" + said.join("、") + "。";
  }

  function render() {
    const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
    const reports = chosen(), there = known();
    const asked = state.columns.length;
    if (there.size) state.columns = state.columns.filter(c => there.has(c));
    const unknown = asked - state.columns.length;
    const years = [...new Set(reports.map(r => r.year))].sort((a, b) => b - a);
    const towns = new Set(reports.map(r => r.slug + "/" + r.town));
    const wanted = state.years.filter(y => years.includes(y));
    const shown = wanted.length ? wanted : towns.size > 1 ? years.slice(0, 1) : years;
    const rows = reports.filter(r => shown.includes(r.year));
    const several = new Set(rows.map(r => r.county)).size > 1;
    const yards = state.columns.map(c => yardstick(rows, c));
    const cells = rows.map(r => state.columns.map((c, n) => cell(r, c, yards[n])));
    const refused = cells.flat().filter(c => c.why && c.text).length;
    const forms = new Set(rows.map(r => r.form)).size;
    const said = rows.length && state.columns.length
      ? rows.length + " 份报告，" + state.columns.length + " 个项目。" + (refused ? "有 " + refused + " 格不能同这一列的数相比，原因写在格里。" : "") + (forms > 1 ? "所选报告用了 " + forms + " 种表单，同名项目的填报范围可能不同。" : "")
      : "请选乡镇、年度和项目。";
    const dropped = unseen(reports, rows) + (unknown ? "地址里另有 " + unknown + " 个项目，所选的县都没有公布，没有列出。" : "");
    const parts = [
      make("details", {open: open || !rows.length, on: ["toggle", e => { open = e.target.open; }]}, make("summary", {"data-key": "pickers"}, "选乡镇、年度、项目"),
        make("div", {class: "pickers"}, townPicker(), yearPicker(years, shown), columnPicker(reports), wayPicker(reports))),
      make("p", {role: "status"}, said + dropped),
    ];
    if (rows.length && state.columns.length) {
      parts.push(...table(rows, cells, yards, several));
      if (state.per) parts.push(make("p", {class: "note"}, state.per === WHOLE ? "百分比＝本项÷同一报告同一口径的支出合计×100，四舍五入到两位小数。" : "人均＝本项÷同一报告的" + state.per + "，四舍五入到四位小数。"));
      parts.push(make("p", {class: "take"}, button("csv", "下载所列（CSV）", () => save(csv(rows, cells))), " 这一页的地址就是这个比较，可以收藏、转发。"));
      parts.push(chart(rows, cells, several));
    }
    app.replaceChildren(...parts.filter(Boolean));
    if (held) {
      const again = [...app.querySelectorAll("[data-key]")].find(e => e.dataset.key === held);
      (again || app.querySelector("select, input, button"))?.focus();
    }
  }

  function start() {
    state = read();
    Promise.all(state.towns.map(t => load(t.split("/")[0]))).then(render);
  }
  addEventListener("popstate", start);
  start();
})();
