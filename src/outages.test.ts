import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { outages } from './outages.ts';

/** A log whose lines are kept, and a clock that is turned by hand. */
function watched() {
  const clock = { ms: 0 };
  const lines: string[] = [];
  const them = outages(() => clock.ms);
  const log = pino({ hooks: them.hooks }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
  return { clock, lines, log, worked: (seconds = 0) => them.worked(log, seconds) };
}

const failure = (code: string, message = code) => Object.assign(new Error(message), { code });

test('an outage is one line when it begins and one when it is over, whoever meets it', () => {
  const { clock, lines, log, worked } = watched();
  log.error(failure('57P01', 'terminating connection'));
  log.child({ reqId: 1 }).error({ err: failure('57P03') }, 'tick');
  log.error({ error: new Error('Connection terminated unexpectedly') }, 'Error with notify listener');
  clock.ms = 60_000;
  log.error(Object.assign(failure('ECONNREFUSED'), { syscall: 'connect' }));
  worked();
  clock.ms += 2_999;
  worked();
  assert.deepEqual(lines, ['PostgreSQL is out of reach: terminating connection']);
  clock.ms += 1;
  worked();
  worked();
  assert.deepEqual(lines.slice(1), ['PostgreSQL is back after 60 s; 4 failures meanwhile']);
  log.error(failure('57P01', 'again'));
  assert.equal(lines.at(-1), 'PostgreSQL is out of reach: again');
});

test('a work that began before the last failure does not prove that the database is back', () => {
  const { clock, lines, log, worked } = watched();
  log.error(failure('08006', 'gone'));
  clock.ms = 10_000;
  worked(11);
  assert.equal(lines.length, 1);
  worked(9);
  assert.match(lines[1]!, /is back/);
});

test('a database that is away and one that is full are two causes, each with its own lines', () => {
  const { clock, lines, log, worked } = watched();
  log.error(failure('53100', 'disk full'));
  log.error(failure('57P01', 'shutting down'));
  clock.ms = 2_000;
  log.error(failure('53100', 'disk full'));
  clock.ms = 4_000;
  worked();
  clock.ms = 5_000;
  worked();
  assert.deepEqual(lines, [
    'PostgreSQL has no room for more: disk full',
    'PostgreSQL is out of reach: shutting down',
    'PostgreSQL is back after 0 s; 1 failures meanwhile',
    'PostgreSQL has room again after 2 s; 2 failures meanwhile',
  ]);
});

test('all other lines are written as they are', () => {
  const { lines, log, worked } = watched();
  log.error(failure('23505', 'duplicate key'));
  log.error({ err: new Error('a bug') }, 'something broke');
  log.warn({ station: 'A' }, 'turned away');
  log.info('hello');
  worked();
  assert.deepEqual(lines, ['duplicate key', 'something broke', 'turned away', 'hello']);
});
