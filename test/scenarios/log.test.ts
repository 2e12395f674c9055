// A running server, three witnesses and a stranger with the command line: what the network says can be checked by anybody, and
// a dead witness stops nothing.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { makeKey } from '#party';
import { append } from '#record';
import { systemClock } from '#units';
import { type OwnDatabase, ownDatabase } from '../database.ts';
import { buildNetwork } from '../network.ts';
import { packCode } from '../seed.ts';
import { type ServerProcess, startServerProcess } from '../server.ts';
import { packloop, startWitness, type WitnessProcess } from '../witnesses.ts';
import { until } from './scene.ts';

const RECORD_SECRET = 'a secret for tests, which is as long as it must be';

/** A network that keeps a log, the folder of a stranger, and what he can ask of it. */
class Scene {
  readonly dir = mkdtempSync(join(tmpdir(), 'packloop-log-'));
  readonly witnesses: WitnessProcess[] = [];
  readonly own: OwnDatabase;
  server: ServerProcess | undefined;
  #keys = { read: '', mirror: '' };

  constructor(own: OwnDatabase) {
    this.own = own;
  }

  at = (name: string) => join(this.dir, name);
  doWork: OwnDatabase['doWork'] = (act) => this.own.doWorkAt({ clock: systemClock })(act);

  async serve(also: Record<string, string> = {}): Promise<void> {
    await this.server?.stop();
    const env = { RECORD_SECRET, LOG_ORIGIN: 'log.example/delta', DATA_DIR: this.at('data'), ...also };
    this.server = await startServerProcess({ databaseUrl: this.own.url, env });
  }

  async makeKeys(): Promise<void> {
    const keyOf = (scope: 'read' | 'mirror') =>
      this.doWork((work) => makeKey(work, { name: scope, scopes: [scope], random: randomBytes(32) }));
    this.#keys = { read: await keyOf('read'), mirror: await keyOf('mirror') };
    writeFileSync(this.at('mirror.key'), `${this.#keys.mirror}\n`);
  }

  get = (path: string, as = `Bearer ${this.#keys.read}`) =>
    fetch(`${this.server!.http}${path}`, { headers: { authorization: as } });

  /** @returns the file that now has it */
  async fetched(path: string, name: string): Promise<string> {
    const reply = await this.get(path);
    assert.equal(reply.status, 200, `${path}: ${await reply.clone().text()}`);
    writeFileSync(this.at(name), new Uint8Array(await reply.arrayBuffer()));
    return this.at(name);
  }

  /** A command as one types it. @returns what it says when it does what was asked */
  async run(line: string) {
    const { code, said } = await packloop(...line.split(' '));
    assert.equal(code, 0, `${line}: ${JSON.stringify(said)}`);
    return said;
  }

  mirrored = (copy: string, trusting: string) =>
    this.run(
      `mirror --from ${this.server!.http}/log --api-key-file ${this.at('mirror.key')} --dir ${copy} ${trusting}`,
    );

  append = (pack: string, type: string, body: Readonly<Record<string, unknown>>) =>
    this.doWork((work) => append(work, [{ subject: `pack:${pack}`, type, body }]));

