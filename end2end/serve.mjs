// Starts the server for the browser tests on E2E_PORT. Its log goes to test-results/server.log.
// It shows the market of one day, whenever the tests run: screenshots are compared with others.
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { here, start } from './program.mjs';

mkdirSync(join(here, 'test-results'), { recursive: true });
const log = openSync(join(here, 'test-results/server.log'), 'w');
const { server } = start({ port: process.env.E2E_PORT ?? 3100, log, demo: '2026-03-20' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill('SIGTERM'));
server.on('close', (code, signal) => {
  if (code !== 0 && signal !== 'SIGTERM') {
    console.error(`the server ended (${signal ?? code}); see end2end/test-results/server.log`);
  }
  process.exit(code ?? 1);
});
