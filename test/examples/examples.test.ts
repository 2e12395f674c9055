// The examples as a stranger runs them: programs against a running server.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeKey } from '#party';
import { withServer } from '../app.ts';

const noPython = spawnSync('python3', ['--version']).status === 0 ? false : 'there is no python3 here';
const stations: readonly { what: string; program: readonly string[]; skip?: string | false }[] = [
  { what: 'a station of sixty lines', program: [process.execPath, 'examples/connect-a-station.ts'] },
  { what: 'a station in another language', program: ['python3', 'examples/connect_a_station.py'], skip: noPython },
];

for (const { what, program, skip = false } of stations)
  test(
    `a partner registers, reserves and gets the bill of a swap that ${what} made`,
    { skip },
    withServer(
      async ({ app }) => {
        const { http } = await app.listen();
        const key = await app.doWork((work) =>
          makeKey(work, { name: 'partner', scopes: ['register', 'operate', 'drive', 'read'], random: randomBytes(32) }),
        );
        const partner = run([process.execPath, 'examples/partner-swap.ts', http, key]);
        const [line] = await partner.said(/^node examples\/connect-a-station\.ts (.*)$/m);
        assert.match(partner.output, /At most \d+\.\d\d yuan\./);
        const played = run([...program, ...line!.split(' ')]);
        assert.equal(await played.code, 0, played.output);
        assert.equal(await partner.code, 0, partner.output);
        assert.match(partner.output, /The swap is released\. Bill: \{.*"netWh":60382/);
        const audit = await app.audit();
        assert.deepEqual(
          audit.findings.filter((it) => it.violations.length > 0),
          [],
        );
      },
      { PORT: 0 },
    ),
  );

/** A program that runs beside the test. */
function run([program, ...args]: readonly string[]) {
  const child: ChildProcess = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => {
      output += chunk;
      for (const hear of heard) hear();
    });
  const code = new Promise<number>((done) => child.once('close', (it) => done(it ?? 1)));
  return {
    code,
    get output() {
      return output;
    },
    /** What matches, once it is written. */
    said: (pattern: RegExp) =>
      new Promise<string[]>((resolve, reject) => {
        const look = () => {
          const match = output.match(pattern);
          if (match) resolve(match.slice(1));
        };
        heard.add(look);
        look();
        void code.then((it) => reject(new Error(`it ended with ${it}:\n${output}`)));
      }),
  };
}
