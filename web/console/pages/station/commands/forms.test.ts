import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkRequest } from '../../../../../src/ocpp/schema/check.ts';
import { commandActions } from '../../../../../src/station/command.ts';
import { actions, firstValues, forms, missingIn, payloadOf, type Values } from './forms.ts';

const AT = Date.parse('2026-11-22T08:00:00Z');
const filled: Values = {
  slot: '3',
  component: 'OCPPCommCtrlr',
  instance: 'A',
  variable: 'HeartbeatInterval',
  value: ' 300 ',
  transaction: 'tx-1',
};

suite('what can be asked of a station from the console', () => {
  test('all that the server takes is offered; a swap is asked for by its own route', () => {
    assert.deepEqual([...actions, 'RequestBatterySwap'].sort(), [...commandActions].sort());
  });

  test('every request, with every choice there is, keeps to the schema of OCPP 2.1', () => {
    for (const action of actions)
      for (const field of forms[action].fields.filter((it) => it.options))
        for (const choice of field.options!)
          for (const slot of ['', '3']) {
            const values = firstValues(action, { ...filled, slot, [field.name]: choice });
            assert.equal(checkRequest(action, payloadOf(action, values, AT)), undefined, `${action} ${choice}`);
          }
    for (const action of ['GetVariables', 'SetVariables', 'UnlockConnector', 'RequestStopTransaction'] as const)
      assert.equal(checkRequest(action, payloadOf(action, firstValues(action, filled), AT)), undefined, action);
  });

  test('what is needed and missing is named, what may be left out is not', () => {
    assert.deepEqual(missingIn('SetVariables', { component: ' ', value: '1' }), ['component', 'variable']);
    assert.deepEqual(missingIn('UnlockConnector', firstValues('UnlockConnector')), ['slot']);
    assert.deepEqual(missingIn('Reset', firstValues('Reset')), []);
    assert.deepEqual(missingIn('ChangeAvailability', firstValues('ChangeAvailability')), []);
  });

  test('what must not happen late is not sent late: a reset and an unlocking lapse within minutes', () => {
    assert.ok(forms.Reset.withinS <= 600 && forms.UnlockConnector.withinS <= 600);
  });

  test('blanks at the ends of what was typed do not travel', () => {
    const { setVariableData } = payloadOf('SetVariables', filled, AT) as {
      setVariableData: { attributeValue: string }[];
    };
    assert.equal(setVariableData[0]!.attributeValue, '300');
  });
});
