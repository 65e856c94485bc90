// precompress.mjs FOLDER: NAME.br and NAME.gz beside every file that gets smaller by it, as small as
// they get, so that the server never compresses a file. Prints the sizes.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const compressible = /\.(css|html|ico|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/;

const folder = process.argv[2];
const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && compressible.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();

const sizes = await Promise.all(
  files.map(async (file) => {
    const raw = await readFile(file);
    const { constants } = zlib;
    const [br, gz] = await Promise.all([
      brotli(raw, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
        },
      }),
      gzip(raw, { level: constants.Z_BEST_COMPRESSION }),
    ]);
    if (br.length < raw.length) await writeFile(`${file}.br`, br);
    if (gz.length < raw.length) await writeFile(`${file}.gz`, gz);
    return { file: relative(folder, file), raw: raw.length, br: br.length, gz: gz.length };
  }),
);

const column = (value) => String(value).padStart(9);
console.log(`${column('bytes')}${column('brotli')}${column('gzip')}`);
for (const { file, raw, br, gz } of sizes) console.log(`${column(raw)}${column(br)}${column(gz)}  ${file}`);
