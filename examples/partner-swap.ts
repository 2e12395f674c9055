// A partner's program: registers a station, two packs and a driver who pays ahead by HTTP, reserves a pack, and waits for the bill.
//
//   node examples/partner-swap.ts http://127.0.0.1:8080 KEY
//
// The key needs the scopes register, operate, drive and read (an administrator's may everything; the demo's is in .packloop/demo/admin.key).
// It prints the line that plays the station (examples/connect-a-station.ts): run it in another terminal. connect_a_station.py takes the
// same arguments.
const [server, key] = process.argv.slice(2);
if (!server || !key) throw new Error('two arguments: where the server is, and a key');

/** Every POST carries a key of its own, so that asking twice does it once. A refusal says why, and in which field. */
async function ask<Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
  const reply = await fetch(server + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(`${path}: ${answer.title} (${server}${answer.type})`);
  return answer as Reply;
}

// New names each time, so that the example can run again on the same server.
const no = String(Date.now()).slice(-6);
const station = `EXAMPLE-${no}`;
const card = `04E8A1${no}`;
const driver = `example-${no}`;
const vin = withCheckDigit(`LDM00EX00TP${no}`);
/** GB/T 34014-2017: maker EX1, pack, LFP, traceability EXAMPLE, made on 2026-09-01, serial. */
const packCode = (serial: string) => `EX1PB38EXAMPLEG91${serial}`;
const [packOfCar, packInStation] = [packCode(`1${no}`), packCode(`2${no}`)];

const owner = [{ party: 'example-owner', millionths: 1_000_000 }];
const pack = {
  model: 'nio-75',
  soh: 97,
  leakTestedOn: '2026-09-02',
  leakTestPassed: true,
  firmware: '2.4.0',
  owners: owner,
};

await ask('POST', '/v1/parties', [
  { id: 'example-operator', name: 'Operator of the examples', kind: 'operator' },
  { id: 'example-owner', name: 'Owner of the examples', kind: 'owner' },
]);
const { items } = await ask<{ items: { password: string }[] }>('POST', '/v1/stations', {
  id: station,
  name: 'Example station',
  operatorId: 'example-operator',
  presetId: 'nio-g3',
  place: { latitude: 31.23, longitude: 121.47 },
  securityProfile: 1,
});
await ask('POST', '/v1/drivers', { id: driver, name: 'Driver of the examples', payment: 'prepaid' });
await ask('POST', `/v1/drivers/${driver}/top-ups`, { amount: 100_000, payment: `example-${no}` }); // 1,000 yuan, in fen
await ask('POST', '/v1/vehicles', { vin, modelId: 'nio-et5', plate: `EX${no}`, firmware: '3.0.0' });
await ask('POST', '/v1/tokens', { idToken: card, type: 'ISO14443', driverId: driver, vin });
await ask('POST', '/v1/packs', [
  { ...pack, code: packOfCar, soc: 12, holder: `vehicle:${vin}` },
  { ...pack, code: packInStation, soc: 95, holder: `station:${station}` },
]);
await ask('POST', `/v1/stations/${station}/stock`, { slots: [{ slotNo: 1, packCode: packInStation }] });

type Quote = { because: string; atMost: { total: number } };
const quote = await ask<Quote>('GET', `/v1/stations/${station}/quote?idToken=${card}`);
console.log(`At most ${(quote.atMost.total / 100).toFixed(2)} yuan. ${quote.because}`);
const { at } = await ask<{ at: string }>('GET', '/v1/network');
const arriveBy = Temporal.Instant.from(at).add({ minutes: 30 }).toString();
const { id } = await ask<{ id: string }>('POST', `/v1/stations/${station}/reservations`, { idToken: card, arriveBy });
const ocpp = `${server.replace('http', 'ws')}/ocpp`;
console.log(`Reserved as ${id}. Now play the station:`);
console.log(
  ['node examples/connect-a-station.ts', ocpp, station, items[0]!.password, card, packOfCar, packInStation].join(' '),
);

type Swap = { state: string; bill: { netWh: number; total: number; lines: { what: string; amount: number }[] } | null };
let swap: Swap;
do {
  await new Promise((resolve) => setTimeout(resolve, 500));
  swap = await ask<Swap>('GET', `/v1/swaps/${id}`);
} while (!['released', 'expired', 'cancelled', 'aborted'].includes(swap.state));
console.log(`The swap is ${swap.state}. Bill: ${JSON.stringify(swap.bill)}`);

/** ISO 3779: position 9 is the weighted sum of the others modulo 11. */
function withCheckDigit(text: string): string {
  // A letter's worth is the last digit of its place in this row.
  const worth = (it: string) => '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'.indexOf(it) % 10;
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * worth(text[index]!), 0);
  return text.slice(0, 8) + '0123456789X'[sum % 11] + text.slice(9);
}
