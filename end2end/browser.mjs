// The browser of every test and measurement.
import { existsSync } from 'node:fs';

/** A Chromium of the system if there is one; otherwise Playwright's own. */
export const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

/**
 * No sandbox, so that it runs as root too: it only ever sees our own pages. The others keep it from
 * looking for hosts outside.
 */
export const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
