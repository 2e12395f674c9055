// The console in a browser, for its tests: people who can sign in, and pages opened as they see them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { DoWork } from '#kernel';
import { addPerson, join, thePlatform } from '#party';
import type { DriverId, PartyId, StationId } from '#units';
import type { Role } from '../../src/party/words.ts';

/** Patience, not timing: a machine may be busy with other things. */
export const PATIENCE = 90_000;
const password = 'correct horse battery staple';

export interface SomePerson {
  readonly email: string;
  readonly password: string;
}

interface Post {
  readonly role: Role;
  /** The platform when absent. */
  readonly partyId?: string;
  readonly stations?: readonly string[];
  /** As whom he swaps. */
  readonly driverId?: string;
  readonly passwordDue?: boolean;
  readonly name?: string;
}

let made = 0;

/** Somebody with an account and a role. */
export const somebody = (
  doWork: DoWork,
  { role, partyId, stations, driverId, passwordDue = false, name }: Post,
): Promise<SomePerson> =>
  doWork(async (work) => {
    const email = `person-${++made}@packloop.test`;
    const id = await addPerson(work, { name: name ?? `Person ${made}`, email, password, passwordDue });
    const party = (partyId as PartyId | undefined) ?? (await thePlatform(work));
    const at = stations as readonly StationId[] | undefined;
    await join(
      work,
      id,
      { partyId: party, role, ...(at && { stations: at }), ...(driverId && { driverId: driverId as DriverId }) },
      { by: 'test' },
    );
    return { email, password };
  });

export interface Visit {
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Nobody when absent. */
  readonly as?: SomePerson;
  /** Before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface Visited {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What broke in the page itself, and what its security policy refused. */
  readonly errors: string[];
  readonly leave: () => Promise<void>;
}

/** Opens an address of the console like a new visitor, signed in by the API when `as` says whom. */
export async function visit(browser: Browser, http: string, path: string, how: Visit = {}): Promise<Visited> {
  const { locale = 'en-US', colorScheme = 'light', width = 1280, height = 800, as, prepare } = how;
  const storageState = as && (await stateOf(browser, http, as));
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport: { width, height },
    ...(storageState && { storageState }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && /Content Security Policy|Refused to/.test(line.text())) errors.push(line.text());
  });
  await prepare?.(page);
  await page.goto(http + path);
  return { page, context, errors, leave: () => context.close() };
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
const states = new Map<string, Promise<State>>();

/** The cookies of somebody who has signed in: once for all visits, for the server slows down who tries often. */
function stateOf(browser: Browser, http: string, as: SomePerson): Promise<State> {
  const key = `${http} ${as.email}`;
  const state = states.get(key) ?? freshState(browser, http, as);
  states.set(key, state);
  return state;
}

async function freshState(browser: Browser, http: string, as: SomePerson): Promise<State> {
  const context = await browser.newContext();
  try {
    await signIn(context, http, as);
    return await context.storageState();
  } finally {
    await context.close();
  }
}

/** Leaves a session in the browser, as its own page would. @throws AssertionError with the server's words */
async function signIn(context: BrowserContext, http: string, { email, password }: SomePerson): Promise<void> {
  const reply = await context.request.post(`${http}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: http },
  });
  assert.equal(reply.status(), 200, await reply.text());
}

/** Until the page shows its heading and nothing that it still waits for. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.spinner, .ant-spin-spinning, [aria-busy="true"]') === null);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @throws AssertionError with a line for each place where the page breaks WCAG 2.2 AA, or when it scrolls on into nothing */
export async function isForEverybody(page: Page): Promise<void> {
  await standsStill(page);
  assert.deepEqual(await axeViolations(page), []);
  const beyond = await page.evaluate(() => {
    const isFramed = document.querySelector('.frame') !== null;
    return isFramed ? document.documentElement.scrollHeight - window.innerHeight : 0;
  });
  assert.equal(beyond, 0, 'the content scrolls within its frame, the window does not');
}

/** What fades in has less contrast while it does. A spinner never ends and is not waited for. */
async function standsStill(page: Page): Promise<void> {
  await page.waitForTimeout(100);
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((it) => it.playState !== 'running' || it.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
  );
}

async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((it) => `${id}: ${it.html.slice(0, 160)} (${it.failureSummary?.split('\n')[1]?.trim() ?? ''})`),
    );
  });
}
