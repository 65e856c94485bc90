// fonts.mjs FOLDER: the fonts that style/fonts.css names, cut out of Pretendard, with its licence.
//
// The style sheet is the only place that says which characters are in which file. A file's name ends
// in a hash of everything that it is made from: browsers keep it for a year.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const require = createRequire(new URL('../end2end/package.json', import.meta.url));
const subsetFont = require('subset-font');

const folder = process.argv[2];
if (!folder) throw new Error('fonts.mjs FOLDER');
const manifest = require.resolve('pretendard/package.json');
const dist = join(dirname(manifest), 'dist');
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));

// What the style uses of the font's weights, 45 to 920.
const axes = { wght: { min: 400, max: 700, default: 400 } };

// Modified versions may not be called by the reserved name: as long as it, so that nothing moves.
const [reserved, ours] = ['Pretendard', 'MarketText'];

main();

async function main() {
  const font = readFileSync(join(dist, 'web/variable/woff2/PretendardVariable.woff2'));
  mkdirSync(folder, { recursive: true });
  for (const { file, characters } of wanted()) {
    const right = file.replace(/-[0-9a-f]{8}\.woff2$/, `-${hash(characters)}.woff2`);
    if (file !== right) throw new Error(`style/fonts.css: ${file} has other characters by now; call it ${right}`);
    const text = String.fromCodePoint(...characters);
    const cut = await subsetFont(font, text, { targetFormat: 'sfnt', variationAxes: axes });
    // Nothing is left to be cut: this packs it.
    const packed = await subsetFont(renamed(cut), text, { targetFormat: 'woff2' });
    writeFileSync(join(folder, file), packed);
    console.log(`font: ${file}, ${characters.length} characters, ${packed.length} bytes`);
  }
  writeFileSync(join(folder, 'LICENSE.txt'), readFileSync(join(dist, 'LICENSE.txt')));
}

/** File by file, with the characters that are in it and in none of those after it. */
function wanted() {
  const css = readFileSync(new URL('../style/fonts.css', import.meta.url), 'utf8');
  const taken = new Set();
  const faces = css.split('@font-face').slice(1).map((face) => {
    const file = basename(/url\("([^"]+)"\)/.exec(face)[1]);
    const ranges = /unicode-range:([^;]+);/.exec(face)[1];
    return { file, characters: ranges.split(',').flatMap(charactersOf) };
  });
  // Of faces that share a character the browser takes the last one.
  for (const face of faces.reverse()) {
    const known = commonHangul();
    face.characters = face.characters.filter((c) => !taken.has(c) && (!isHangul(c) || known.has(c))).sort((a, b) => a - b);
    for (const character of face.characters) taken.add(character);
  }
  return faces;
}

function charactersOf(range) {
  const [, first, last] = /U\+([0-9a-f]+)(?:-([0-9a-f]+))?/i.exec(range);
  const [from, to] = [parseInt(first, 16), parseInt(last ?? first, 16)];
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}

const isHangul = (character) => character >= 0xac00 && character <= 0xd7a3;

/** The 2,350 syllables of KS X 1001: what Korean is written with, but for a few in a million. */
function commonHangul() {
  const bytes = [];
  for (let row = 0xb0; row <= 0xc8; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
  return new Set(Array.from(new TextDecoder('euc-kr').decode(Uint8Array.from(bytes)), (c) => c.codePointAt(0)));
}

function hash(characters) {
  const { version: tool } = JSON.parse(readFileSync(require.resolve('subset-font/package.json'), 'utf8'));
  const inputs = JSON.stringify([version, tool, axes, ours, characters]);
  return createHash('sha256').update(inputs).digest('hex').slice(0, 8);
}

/** The font under our name, in every record that names it; who made it stays as it is. */
function renamed(font) {
  const naming = new Set([1, 3, 4, 6, 16, 21, 25]);
  const tables = font.readUInt16BE(4);
  for (let table = 12; table < 12 + 16 * tables; table += 16) {
    if (font.toString('latin1', table, table + 4) !== 'name') continue;
    const start = font.readUInt32BE(table + 8);
    const strings = start + font.readUInt16BE(start + 4);
    for (let number = 0; number < font.readUInt16BE(start + 2); number++) {
      const record = start + 6 + 12 * number;
      if (!naming.has(font.readUInt16BE(record + 6))) continue;
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
