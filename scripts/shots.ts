// npm run shots: a picture of every page of the console in both languages and themes, from a demo network, in dist/shots.
// `-- packs map` takes only pages whose address holds one of these words; `--wide` 1920, `--narrow` 390 px.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { settled } from '../test/browser/console.ts';
import { addressOf, fileNameOf, registeredPages } from '../test/browser/pages.ts';
import { freePort } from '../test/server.ts';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist', 'shots');
/** Long enough for some swaps to have ended: pages without them say little. */
const WARM_UP_MS = 45_000;
const SPEED = 60;

const args = process.argv.slice(2);
const words = args.filter((it) => !it.startsWith('--'));
const [width, height, suffix] = args.includes('--wide')
  ? [1920, 1080, '-1920']
  : args.includes('--narrow')
    ? [390, 844, '-390']
    : [1280, 800, ''];

interface Demo {
  readonly http: string;
  readonly email: string;
  readonly password: string;
}

const home = mkdtempSync(join(tmpdir(), 'packloop-shots-'));
const port = await freePort();
const demo = spawn(
  process.execPath,
  [join(root, 'src', 'cli', 'packloop.ts'), 'demo', '--json', '--port', String(port), '--speed', String(SPEED)],
  { env: { ...process.env, DATA_DIR: home, DATABASE_URL: '' }, stdio: ['ignore', 'pipe', 'inherit'] },
);
process.once('exit', () => void demo.kill('SIGKILL'));

try {
  const { http, email, password } = await started(demo);
  const browser = await launchChromium();
  const context = await browser.newContext();
  await firstSignIn(context, http, { email, password });
  const storageState = await context.storageState();
  console.log(`the network runs for ${WARM_UP_MS / 1000} s …`);
  await new Promise((done) => setTimeout(done, WARM_UP_MS));
  const ask = async (path: string): Promise<unknown> => (await context.request.get(http + path)).json();
  mkdirSync(out, { recursive: true });
  const pages = registeredPages.filter((it) => words.length === 0 || words.some((word) => it.path.includes(word)));
  for (const page of pages) {
    const address = await addressOf(page, ask);
    for (const [locale, language] of [
      ['zh-CN', 'zh'],
      ['en-US', 'en'],
    ] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        const isIn = !(page.bare && page.needs === 'anyone');
        const visit = await browser.newContext({
          locale,
          colorScheme,
          viewport: { width, height },
          ...(isIn && { storageState }),
        });
        const tab = await visit.newPage();
        tab.on('pageerror', (error) => console.log(`✖ ${address}: ${error.message}`));
        await tab.goto(http + address);
        await settled(tab).catch((error: Error) => console.log(`✖ ${address}: ${error.message.split('\n')[0]}`));
        await tab.waitForTimeout(page.path === '/map' || page.path === '/wall' ? 8_000 : 1_200);
        await tab.screenshot({ path: join(out, `${fileNameOf(page)}${suffix}-${language}-${colorScheme}.png`) });
        await visit.close();
      }
    console.log(`${address}`);
  }
  await browser.close();
  console.log(`${pages.length * 4} pictures in ${out}`);
} finally {
  demo.kill('SIGTERM');
  await new Promise((done) => (demo.exitCode === null ? demo.once('exit', done) : done(undefined)));
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);

/** Where the demo is and who signs in first, once it says so. */
async function started(child: ChildProcess): Promise<Demo> {
  for await (const line of createInterface(child.stdout!)) {
    if (!line.startsWith('{')) continue;
    const facts = JSON.parse(line) as { http?: string; firstSignIn?: { email: string; password: string } };
    if (facts.http && facts.firstSignIn) {
      createInterface(child.stdout!).on('line', () => {}); // so that it never waits for us to read
      return { http: facts.http, ...facts.firstSignIn };
    }
  }
  throw new Error('the demo ended before it was up');
}

/** Signs in and changes the one-time password. */
async function firstSignIn(context: BrowserContext, http: string, { email, password }: Omit<Demo, 'http'>) {
  const newPassword = randomBytes(18).toString('base64url');
  await signIn(context, http, email, password);
  const changed = await post(context, `${http}/api/auth/change-password`, { currentPassword: password, newPassword });
  assert.equal(changed.status(), 200, await changed.text());
}

async function signIn(context: BrowserContext, http: string, email: string, password: string): Promise<void> {
  const reply = await post(context, `${http}/api/auth/sign-in/email`, { email, password });
  assert.equal(reply.status(), 200, await reply.text());
}

function post(context: BrowserContext, url: string, data: object) {
  return context.request.post(url, { data, headers: { origin: new URL(url).origin } });
}
