// A swap station in sixty lines: OCPP 2.1 over a WebSocket, nothing of Packloop inside. It boots, lets one driver in, takes
// the empty pack, gives the charged one that the server set aside, and leaves.
//
//   node examples/connect-a-station.ts ws://127.0.0.1:8080/ocpp STATION PASSWORD CARD PACK_OF_THE_CAR PACK_IN_SLOT_1
//
// `examples/partner-swap.ts` registers all of these and prints this line with them.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

const [url, station, password, card, packIn, packOut] = process.argv.slice(2);
if (!url || !station || !password || !card || !packIn || !packOut)
  throw new Error('six arguments: see the first lines');

const ws = new WebSocket(`${url}/${station}`, 'ocpp2.1', { auth: `${station}:${password}` });
await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));

const waiting = new Map<string, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();

ws.on('message', (data) => {
  const [type, id, ...rest] = JSON.parse(String(data));
  if (type === 2) ws.send(answerTo(id, rest[0])); // the server asks us something
  if (type === 3) waiting.get(id)?.resolve(rest[0]);
  if (type === 4) waiting.get(id)?.reject(new Error(`${rest[0]}: ${rest[1]}`));
});

/** A real station answers what it can; this one resets nothing and has no variables to tell. */
const answerTo = (id: string, action: string): string =>
  JSON.stringify([4, id, 'NotSupported', `${action} is not supported by this example`, {}]);

/** One call; its answer, or the server's refusal as an error. OCPP allows one at a time, so each is awaited. */
function call<Answer = object>(action: string, payload: object): Promise<Answer> {
  const id = randomUUID();
  ws.send(JSON.stringify([2, id, action, payload]));
  console.log(`-> ${action} ${JSON.stringify(payload)}`);
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  waiting.set(id, { resolve, reject });
  return promise.then((answer) => {
    console.log(`<- ${JSON.stringify(answer)}`);
    return answer as Answer;
  });
}

const idToken = { idToken: card, type: 'ISO14443' };
const requestId = Math.floor(Date.now() / 1000); // a number of the station's own choice, new for each swap

const boot = await call<{ status: string }>('BootNotification', {
  reason: 'PowerUp',
  chargingStation: { vendorName: 'Sixty lines', model: 'Example', firmwareVersion: '2.0.0' },
});
if (boot.status !== 'Accepted') throw new Error(`boot: ${boot.status}`);

const { idTokenInfo } = await call<{ idTokenInfo: { status: string } }>('Authorize', { idToken });
if (idTokenInfo.status !== 'Accepted') throw new Error(`the driver may not swap: ${JSON.stringify(idTokenInfo)}`);

const battery = (evseId: number, serialNumber: string, soC: number) => ({ evseId, serialNumber, soC, soH: 97 });
const swap = { idToken, requestId };
await call('BatterySwap', { ...swap, eventType: 'BatteryIn', batteryData: [battery(21, packIn, 12)] });
await call('BatterySwap', { ...swap, eventType: 'BatteryOut', batteryData: [battery(1, packOut, 95)] });
ws.close();
