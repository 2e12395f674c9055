// packloop verify handover, as a court would use it: files, no network, and whatever was changed in them is found.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifierKey } from '#record/log';
import { readPartyKeys, readPolicy, Unproven, utf8, verifyHandover } from '#record/verify';
import { withServer } from '../../test/app.ts';
import { tenant } from '../../test/tenants.ts';
import { verdictOn } from '../../web/verify/verdict.ts';
import { signedBy } from '../exchange/handover/testing.ts';
import { signingKeyOf } from '../pack/title/testing.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packloop-handover-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(program, ['verify', 'handover', ...args], { cwd: folder }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

type Tree = { [name: string]: unknown };

/** Every copy of the text in which one value is another one. */
function changedOnce(it: unknown, path = ''): { path: string; change: (root: unknown) => void }[] {
  if (typeof it !== 'object' || it === null) return [];
  return Object.entries(it as Tree).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const other =
      typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : value === null ? 1 : undefined;
    const change = (root: unknown) => {
      const parent = path === '' ? root : path.split('.').reduce((node, key) => (node as Tree)[key], root);
      (parent as Tree)[name] = other;
    };
    return [...(other === undefined ? [] : [{ path: here, change }]), ...changedOnce(value, here)];
  });
}

test(
  'either side proves the state at hand-over from the file alone; whatever is changed in it, or was signed by others, does not hold',
  withServer(
    async ({ app, as }) => {
      const [giver, receiver] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
      const keys: string[] = [];
      for (const { id, admin } of [giver, receiver]) {
        const key = await verifierKey(signingKeyOf(id), 'note');
        keys.push(`${id} ${key}`);
        await admin.post('/v1/title/keys', { party: id, key });
      }
      const log = await app.openLog();
      await log.writer.once();
      const [code, another] = [giver.packs[2]!, giver.packs[1]!];
      const certified = async (pack: string, damage: string) => {
        const at = `/v1/packs/${pack}/handovers`;
        const asked = { to: 'zulu', place: 'Yard 3, Shenzhen', damage: [damage] };
        const { statement } = (await giver.admin.post(`${at}/draft`, asked)).body;
        const { body } = await giver.admin.post(at, { note: await signedBy(statement, 'alfa', 'zulu') });
        assert.equal(body.state, 'certified', JSON.stringify(body));
        await log.writer.once();
        const { body: certificate } = await receiver.admin.get(`${at}/${body.id}/certificate`);
        return { certificate, statement };
      };
      const { certificate, statement } = await certified(code, 'scratch on the left');
      const { certificate: other } = await certified(another, 'none\nSigned by the court\u001b[2J');
      const policyText = String((await (await as()).get('/log/policy')).body);
      file('certificate.json', JSON.stringify(certificate));
      file('policy', policyText);
      file('producers', String((await (await as()).get('/log/producers')).body));
      file('keys', `# who signs\n${keys.join('\n')}\n`);
      const trusting = ['--policy', 'policy', '--keys', 'keys', '--producers', 'producers'];

      const held = await run('certificate.json', ...trusting);
      assert.equal(held.code, 0, held.errors);
      assert.match(held.out, new RegExp(`^Holds: alfa handed pack ${code} over to zulu at Yard 3, Shenzhen`));
      assert.match(held.out, /state of health 98 %, reported: pack\n {2}state of charge 95 %/);
      assert.match(held.out, /Damage: scratch on the left\nSigned by alfa.example\/title and zulu.example\/title/);
      assert.match(held.out, /Complete: all that the log has of it .* is in the file, (one event|\d+ events)\./);
      assert.match(held.out, /Its producer sealed it\./);
      const posing = await run(file('other.json', JSON.stringify(other)), ...trusting);
      assert.match(posing.out, /Damage: none\ufffdSigned by the court\ufffd\[2J\nSigned by alfa/);
      const told = JSON.parse((await run('certificate.json', ...trusting, '--json')).out);
      assert.deepEqual([told.holds, told.statement, told.events.length], [true, statement, statement.head.count]);
      const forged = { ...certificate, note: certificate.note.replace('"soc":95', '"soc":40') };
      const changed = await run(file('forged.json', JSON.stringify(forged)), ...trusting);
      assert.deepEqual([changed.code, /Does not hold \(bad-signature\)/.test(changed.errors)], [1, true]);
      assert.equal(
        (await run('certificate.json', '--policy', 'policy')).code,
        2,
        'whose signatures are believed has to be said',
      );

      const [policy, parties] = [await readPolicy(utf8(policyText)), await readPartyKeys(keys.join('\n'))];
      const failing = async (it: unknown, about: string, asking: typeof parties = parties): Promise<string> => {
        try {
          await verifyHandover(utf8(JSON.stringify(it)), { policy, parties: asking });
        } catch (error) {
          assert.ok(error instanceof Unproven, `${about}: ${error}`);
          return error.reason;
        }
        return assert.fail(`${about} went unnoticed`);
      };
      // Every value of what was signed, as it stands and signed again by those who are asked to believe it.
      const [text, ...lines] = certificate.note.split('\n');
      const fields = changedOnce(JSON.parse(text));
      assert.ok(fields.length > 20, `${fields.length} fields`);
      for (const { path, change } of fields) {
        const said = JSON.parse(text);
        change(said);
        await failing({ ...certificate, note: [JSON.stringify(said), ...lines].join('\n') }, path);
        await failing({ ...certificate, note: await signedBy(said, 'alfa', 'zulu') }, `${path}, signed again`);
      }
      // Every value of the receipt's and the history's parts.
      for (const { path, change } of changedOnce(certificate)) {
        const copy = structuredClone(certificate);
        change(copy);
        await failing(copy, path);
      }
      const drop = { ...certificate.history, events: certificate.history.events.slice(1) };
      const reasons = {
        hidden: await failing({ ...certificate, history: drop }, 'an event hidden'),
        ofAnother: await failing({ ...certificate, receipt: other.receipt }, 'the receipt of another'),
        historyOfAnother: await failing({ ...certificate, history: other.history }, 'the history of another'),
        oneSide: await failing({ ...certificate, note: await signedBy(statement, 'alfa') }, 'one signature'),
        strangers: await failing({ ...certificate, note: await signedBy(statement, 'eve', 'mallory') }, 'strangers'),
        noKeys: await failing(certificate, 'no key is known', parties.slice(0, 1)),
        more: await failing({ ...certificate, more: 1 }, 'something more'),
      };
      assert.deepEqual(reasons, {
        hidden: 'event-hidden',
        ofAnother: 'handover-differs',
        historyOfAnother: 'handover-differs',
        oneSide: 'not-signed',
        strangers: 'not-signed',
        noKeys: 'not-signed',
        more: 'malformed-handover',
      });
      // The giver says that his own key is the receiver's, too.
      const alone = await readPartyKeys([keys[0]!, keys[0]!.replace(/^alfa/, 'zulu')].join('\n'));
      const asOne = { ...certificate, note: await signedBy(statement, 'alfa') };
      await assert.rejects(verifyHandover(utf8(JSON.stringify(asOne)), { policy, parties: alone }), {
        reason: 'not-signed',
        message: 'One and the same key has signed for alfa and for zulu: each side must sign with a key of its own',
      });
      // Both signed; that the giver's key is named for the receiver as well takes nothing from the receiver's own.
      await verifyHandover(utf8(JSON.stringify(certificate)), { policy, parties: [...alone, ...parties] });

      const given = { claim: JSON.stringify(certificate), policy: policyText, producers: keys.join('\n') };
      const onThePage = await verdictOn(given);
      assert.ok(onThePage.state === 'holds', JSON.stringify(onThePage));
      assert.ok(onThePage.rows.some(([label, value]) => label === 'to' && value === 'zulu'));
      const spoilt = await verdictOn({ ...given, claim: JSON.stringify(forged) });
      assert.deepEqual([spoilt.state, 'reason' in spoilt && spoilt.reason], ['fails', 'bad-signature']);
    },
    { RATE_LIMIT: 0 },
  ),
);
