import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readStationList } from './stationList.ts';

const listed = (text: string) => {
  const read = readStationList(text);
  assert.ok(read.ok, JSON.stringify(read));
  return read.stations;
};
const issuesOf = (text: string) => {
  const read = readStationList(text);
  assert.ok(!read.ok);
  return read.issues.map((it) => `${it.line} ${it.field}`);
};

test('columns are found by any of their names, in any order and case, whatever else stands in the list', () => {
  assert.deepEqual(listed('Lon,area,STATION_ID,lat,charge_count\n114.1,9,7,22.5,20\n'), [
    { id: '7', longitude: 114.1, latitude: 22.5, chargers: 20 },
  ]);
  assert.deepEqual(listed('\uFEFFid,name,latitude,longitude\n"A-1","Station, one",1,2\n'), [
    { id: 'A-1', name: 'Station, one', latitude: 1, longitude: 2 },
  ]);
});

test('bad rows are told by line and field, all of them', () => {
  const text = [
    'id,latitude,longitude,count',
    '1,22.5,114.1,4',
    '2,north,114.1,4',
    '3,22.5,,4',
    '4,22.5,514,4',
    'has blank,22.5,114,4',
    '1,22.5,114.1,4',
    '7,22.5,114.1,many',
  ].join('\n');
  assert.deepEqual(issuesOf(text), ['3 latitude', '4 longitude', '5 longitude', '6 id', '7 id', '8 chargers']);
});

test('a list without the columns we need says which; one that is no table says where it breaks', () => {
  assert.deepEqual(issuesOf('id,name\n1,x\n'), ['1 latitude', '1 longitude']);
  assert.deepEqual(issuesOf(''), ['1 (whole)']);
  assert.deepEqual(issuesOf('id,latitude,longitude\n'), ['2 (whole)']);
  assert.deepEqual(issuesOf('id,latitude,longitude\n1,2,3\n1,2\n'), ['3 (whole)']);
});

const shenzhen = new URL('../../../shared/data/shenzhen/urbanev-stations.csv', import.meta.url);

test('the 1,362 stations of Shenzhen are read', { skip: !existsSync(shenzhen) && 'the data set is not here' }, () => {
  const stations = listed(readFileSync(shenzhen, 'utf8'));
  assert.equal(stations.length, 1362);
  assert.ok(stations.every((it) => it.latitude > 22 && it.latitude < 23 && it.chargers! >= 0));
});
