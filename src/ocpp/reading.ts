import type { Reading } from '#station';
import type { Instant, StationId } from '#units';
import { int32, slotOf } from './action.ts';
import type { Component, Variable } from './schema/types.ts';

/** One value of the device model, from whichever message carries it. */
export function readingOf(
  stationId: StationId,
  component: Component,
  variable: Variable,
  value: string,
  at: Instant,
  attribute: Reading['attribute'] = 'Actual',
): Reading {
  const slotNo = slotOf(component.evse?.id, 'component.evse.id');
  const connectorId = component.evse?.connectorId;
  return {
    stationId,
    component: component.name,
    ...(component.instance !== undefined && { componentInstance: component.instance }),
    ...(slotNo !== undefined && { slotNo }),
    ...(connectorId !== undefined && { connectorId: int32(connectorId, 'component.evse.connectorId') }),
    variable: variable.name,
    ...(variable.instance !== undefined && { variableInstance: variable.instance }),
    attribute,
    value,
    at,
  };
}
