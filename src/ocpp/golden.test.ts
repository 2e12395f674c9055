// What goes over the wire, letter by letter: a frame of a station, and the frame it gets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { gateway, stationName } from './testing.ts';

const dialogue: readonly (readonly [sent: string, answered: string])[] = [
  [
    '[2,"1","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}]',
    '[3,"1",{"currentTime":"2026-11-22T08:00:00Z","interval":300,"status":"Accepted"}]',
  ],
  ['[2,"2","Heartbeat",{}]', '[3,"2",{"currentTime":"2026-11-22T08:00:00Z"}]'],
  [
    '[2,"3","StatusNotification",{"timestamp":"2026-11-22T08:00:00Z","connectorStatus":"Occupied","evseId":1,"connectorId":1}]',
    '[3,"3",{}]',
  ],
  [
    '[2,"4","TransactionEvent",{"eventType":"Started","timestamp":"2026-11-22T08:00:00Z","triggerReason":"CablePluggedIn","seqNo":0,"transactionInfo":{"transactionId":"t","chargingState":"Charging"},"evse":{"id":1},"idToken":{"idToken":"","type":"NoAuthorization"}}]',
    '[3,"4",{"idTokenInfo":{"status":"Accepted"}}]',
  ],
  [
    '[2,"5","MeterValues",{"evseId":1,"meterValue":[{"timestamp":"2026-11-22T08:00:00Z","sampledValue":[{"value":55,"measurand":"SoC"}]}]}]',
    '[3,"5",{}]',
  ],
  [
    '[2,"6","BatterySwap",{"eventType":"BatteryIn","requestId":1,"idToken":{"idToken":"nobody","type":"Central"},"batteryData":[{"evseId":2,"serialNumber":"S","soC":20,"soH":90}]}]',
    '[3,"6",{}]',
  ],
  ['[2,"7","DataTransfer",{"vendorId":"V"}]', '[3,"7",{"status":"UnknownVendorId"}]'],
  [
    '[2,"8","Heartbeat",{"extra":1}]',
    '[4,"8","FormatViolation","extra is not a field of this message",{"field":"/extra"}]',
  ],
  [
    '[2,"9","GetVariables",{"getVariableData":[{"component":{"name":"C"},"variable":{"name":"V"}}]}]',
    '[4,"9","NotSupported","GetVariables is not supported here",{}]',
  ],
  [
    '[2,"10","StartTransaction",{}]',
    '[4,"10","NotImplemented","\\"StartTransaction\\" is not an action of OCPP 2.1",{"field":""}]',
  ],
  ['[7,"11",{}]', '[4,"11","MessageTypeNotSupported","message type 7 is not one of 2, 3, 4, 5, 6",{}]'],
  ['{"not":"a frame"}', '[4,"-1","RpcFrameworkError","the message is not a JSON array",{}]'],
];

test(
  'each frame gets exactly its answer',
  gateway(async (network) => {
    await network.build(1);
    const heard: string[] = [];
    const station = network.connect(stationName(1));
    station.socket.onFrame((it) => {
      if (!it.startsWith('[2,')) heard.push(it);
    });
    for (const [index, [sent, answered]] of dialogue.entries()) {
      station.socket.send(sent);
      while (heard.length <= index) await turn();
      assert.equal(heard[index], answered);
    }
  }),
);
