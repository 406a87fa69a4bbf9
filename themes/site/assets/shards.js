// Finds entries in the shards that site_builder/shards.py writes (their format is explained there), each
// fetched only when a query needs it, by <script src>, so that it works from a disk and under
// `script-src 'self'`. What a hit is, is defined in site_builder/search.py. Needs tokens.js.
const siteSearch = (() => {
  "use strict";

  const FIGURES = [1, 2, 3];  // kinds of tables: an amount there is an exact figure
  const PAGE = 5, CHART = 6, KINDS = 7;  // a chart draws what a table says
  const NEAR_FILES = 8;  // of texts are read for words that differ in one place
  const TEXT_ENTRIES = 16;  // in one file of texts
  const OWN = 0, LABEL = 1, CONTEXT = 2;  // where a term stands: an entry's words, its labels, its page's

  // ---- fetching ----

  const arrived = new Map(), asked = new Map(), opened = new Map();
  let folder = "", places = [];

  function add(name, version, data) { arrived.set(name, {version, data}); }

  // The data of one script, asked for once; `version` makes browsers fetch it anew when it changed.
  function load(name, version, fixed) {
    if (asked.has(name)) return asked.get(name);
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = folder + name + ".js" + (version ? "?v=" + version : "");
      script.onload = () => {
        const got = arrived.get(name);
        arrived.delete(name);
        script.remove();
        if (!got || (fixed && got.version !== version)) reject(new Error("stale"));
        else resolve(got.data);
      };
      script.onerror = () => { script.remove(); reject(new Error("missing")); };
      document.head.appendChild(script);
    });
    asked.set(name, promise);
    promise.catch(() => asked.delete(name));
    return promise;
  }

  // The manifest of the shards in a folder: places, and parts with their years.
  async function open(where) {
    folder = where;
    const manifest = await load("index");
    siteTokens.learn(manifest.traditional);
    places = manifest.places.flatMap(([county, towns]) => towns.map(town => [county, town]));
    manifest.places = places;
    return manifest;
  }

  function unpack(digits) {
    const out = [];
    for (let i = 0, number = 0, scale = 1; i < digits.length; i++) {
      const code = digits.charCodeAt(i), v = code - (code > 92 ? 36 : 35);
      if (v >= 45) { number += (v - 45) * scale; scale *= 45; }
      else { out.push(number + v * scale); number = 0; scale = 1; }
    }
    return out;
  }

  function ascending(digits) {  // from the distances between them
    let last = -1;
    return unpack(digits).map(gap => (last += gap + 1));
  }

  // ---- one part: some years ----

  function openPart(info) {
    if (!info.opened) {
      info.opened = load("p/" + info.key + "/head", info.version, true)
        .then(head => layOut(info, head, places));
      info.opened.catch(() => { info.opened = null; });
    }
    return info.opened;
  }

  function layOut(info, head, places) {
    const part = {
      info, first: head.first, entries: head.entries, pages: [],
      kinds: new Uint8Array(head.entries),  // a kind's number, + 8 when there is no heading
      pageOf: new Uint32Array(head.entries),
    };
    const numbers = unpack(head.pages);
    let at = 0, entry = 0;
    for (const [year, folder, count] of head.groups) {
      for (let number = 0; number < count; number++) {
        const placed = numbers[at++], place = placed >> 1, [county, town] = places[place];
        const called = town && year ? 0 : county || year ? 1 : 2;  // by its title; by its folder, too
        const page = {part, year, name: folder + "/" + number, place, aside: placed & 1,
          names: numbers.slice(at, at + called), first: entry};
        at += called;
        for (let kind = -1; kind < KINDS; kind++) {  // first the entry without heading
          for (let some = numbers[at++]; some > 0; some--) {
            part.kinds[entry] = kind < 0 ? PAGE + 8 : kind;
            part.pageOf[entry++] = part.pages.length;
          }
        }
        page.end = entry;
        part.pages.push(page);
      }
    }
    return part;
  }

  // The digest of a folded name, as in shards.py.
  function nameDigest(name) {
    let digest = 0;
    for (let i = 0; i < name.length; i++) digest = (digest * 31 + name.charCodeAt(i)) % 2025;
    return digest;
  }

  function shardOf(first, term) {  // the last one that begins at or before the term
    let low = 0, high = first.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (first[middle] <= term) low = middle; else high = middle - 1;
    }
    return low;
  }

  // Terms with their `width` - 1 lists.
  async function openShard(name, version, width) {
    const text = await load(name, version, true);
    if (!opened.has(name)) {
      const fields = text.split(" "), terms = new Map();
      for (let i = 0; i + width <= fields.length; i += width) {
        terms.set(fields[i], fields.slice(i + 1, i + width));
      }
      opened.set(name, terms);
    }
    return opened.get(name);
  }

  function openPartShard(part, n) { return openShard("p/" + part.info.key + "/" + n, part.info.version, 4); }

  async function lookUp(part, term) {
    return part.first.length ? (await openPartShard(part, shardOf(part.first, term))).get(term) : undefined;
  }

  // Numbers first: most forms of an amount stand nowhere; their units need no fetching then. Of a long
  // form every second term does, for hits are read anyway.
  function inTurns(form) {
    const all = siteTokens.requiredTerms(form);
    const terms = all.length > 8 ? all.filter((t, i) => i % 2 === 0 || i === all.length - 1 || /[0-9]$/.test(t)) : all;
    return [terms.filter(t => /^[0-9]/.test(t)), terms.filter(t => !/^[0-9]/.test(t))];
  }

  // The parts that may have hits, as far as it pays to ask.
  async function partsFor(manifest, query) {
    const forms = [query.whole, ...query.terms].flat();
    if (!manifest.which || forms.some(form => !siteTokens.requiredTerms(form).length)) return manifest.parts;
    const first = await load("w/head", manifest.which, true);
    const holding = async form => {
      let parts = manifest.parts.map(() => true);
      for (const terms of inTurns(form)) {
        for (const found of await Promise.all(terms.map(async term =>
          (await openShard("w/" + shardOf(first, term), manifest.which, 2)).get(term)))) {
          const held = unpack(found ? found[0] : "");
          parts = parts.map((on, i) => on && held.includes(i));
        }
        if (!parts.includes(true)) break;
      }
      return parts;
    };
    const some = async forms =>
      (await Promise.all(forms.map(holding))).reduce((a, b) => a.map((on, i) => on || b[i]));
    const whole = await some(query.whole), terms = await Promise.all(query.terms.map(some));
    return manifest.parts.filter((part, i) => whole[i] || terms.every(held => held[i]));
  }

  // Sets flags[OWN, LABEL, CONTEXT] where they are `before` to `after` for one term's lists.
  function flag(flags, lists, before, after) {
    const own = ascending(lists[OWN]);
    const ids = [own, ascending(lists[LABEL]).map(rank => own[rank]), ascending(lists[CONTEXT])];
    ids.forEach((some, which) => {
      for (const id of some) if (flags[which][id] === before) flags[which][id] = after;
    });
  }

  // Where a form may stand: flags for entries (own words, labels) and pages (context). `sure` when it
  // does stand there, so that nobody need read the text to know.
  async function placesOf(part, form) {
    const flags = [part.entries, part.entries, part.pages.length].map(size => new Uint8Array(size));
    if (!siteTokens.requiredTerms(form).length) {  // one character: every term that begins with it
      const some = [], last = part.first.length ? shardOf(part.first, form + "\uffff") : -1;
      for (let n = shardOf(part.first, form); n <= last; n++) some.push(openPartShard(part, n));
      for (const shard of await Promise.all(some)) {
        shard.forEach((lists, term) => { if (term.startsWith(form)) flag(flags, lists, 0, 1); });
      }
      return {flags, sure: true};
    }
    const found = [];
    for (const terms of inTurns(form)) {
      found.push(...await Promise.all(terms.map(term => lookUp(part, term))));
      if (!found.every(Boolean)) return {flags, sure: true};
    }
    found.forEach((lists, i) => flag(flags, lists, i, i + 1));
    for (const some of flags) some.forEach((n, i) => { some[i] = n === found.length ? 1 : 0; });
    const one = (found.length === 1 && form.length === 2) || /^\x02[^\x03]*\x03[\x80-\x83千万亿元]?$/.test(form);
    return {flags, sure: one || !flags.some(some => some.includes(1))};
  }

  async function placesOfForms(part, forms) {
    const found = await Promise.all(forms.map(form => placesOf(part, form)));
    const flags = found[0].flags;
    for (const other of found.slice(1)) {
      other.flags.forEach((some, which) => some.forEach((on, i) => { if (on) flags[which][i] = 1; }));
    }
    return {flags, sure: found.every(f => f.sure)};
  }

  // The order of candidates; `rank` is 2 for a page that is called what was typed, 1 for reports,
  // places and years, 0 for other pages. In a part, the page and its entry decide at last.
  function better(a, b) {
    return b.rank - a.rank || b.tier - a.tier || b.phrase - a.phrase || b.page.year - a.page.year;
  }

  // What may be found in a part, best first: {list: [{page, id, rank, tier, phrase} …], sure}. A thing without
  // `id` is a page that may hold every term while none of its entries does; then `may` says which of its
  // entries may hold each term.
  async function candidates(info, query, allowed) {
    const part = await openPart(info), several = query.terms.length > 1;
    const asked = (several ? [query.whole] : []).concat(query.terms);
    const found = await Promise.all(asked.map(forms => placesOfForms(part, forms)));
    const whole = found[0].flags, terms = (several ? found.slice(1) : found).map(f => f.flags);
    const sure = found.every(f => f.sure), list = [], pages = new Set();
    const typed = query.whole.map(nameDigest);
    const figure = query.terms.some(forms => siteTokens.AMOUNT.test(forms[0]));
    const every = (which, id, page) => terms.some(t => t[which][id]) &&
      terms.every(t => t[which][id] || t[CONTEXT][page]);
    for (let id = 0; id < part.entries; id++) {
      const n = part.pageOf[id], page = part.pages[n], kind = part.kinds[id] & 7;
      if (!(whole[OWN][id] || every(OWN, id, n)) || !allowed(page, kind)) continue;
      let tier = figure && FIGURES.includes(kind) ? 1 : 0;
      if (whole[LABEL][id] || every(LABEL, id, n)) tier = kind === CHART ? 1 : part.kinds[id] & 8 ? 3 : 2;
      const called = part.kinds[id] & 8 && whole[OWN][id] && page.names.some(name => typed.includes(name));
      list.push({page, id, kind, rank: called ? 2 : 1 - page.aside, tier, phrase: whole[OWN][id]});
      pages.add(n);
    }
    if (several) part.pages.forEach((page, n) => {
      if (sure && pages.has(n)) return;
      const ids = Array.from({length: page.end - page.first}, (_, i) => page.first + i)
        .filter(id => allowed(page, part.kinds[id] & 7));
      const may = terms.map(t => ids.filter(id => t[OWN][id]));
      if (may.some(some => some.length) && may.every((some, i) => some.length || terms[i][CONTEXT][n])) {
        const kind = part.kinds[may.find(some => some.length)[0]] & 7;
        list.push({page, may, kind, rank: 1 - page.aside, tier: -1, phrase: 0});
      }
    });
    list.sort((a, b) => better(a, b) || a.page.first - b.page.first || a.id - b.id);
    return {list, sure: sure && !list.some(hit => hit.may)};
  }

  // ---- reading the texts ----

  function chunkOf(page, id) {
    const row = id - page.first;
    return {name: "t/" + page.name + "-" + Math.floor(row / TEXT_ENTRIES), row: row % TEXT_ENTRIES};
  }

  // How many scripts hold the texts of candidates.
  function files(list) {
    return new Set(list.flatMap(hit => (hit.may ? hit.may.map(ids => ids[0]) : [hit.id])
      .filter(id => id !== undefined).map(id => chunkOf(hit.page, id).name))).size;
  }

  async function read(page, id) {
    const {name, row} = chunkOf(page, id);
    const [url, title, county, town, year, rows] = await load(name, page.part.info.version);
    const [anchor, heading, kind, text] = rows[row];
    const own = siteTokens.folded(heading || title) + "\n" + siteTokens.folded(text);
    const context = siteTokens.folded([title, county, town, year ? year + "年" : ""].join(siteTokens.BREAK));
    return {url, title, county, town, year, anchor, heading, kind, text, own, context};
  }

  function matches(entry, query) {
    if (siteTokens.has(entry.own, query.whole)) return true;
    const here = query.terms.map(forms => siteTokens.has(entry.own, forms));
    return here.includes(true) &&
      here.every((standing, i) => standing || siteTokens.has(entry.context, query.terms[i]));
  }

  // The entries of a page that hold its terms together, the first for each; none when one is missing.
  async function together(hit, query) {
    const found = new Map();
    for (let i = 0; i < hit.may.length; i++) {
      let standing = false, entry = null;
      for (const id of hit.may[i]) {
        entry = found.get(id) || await read(hit.page, id);
        standing = siteTokens.has(entry.own, query.terms[i]);
        if (standing) { found.set(id, entry); break; }
      }
      if (standing) continue;
      entry = entry || await read(hit.page, hit.may.find(some => some.length)[0]);
      if (!siteTokens.has(entry.context, query.terms[i])) return [];
    }
    return Array.from(found).sort((a, b) => a[0] - b[0]).map(pair => pair[1]);
  }

  // The entries of candidates that really are found, in the same order. `done` collects the pages with
  // a hit, so that no page is taken as a whole that has one.
  async function verify(list, query, done) {
    const found = await Promise.all(list.map(async hit => {
      if (hit.may) return [];
      const entry = await read(hit.page, hit.id);
      if (!matches(entry, query)) return [];
      done.add(hit.page);
      return [entry];
    }));
    for (let i = 0; i < list.length; i++) {
      if (list[i].may && !done.has(list[i].page)) found[i] = await together(list[i], query);
    }
    return found.flat();
  }

  // ---- nothing was found ----

  // Is there an entry at all that a query finds? The best are read first, then twice as many.
  async function finds(manifest, query, allowed = () => true) {
    for (const info of await partsFor(manifest, query)) {
      const {list} = await candidates(info, query, allowed), done = new Set();
      for (let i = 0; i < list.length; i += i + 1) {
        if ((await verify(list.slice(i, i + i + 1), query, done)).length) return true;
      }
    }
    return false;
  }

  // Words of the texts that are `word`, which stands nowhere, but for one character, with how often they
  // were met: in some texts that hold the rest of it, of the newest years that have such words.
  async function nearWords(manifest, word) {
    const times = new Map();
    for (const info of manifest.parts) {
      const part = await openPart(info);
      for (const pieces of siteNear.around(word)) {
        const placed = await Promise.all(pieces.filter(Boolean).map(piece => placesOf(part, piece)));
        const files = new Set(), some = [];
        for (let id = 0; id < part.entries && part.first.length; id++) {
          const page = part.pages[part.pageOf[id]];
          if (page.aside || !placed.every(({flags}) => flags[OWN][id])) continue;
          files.add(chunkOf(page, id).name);
          if (files.size > NEAR_FILES) break;
          some.push(read(page, id));
        }
        for (const {own} of await Promise.all(some)) siteNear.count(times, own, pieces);
      }
      if (times.size) break;
    }
    return times;
  }

  return {add, better, candidates, files, finds, load, nearWords, open, openPart, partsFor, verify};
})();
