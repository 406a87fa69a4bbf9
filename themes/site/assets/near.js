// What a person may have meant where nothing is found as it was typed: the mirror of
// site_builder/search/near_names.py, where it is explained. Needs tokens.js, loaded before search.js; the
// pinyin comes from names.js and sounds.js of the shards.
var siteNear = (() => {
  "use strict";

  const MOST = 8, UNLIKE = 3;
  const WORD = /^[一-鿿]{2,8}$/, PLACE = /^(..+)[市县区镇乡]$/, LETTERS = /[a-z]{2,}/;
  const PARTICLES = "的了和在为与及是等有不对由将从其到";
  const JOINED = new RegExp("^([^\x02\x03]+[^\x02\x03,./~:、至和-])?\x02((?:19|20)[0-9]{2})\x03" +
    "(?:年份|年度|年(?![份度末初底前后来内间])|$" +
    "|(?=[^\x02\x03]{3})(?![余多万亿千元亩户年]|平方|立方|公里|公斤|公顷))" +
    "([^\x02\x03,./~:、至和-][^\x02\x03]+)?$", "u");

  function wordsOf(text) { return text.split(/\s+/).filter(Boolean); }

  // {公务接待费: "招待费 招待费用"} by the other names.
  function otherNames(also) {
    const names = new Map();
    for (const [name, others] of Object.entries(also)) {
      for (const other of others.split(" ")) names.set(other, [...(names.get(other) || []), name]);
    }
    return names;
  }

  // What to look for, in this order, where the words are found nowhere as they were typed.
  function attempts(text, names) {
    const spaced = wordsOf(text).flatMap(bitsOf), meant = spaced.map(bit => names.get(siteTokens.folded(bit)) || []);
    const named = spaced.map((bit, i) => meant[i].length === 1 ? meant[i][0] : bit);
    return Array.from(new Set([spaced.join(" "), named.join(" ")])).filter(asked => asked !== wordsOf(text).join(" "));
  }

  // 三公经费2022年 as 三公经费 and 2022年; another word as it is.
  function bitsOf(word) {
    const found = siteTokens.fold(word), joined = JOINED.exec(found.text);
    if (!joined || !(joined[1] || joined[3])) return [word];
    const before = joined[1] ? word.slice(0, found.starts[joined[1].length]) : "";
    const after = joined[3] ? word.slice(found.ends[found.text.length - joined[3].length - 1]) : "";
    return [before.replace(/[“‘「『《]+$/, ""), joined[2] + "年", after.replace(/^[”’」』》]+/, "")].filter(Boolean);
  }

  function blurred(sound) {
    return sound.replace(/^([zcs])h/, "$1").replace(/^n/, "l").replace(/^f/, "h").replace(/ng$/, "n");
  }

  // {syllable: characters} as a map of characters.
  function soundsOf(syllables) {
    const sounds = new Map();
    for (const [sound, characters] of Object.entries(syllables)) {
      for (const c of characters) sounds.set(c, sound);
    }
    return sounds;
  }

  function oneOff(typed, name) {
    const longest = Math.max(typed.length, name.length), least = Math.min(typed.length, name.length);
    if (longest - least > 1 || longest < 2 || longest + least === 3) return false;
    let left = 0, right = 0;
    while (left < least && typed[left] === name[left]) left++;
    while (right < least - left && typed[typed.length - 1 - right] === name[name.length - 1 - right]) right++;
    return longest - left - right <= 1;
  }

  function likeness(typed, word, sounds) {
    const [a, b] = [typed, word].map(words => Array.from(words, c => sounds.get(c) || c));
    if (a.join(" ") === b.join(" ")) return 2;
    return a.map(blurred).join(" ") === b.map(blurred).join(" ") ? 1 : 0;
  }

  function near(typed, names, sounds) {
    const letters = typed.toLowerCase().replace(/[\s']/g, "");
    if (/^[a-z]{2,}$/.test(letters)) {
      return names.filter(([, said]) => said.replace(/ /g, "").startsWith(letters) ||
        said.split(" ").map(s => s[0]).join("").startsWith(letters)).map(([name]) => name).slice(0, MOST);
    }
    const found = new Set();
    for (const [name] of names) {
      const place = PLACE.exec(name), short = place ? place[1] : name;
      if (typed === name || typed === short) return [];
      if (oneOff(typed, name)) found.add(name);
      else if (short.length === typed.length && oneOff(typed, short)) found.add(short);
    }
    if (found.size) {
      return Array.from(found, name => [name, likeness(typed, name, sounds)])
        .sort((a, b) => b[1] - a[1]).map(([name]) => name).slice(0, MOST);
    }
    for (const [name] of names) {
      if (typed.length < name.length + 2) continue;
      if (typed.startsWith(name)) found.add(name + " " + typed.slice(name.length));
      if (typed.endsWith(name)) found.add(typed.slice(0, -name.length) + " " + name);
    }
    return Array.from(found).slice(0, MOST);
  }

  function ranked(typed, times, sounds) {
    const all = Array.from(times, ([word, n]) => ({word, n, like: likeness(typed, word, sounds)}))
      .sort((a, b) => b.like - a.like || b.n - a.n || (a.word < b.word ? -1 : 1));
    const like = all.filter(one => one.like).slice(0, MOST);
    return (like.length ? like : all.slice(0, UNLIKE)).map(one => one.word);
  }

  // What stands before and after each character of a word that may be wrong; none for other words.
  function around(word) {
    return WORD.test(word) ? Array.from(word, (c, i) => [word.slice(0, i), word.slice(i + 1)]) : [];
  }

  // Adds to `times` the words of a text that have one character between the two pieces.
  function count(times, text, [before, after]) {
    for (const [word, c] of text.matchAll(new RegExp(before + "([一-鿿])" + after, "g"))) {
      if (!PARTICLES.includes(c)) times.set(word, (times.get(word) || 0) + 1);
    }
  }

  return {LETTERS, around, attempts, bitsOf, count, near, otherNames, ranked, soundsOf, wordsOf};
})();
