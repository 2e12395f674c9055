// An act before anybody has signed it: the exact text, and who has to sign.
import type { z } from 'zod';
import type { Work } from '#kernel';
import { kindsOf } from '#party';
import type { PackCode } from '#units';
import type { titleAct } from '../api/titleStatement.ts';
import { demandPossible } from './decide.ts';
import { type DemandReceiver, receivers, titleOf } from './index.ts';
import { neededFor } from './needed.ts';
import { concerned, demandNew, named } from './parties.ts';
import { type Statement, statementText } from './statement.ts';
import * as store from './store.ts';
import type { Title } from './title.ts';

interface Asked {
  readonly act: z.infer<typeof titleAct>;
  /** For how long it may be delivered. */
  readonly days: number;
}

/** Nothing is kept of it. @throws Refused what the act itself would be refused for, whoever signed it */
export async function drafted(work: Work, code: PackCode, { act, days }: Asked, demandReceiver: DemandReceiver) {
  const before = await titleOf(work, code);
  const until = work.at
    .add({ hours: 24 * days })
    .round('second')
    .toString();
  const statement = { v: 1, pack: code, after: before.acts, until, ...act } as Statement;
  const parties = named(before, statement);
  const title: Title = { ...before, kinds: await kindsOf(work, parties) };
  await demandNew(work, code, title, statement);
  const all = concerned(title, parties);
  const decided = demandPossible(title, statement, new Set(all), work.at);
  for (const to of receivers(statement, decided)) await demandReceiver(work, to, code);
  const keys = (await store.keysOf(work, all)).map((it) => ({ ...it }));
  return { statement, text: statementText(statement), ...neededFor(title, statement, all, work.at), keys };
}
