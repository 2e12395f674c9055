// packloop verify handover: the state in which a pack changed hands, from the certificate alone. Offline; no database, no server.
import { type HandoverProven, readPartyKeys, textOf, verifyHandover } from '#record/verify';
import { bytesIn } from './files.ts';
import { Failed, say } from './say.ts';
import { cosigned, judged, type Options, told, trusted } from './verify.ts';

/** A certificate, against a policy and the keys of both sides. */
export async function checkHandover(file: string, options: Options & { readonly keys: string }): Promise<void> {
  const { policy, producers } = await trusted(options);
  const parties = await readPartyKeys(textOf(bytesIn(options.keys)) ?? '').catch((error: Error) => {
    throw new Failed(`${options.keys}: ${error.message}`, { code: 2 });
  });
  const it = await judged(() => verifyHandover(bytesIn(file), { policy, parties, producers }));
  const { statement, signers, at, rests, before } = it;
  const facts = { ...told(rests), index: rests.index, sealed: rests.isSealed, statement, signers, at };
  const events = before?.map(({ at, type, producer }) => ({ at, type, producer })) ?? null;
  say(options.json === true, { ...facts, events }, () => inWords(it));
}

function inWords({ statement, signers, at, rests, before }: HandoverProven): string[] {
  const { pack, from, to, place, state } = statement;
  const { soh, soc, cycles, damage } = state;
  const band = soh.lower === null || soh.upper === null ? '' : ` (${soh.lower} to ${soh.upper})`;
  return [
    `Holds: ${from} handed pack ${pack} over to ${to} at ${place}, ${statement.at}; it was entered at ${at}`,
    `  state of health ${soh.percent} %${band}, ${soh.basis}: ${soh.source}`,
    `  state of charge ${soc} %, ${cycles} equivalent full cycles`,
    ...Object.entries(state.counters).map(([name, value]) => `  ${name} ${value}`),
    ...(damage.length === 0 ? ['  No damage was noted.'] : damage.map((it) => `  Damage: ${it}`)),
    `Signed by ${signers.join(' and ')}.`,
    before === null
      ? 'Its history before was not signed: no log was kept then.'
      : `Complete: all that the log has of it up to what both signed is in the file, ${countOf(before.length)}.`,
    `Entry ${rests.index} of the log ${rests.checkpoint.origin}. ${cosigned(rests)}`,
    rests.isSealed
      ? 'Its producer sealed it.'
      : 'The seal of its producer was not checked (--producers, and a receipt that encloses the seal).',
  ];
}

const countOf = (events: number): string => (events === 1 ? 'one event' : `${events} events`);
