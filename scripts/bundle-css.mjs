// bundle-css.mjs IN OUT release|dev: one stylesheet out of IN and all that it imports, minified,
// for the browsers that Cargo.toml names. The same library does it in cargo-leptos.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../end2end/package.json', import.meta.url));
const { bundle, browserslistToTargets } = require('lightningcss');
const browserslist = require('browserslist');

const [source, target, profile] = process.argv.slice(2);
const manifest = readFileSync(new URL('../Cargo.toml', import.meta.url), 'utf8');
const query = /^browserquery = "(.+)"$/m.exec(manifest)?.[1];
if (!query) throw new Error('Cargo.toml has no browserquery');

const { code, warnings } = bundle({
  filename: source,
  minify: profile !== 'dev',
  targets: browserslistToTargets(browserslist(query)),
});
for (const { message, loc } of warnings) {
  console.error(`warning: ${loc?.filename ?? source}:${loc?.line ?? 0}: ${message}`);
}
writeFileSync(target, code);
