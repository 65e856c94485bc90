// Does the time of an answer tell what the answer does not? Sends requests that must not differ, in
// random order over one connection, and compares each kind with the first of its group: medians, and
// Welch's t of the logarithms, so that single slow answers do not decide. A |t| above 4.5 is a difference.
//
//   node benches/timing.mjs [ROUNDS]      on SQLite; on the server of TEST_DATABASE_URL when it is set
import http from 'node:http';
import { start } from '../end2end/program.mjs';

const ROUNDS = Number(process.argv[2] ?? 1000);
const WARM_UP = 50;
const LIMIT = 4.5;
const PASSWORD = 'Quartz-Zebra-71!';
const WRONG = 'Wrong-Zebra-71!';
// The most that one account may fail before it is locked; each account is used for one less.
const MAX_ATTEMPTS = 100;

const database = process.env.TEST_DATABASE_URL;
const program = start({
  port: process.env.BENCH_PORT ?? 3200,
  settings: {
    MAX_LOGIN_ATTEMPTS: String(MAX_ATTEMPTS),
    LOGIN_ATTEMPT_TIMEOUT_MINUTES: '1440',
    JWT_SECRET_KEY: 'only for this measurement: 0123456789abcdef',
    ...(database && { DATABASE_URL: database }),
  },
});
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function post(path, body) {
  const data = JSON.stringify(body);
  return new Promise((done, failed) => {
    const begun = process.hrtime.bigint();
    const request = http.request(
      program.url + path,
      { agent, method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(data) } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          const micros = Number(process.hrtime.bigint() - begun) / 1000;
          done({ micros, status: response.statusCode, body: text && JSON.parse(text) });
        });
      },
    );
    request.on('error', failed);
    request.end(data);
  });
}

const account = (id) => ({ user_id: id, email: `${id}@example.com`, name: '홍길동', password: PASSWORD, password_confirm: PASSWORD, agree: true });
const attempt = (id, password = WRONG) => post('/api/auth/login', { user_id: id, password });

async function expectStatus(answer, status) {
  const { status: found, body } = await answer;
  if (found !== status) throw new Error(`${found} instead of ${status}: ${JSON.stringify(body)}`);
  return body;
}

async function ready() {
  for (let i = 0; i < 200; i++) {
    const up = await fetch(`${program.url}/readyz`).then((r) => r.ok, () => false);
    if (up) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the server does not get ready');
}

/** Accounts enough for all rounds without locking any. */
async function accounts(prefix) {
  const ids = Array.from({ length: Math.ceil((ROUNDS + WARM_UP) / (MAX_ATTEMPTS - 1)) }, (_, i) => `${prefix}_${i}`);
  for (const id of ids) await expectStatus(post('/api/auth/signup', account(id)), 201);
  return ids;
}

async function groups() {
  const known = await accounts('known');
  const deactivated = await accounts('gone');
  for (const id of deactivated) await program.run('user', 'deactivate', id);
  const [locked] = await accounts('locked');
  for (let i = 0; i < MAX_ATTEMPTS; i++) await expectStatus(attempt(locked), 401);
  await expectStatus(attempt(locked, PASSWORD), 401);

  const signIn = () => expectStatus(attempt(known[0], PASSWORD), 200);
  const { refresh_token: dead } = await signIn();
  await expectStatus(post('/api/auth/logout', { refresh_token: dead }), 200);
  const { refresh_token: alive } = await signIn();
  const forged = (token) => token.replace(/.{3}$/, (end) => (end === 'AAA' ? 'BBB' : 'AAA'));
  const refresh = (token) => () => post('/api/auth/refresh', { refresh_token: token });
  const of = (ids) => (round) => attempt(ids[round % ids.length]);

  return {
    'sign-in (401)': {
      'wrong password': of(known),
      'unknown user': (round) => attempt(`nobody_${round % known.length}`),
      'no possible id': (round) => attempt(`no-${round % known.length}`),
      'locked, wrong password': () => attempt(locked),
      'locked, right password': () => attempt(locked, PASSWORD),
      'deactivated, wrong password': of(deactivated),
    },
    'sign-up (409)': {
      'id taken': () => post('/api/auth/signup', { ...account(known[0]), email: 'nobody@example.com' }),
      'address taken': () => post('/api/auth/signup', { ...account('nobody_0'), email: `${known[0]}@example.com` }),
      'id of a deactivated user': () => post('/api/auth/signup', { ...account(deactivated[0]), email: 'nobody@example.com' }),
    },
    'refresh (401), forged': {
      'of a living device': refresh(forged(alive)),
      'of a dead device': refresh(forged(dead)),
      'of no device': refresh('999999.0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
    },
  };
}

function shuffled(list) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
const variance = (list, m = mean(list)) => list.reduce((sum, x) => sum + (x - m) ** 2, 0) / (list.length - 1);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const welch = (a, b) => (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length);

async function measure(name, kinds) {
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    for (const [kind, send] of shuffled(Object.entries(kinds))) {
      const { micros, status } = await send(round);
      if (!name.includes(String(status))) throw new Error(`${name}, ${kind}: ${status}`);
      if (round >= WARM_UP) times[kind].push(micros);
    }
  }
  const [first] = Object.keys(times);
  const logs = (kind) => times[kind].map(Math.log);
  let worst = 0;
  console.log(`\n${name}, ${ROUNDS} each\n${'kind'.padEnd(32)}${'median, ms'.padStart(12)}${'difference'.padStart(12)}${"Welch's t".padStart(12)}`);
  for (const kind of Object.keys(times)) {
    const difference = median(times[kind]) - median(times[first]);
    const t = kind === first ? 0 : welch(logs(kind), logs(first));
    worst = Math.max(worst, Math.abs(t));
    console.log(kind.padEnd(32) + (median(times[kind]) / 1000).toFixed(3).padStart(12) + (difference / 1000).toFixed(3).padStart(12) + t.toFixed(2).padStart(12));
  }
  return worst;
}

try {
  await ready();
  console.log(`on ${database ? 'PostgreSQL' : 'SQLite'}`);
  const worst = [];
  for (const [name, kinds] of Object.entries(await groups())) worst.push(await measure(name, kinds));
  console.log(`\nlargest |t|: ${Math.max(...worst).toFixed(2)} (a difference from ${LIMIT} on)`);
  process.exitCode = Math.max(...worst) < LIMIT ? 0 : 1;
} finally {
  agent.destroy();
  program.server.kill('SIGTERM');
}
