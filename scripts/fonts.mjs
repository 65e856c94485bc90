// fonts.mjs FOLDER: the font that style/fonts.css names, cut out of Pretendard to the characters of
// style/font.txt, and its licence. Its name ends in a hash of everything that it is made from, because
// browsers keep it for a year.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(new URL('../end2end/package.json', import.meta.url));
const subsetFont = require('subset-font');

const folder = process.argv[2];
if (!folder) throw new Error('fonts.mjs FOLDER');
const dist = join(dirname(require.resolve('pretendard/package.json')), 'dist');

// Of the font's weights, 45 to 920, those that the style uses.
const axes = { wght: { min: 400, max: 700, default: 400 } };
// A modified version may not be called by the reserved name. As long as it: nothing in the file moves.
const [reserved, ours] = ['Pretendard', 'MarketText'];

const text = characters(source('../style/font.txt'));
const file = /url\("\/fonts\/([^"]+)"\)/.exec(source('../style/fonts.css'))[1];
const right = `text-${hash()}.woff2`;
if (file !== right) {
  throw new Error(`the font is made from something else by now: call it ${right} in style/fonts.css and src/app.rs`);
}

const font = readFileSync(join(dist, 'web/variable/woff2/PretendardVariable.woff2'));
const cut = await subsetFont(font, text, { targetFormat: 'sfnt', variationAxes: axes });
// Nothing is left to be cut: this packs it.
const packed = await subsetFont(renamed(cut), text, { targetFormat: 'woff2' });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, file), packed);
writeFileSync(join(folder, 'LICENSE.txt'), readFileSync(join(dist, 'LICENSE.txt')));
console.log(`font: ${file}, ${[...text].length} characters, ${packed.length} bytes`);

function source(path) {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

/** Lines of ranges and of characters as they are, sorted; those with # explain. */
function characters(list) {
  const all = new Set();
  for (const line of list.split('\n').filter((line) => !line.startsWith('#'))) {
    if (!line.startsWith('U+')) {
      for (const character of line) all.add(character.codePointAt(0));
      continue;
    }
    for (const range of line.split(' ')) {
      const [first, last] = range.slice(2).split('-').map((digits) => parseInt(digits, 16));
      for (let character = first; character <= last; character++) all.add(character);
    }
  }
  return String.fromCodePoint(...[...all].sort((a, b) => a - b));
}

function hash() {
  const versions = ['pretendard', 'subset-font'].map((name) => require(`${name}/package.json`).version);
  return createHash('sha256').update(JSON.stringify([versions, axes, ours, text])).digest('hex').slice(0, 8);
}

/** The font under our name in every record but those that say who made it and how it is licensed. */
function renamed(font) {
  const kept = new Set([0, 7, 8, 9, 11, 12, 13, 14]);
  const tables = font.readUInt16BE(4);
  for (let table = 12; table < 12 + 16 * tables; table += 16) {
    if (font.toString('latin1', table, table + 4) !== 'name') continue;
    const start = font.readUInt32BE(table + 8);
    const strings = start + font.readUInt16BE(start + 4);
    for (let number = 0; number < font.readUInt16BE(start + 2); number++) {
      const record = start + 6 + 12 * number;
      if (kept.has(font.readUInt16BE(record + 6))) continue;
      const from = strings + font.readUInt16BE(record + 10);
      replace(font.subarray(from, from + font.readUInt16BE(record + 8)));
    }
  }
  return font;
}

function replace(text) {
  // The Macintosh's names have a byte a letter, the others two.
  for (const encode of [(name) => Buffer.from(name, 'latin1'), (name) => Buffer.from(name, 'utf16le').swap16()]) {
    const [old, now] = [encode(reserved), encode(ours)];
    for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1)) now.copy(text, at);
  }
}
