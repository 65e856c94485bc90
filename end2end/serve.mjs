// Starts the server for the browser tests on E2E_PORT, in an empty temporary folder: neither the
// developer's database nor .env have a part in it. Its log goes to test-results/server.log.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(here, '..');
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const server = resolve(root, process.env.SECONDARYMARKET_BIN ?? join(target, 'release/secondarymarket'));
const site = resolve(root, process.env.LEPTOS_SITE_ROOT ?? join(target, 'site'));
const address = `127.0.0.1:${process.env.E2E_PORT ?? 3100}`;

for (const path of [server, join(site, 'pkg/secondarymarket.wasm')]) {
  if (!existsSync(path)) {
    console.error(`${path} is missing: make build`);
    process.exit(1);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'secondarymarket-e2e-'));
copyFileSync(join(root, 'Leptos.toml'), join(folder, 'Leptos.toml'));
mkdirSync(join(here, 'test-results'), { recursive: true });
const log = openSync(join(here, 'test-results/server.log'), 'w');

const { PATH, HOME, LANG, TMPDIR, RUST_LOG, RUST_BACKTRACE } = process.env;
const child = spawn(server, [], {
  cwd: folder,
  stdio: ['ignore', log, log],
  env: {
    ...{ PATH, HOME, LANG, TMPDIR, RUST_LOG, RUST_BACKTRACE },
    DATABASE_URL: `sqlite://${join(folder, 'e2e.db')}`,
    LEPTOS_SITE_ADDR: address,
    LEPTOS_SITE_ROOT: site,
    PUBLIC_URL: `http://${address}`,
    // Every test is the same client.
    RATE_LIMIT_ENABLED: 'false',
  },
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.on('error', (error) => console.error(`${server}: ${error.message}`));
child.on('close', (code, signal) => {
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && signal !== 'SIGTERM') {
    console.error(`the server ended (${signal ?? code}); see end2end/test-results/server.log`);
  }
  process.exit(code ?? 1);
});
