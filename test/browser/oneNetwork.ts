// Steps of a browser test on one running network: starting one takes longer than any of them.
import { after, before, suite, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../../web/build.ts';
import { type OwnDatabase, ownDatabase } from '../database.ts';
import { launchChromium } from './chromium.ts';
import { type SomePerson, somebody, type Visit, type Visited, visit } from './console.ts';
import { type DemoNetwork, startDemoNetwork } from './demoNetwork.ts';

const TIMEOUT = 900_000;

export interface OneNetwork {
  readonly browser: Browser;
  readonly own: OwnDatabase;
  readonly demo: DemoNetwork;
  readonly admin: SomePerson;
  /** A page, as nobody unless `as` says whom. */
  readonly open: (path: string, how?: Visit) => Promise<Visited>;
  /** A page of the console, its path without `/console`, as the administrator. */
  readonly openAsAdmin: (path: string, how?: Visit) => Promise<Visited>;
}

export type Steps = Readonly<Record<string, (network: OneNetwork) => Promise<void>>>;

/** A suite of one browser, and for each of its tests one network on which the steps are taken in their order. */
export function suiteOnOneNetwork(name: string, tests: Readonly<Record<string, Steps>>): void {
  suite(name, { timeout: TIMEOUT }, () => {
    let browser: Browser;
    before(async () => {
      await buildWeb();
      browser = await launchChromium();
    });
    after(() => browser.close());

    for (const [says, steps] of Object.entries(tests))
      test(says, { timeout: TIMEOUT }, (context) =>
        ownDatabase(async (own) => {
          const demo = await startDemoNetwork(own);
          try {
            const admin = await somebody(own.doWork, { role: 'admin', name: 'Head of all' });
            const open = (path: string, how: Visit = {}) => visit(browser, demo.http, path, how);
            const openAsAdmin = (path: string, how: Visit = {}) => open(`/console${path}`, { as: admin, ...how });
            const network = { browser, own, demo, admin, open, openAsAdmin };
            for (const [what, step] of Object.entries(steps)) await context.test(what, () => step(network));
          } finally {
            await demo.end();
          }
        })(),
      );
  });
}

/** What the API gives to whoever looks at the page. */
export const apiOf = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(new URL(path, page.url()).href)).json()) as T;