  entries = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from record.entry`.execute(this.own.db)).rows[0]!.n;

  /** Every entry has its place in the log. */
  placed = () =>
    until(async () => {
      const { rows } = await sql<{ events: number }>`select events from record.sequencer`.execute(this.own.db);
      return rows[0]?.events === (await this.entries());
    });

  /** And that is published, with the signatures it takes. */
  async published(): Promise<void> {
    await this.placed();
    const { rows } = await sql<{ size: number }>`select size from record.sequencer`.execute(this.own.db);
    const shown = async () => Number((await (await this.get('/log/checkpoint')).text()).split('\n')[1]);
    await until(async () => (await shown()) >= rows[0]!.size);
  }

  async end(): Promise<void> {
    for (const it of this.witnesses) await it.end();
    await this.server?.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const inScene = (body: (scene: Scene) => Promise<void>) =>
  ownDatabase(async (own) => {
    const scene = new Scene(own);
    try {
      await buildNetwork(scene.doWork, { stations: 2, standing: 3, vehicles: 2 });
      await scene.makeKeys();
      await scene.serve();
      await body(scene);
      assert.deepEqual(scene.server!.complaints, []);
    } finally {
      await scene.end();
    }
  });

test(
  'a stranger mirrors the log of a running network, verifies receipts and histories, and witnesses cosign it',
  inScene(async (scene) => {
    const { at, run, witnesses } = scene;

    // Without witnesses its own policy is enough to verify it.
    await scene.published();
    const bare = await scene.fetched('/log/policy', 'bare-policy');
    const sealing = `--producers ${await scene.fetched('/log/producers', 'producers')}`;
    const first = await scene.mirrored(at('copy'), `--policy ${bare} ${sealing}`);
    assert.equal(first.events, await scene.entries());

    // Three witnesses, of whom two are needed.
    const vkey = /^log (\S+)/m.exec(await (await scene.get('/log/policy')).text())![1]!;
    for (const name of ['bank', 'maker', 'insurer'])
      witnesses.push(await startWitness(scene.dir, name, `log.example/delta=${vkey}`));
    const named = witnesses.map((it) => it.line);
    const policy = at('policy');
    writeFileSync(policy, [`log ${vkey}`, ...named, 'group them 2 bank maker insurer', 'quorum them', ''].join('\n'));
    const trusting = `--policy ${policy}`;
    await scene.serve({ LOG_POLICY: policy });
    const subject = `pack:${packCode(1)}`;
    await scene.append(packCode(1), 'pack.graded', { grade: 'vehicle', by: 'somebody' });
    await scene.published();
    const second = await scene.mirrored(at('cosigned'), `${trusting} ${sealing}`);
    assert.equal(second.events, await scene.entries());
    const checkpoint = await run(
      `verify checkpoint ${await scene.fetched('/log/checkpoint', 'checkpoint')} ${trusting}`,
    );
    assert.ok(checkpoint.witnesses.length >= 2);

    // One fact, and all that the log has of one pack.
    const { items } = (await (await scene.get(`/v1/record/${subject}`)).json()) as {
      items: { seq: number; type: string }[];
    };
    const { seq } = items.find((it) => it.type === 'pack.graded')!;
    const file = await scene.fetched(`/v1/record/${subject}/entries/${seq}/receipt`, 'receipt');
    const { sealed, disclosed } = await run(`verify receipt ${file} ${trusting} ${sealing}`);
    assert.equal(sealed, true);
    assert.deepEqual(
      disclosed.map(({ name, value }: { name: string; value: object }) => [name, value]),
      [
        ['interest', { grade: 'vehicle' }],
        ['operator', { by: 'somebody' }],
      ],
    );
    const history = await run(
      `verify history ${await scene.fetched(`/v1/record/${subject}/proof`, 'history')} ${trusting}`,
    );
    assert.equal(history.events.length, items.length);
    assert.equal((await scene.get(`/v1/record/${subject}/proof`, '')).status, 401);

    // One witness dies: nothing changes. Two die: the log goes on, and what is published is what enough have signed.
    await witnesses.pop()!.end();
    await scene.append('P9', 'pack.placed', { n: 1 });
    await scene.published();
    const third = await scene.mirrored(at('cosigned'), trusting);
    assert.equal(third.events, await scene.entries());
    await witnesses.pop()!.end();
    await scene.append('P9', 'pack.placed', { n: 1 });
    await scene.placed();
    const fourth = await scene.mirrored(at('cosigned'), trusting);
    assert.equal(fourth.events, (await scene.entries()) - 1);
    assert.equal((await scene.get('/v1/record/pack:P9/proof')).status, 409);
  }),
);
