// Starts the built program in an empty temporary folder: neither the developer's database nor .env
// have a part in it.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(here, '..');
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const program = resolve(root, process.env.SECONDARYMARKET_BIN ?? join(target, 'release/secondarymarket'));
const site = resolve(root, process.env.LEPTOS_SITE_ROOT ?? join(target, 'site'));

/**
 * Runs the program with `settings` over the defaults; `run` calls it again, as the operator does.
 * `demo` is the trading day of the made-up market, for whom it must be the same on every day.
 */
export function start({ port, settings = {}, log = 'ignore', demo }) {
  for (const path of [program, join(site, 'pkg/secondarymarket.css')]) {
    if (!existsSync(path)) {
      console.error(`${path} is missing: make build`);
      process.exit(1);
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'secondarymarket-'));
  copyFileSync(join(root, 'Leptos.toml'), join(folder, 'Leptos.toml'));
  const address = `127.0.0.1:${port}`;
  const { PATH, HOME, LANG, TMPDIR, RUST_LOG, RUST_BACKTRACE } = process.env;
  const options = {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: {
      ...{ PATH, HOME, LANG, TMPDIR, RUST_LOG, RUST_BACKTRACE },
      DATABASE_URL: `sqlite://${join(folder, 'program.db')}`,
      LEPTOS_SITE_ADDR: address,
      LEPTOS_SITE_ROOT: site,
      PUBLIC_URL: `http://${address}`,
      // Every test is the same client.
      RATE_LIMIT_ENABLED: 'false',
      ...settings,
    },
  };
  if (demo) {
    const { status } = spawnSync(program, ['demo', '--as-of', demo], options);
    if (status !== 0) throw new Error(`the made-up market of ${demo} could not be made: exit status ${status}`);
  }
  const server = spawn(program, [], options);
  server.on('error', (error) => console.error(`${program}: ${error.message}`));
  server.on('close', () => rmSync(folder, { recursive: true, force: true }));
  const run = (...words) =>
    new Promise((done, failed) => {
      const child = spawn(program, words, options);
      child.on('error', failed);
      child.on('close', (code) => (code === 0 ? done() : failed(new Error(`${words.join(' ')}: exit status ${code}`))));
    });
  return { server, run, url: `http://${address}` };
}
