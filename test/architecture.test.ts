import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Lowest first. A room may use the ones before it, never the ones after it, so there can be no cycle. */
const floors = [
  'units',
  'kernel',
  'twin',
  'link',
  'ledger',
  'record',
  'party',
  'pack',
  'station',
  'health',
  'pricing',
  'swap',
  'passport',
  'exchange',
  'insight',
  'enquiry',
  'ocpp',
  'erasure',
];

/** Rooms that know nothing of the house, because the simulator shares them. */
const apart: Readonly<Record<string, readonly string[]>> = { link: ['units'], twin: ['units'] };

const isTest = (file: string) => /\.test\.ts$|\/testing\.ts$/.test(file);
const imports = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((it) => it[1]!);
const roomFiles = globSync('src/*/**/*.ts').filter(
  (it) => !it.includes('/generated/') && floors.includes(it.split('/')[1]!),
);

test('every folder of src is a room with a floor, or belongs to the roof', () => {
  const folders = readdirSync('src', { withFileTypes: true }).flatMap((it) => (it.isDirectory() ? [it.name] : []));
  assert.deepEqual(
    folders.filter((it) => ![...floors, 'cli', 'demo'].includes(it)),
    [],
  );
});

test('a room only uses rooms below it, through their doors', () => {
  const wrong = roomFiles
    .filter((it) => !isTest(it))
    .flatMap((file) => {
      const home = file.split('/')[1]!;
      return imports(file).flatMap((target) => {
        const depth = file.split('/').length - 3;
        if (target.startsWith('../'.repeat(depth + 1))) return [`${file} leaves its room: ${target}`];
        const used = target.match(/^#([^/]+)/)?.[1];
        if (used === undefined) return [];
        if (apart[home] && used !== home && !apart[home].includes(used))
          return [`${file} uses ${target}; ${home} stands apart`];
        return floors.indexOf(used) > floors.indexOf(home) ? [`${file} uses ${target}, which is above it`] : [];
      });
    });
  assert.deepEqual(wrong, []);
});

/** What runs without a network: the verifier, a witness, a mirror. Other parties take it out of the house. */
const alone = /^#record\/(verify|log|witness|mirror|chain)$/;

test('a room has one door for rooms and one for browsers; the laboratory of health is for commands, benches and tests alone', () => {
  const files = globSync('{src,web,simulator,bench,scripts,test,examples}/**/*.{ts,tsx}');
  const wrong = files.flatMap((file) =>
    imports(file).flatMap((it) => {
      const isDoor = /^#[a-z]+(\/api)?$/.test(it) || !it.startsWith('#');
      const isLaboratory = it === '#health/lab' && (isTest(file) || /^(src\/cli|bench|scripts)\//.test(file));
      return isDoor || isLaboratory || alone.test(it) ? [] : [`${file}: ${it}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

test('the browser door of a room opens on nothing but other browser doors, zod and plain values', () => {
  const plain =
    /^(zod|#\w+\/api|#units|\.\/(api\/\w+|route|list|id|energy|time|money|place|words|command|permission)\.ts)$/;
  const wrong = [...globSync('src/*/api.ts'), ...globSync('src/*/api/*.ts')].flatMap((file) =>
    imports(file).flatMap((it) => (plain.test(it) || isBeside(file, it) ? [] : [`${file}: ${it}`])),
  );
  assert.deepEqual(wrong, []);
});

/** A large browser door is cut into files of a folder `api`, which may use each other. */
const isBeside = (file: string, target: string): boolean =>
  file.includes('/api/') && /^(\.\/\w+|\.\.\/words)\.ts$/.test(target);

test('the simulator speaks to the house only by the real protocols', () => {
  const wrong = globSync('simulator/**/*.ts')
    .filter((it) => !isTest(it))
    .flatMap((file) =>
      imports(file).flatMap((it) => (/^#(?!units$|link$|twin$)|(^|\/)src\//.test(it) ? [`${file}: ${it}`] : [])),
    );
  assert.deepEqual(wrong, []);
});

test('below the roof nothing reads the clock, the environment or chance of its own', () => {
  // units/time.ts is where the world's clock comes in; tests may do as they like.
  const wrong = roomFiles
    .filter((it) => !isTest(it) && it !== 'src/units/time.ts')
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const found = text.match(/Date\.now\(|new Date\(\)|Temporal\.Now|Math\.random\(|process\.env|randomUUID\(/);
      return found ? [`${file}: ${found[0]}`] : [];
    });
  assert.deepEqual(wrong, []);
});

test('only stores name tables, and each names those of its own room', () => {
  const schemas = floors.filter((it) => globSync(`db/migrations/*-${it}*.sql`).length > 0);
  const wrong = roomFiles
    .filter((it) => !isTest(it) && !/^src\/(insight|erasure|units|kernel)\//.test(it))
    .flatMap((file) => {
      const home = file.split('/')[1]!;
      const sqlText = [...readFileSync(file, 'utf8').matchAll(/sql(?:<[^`]*>)?`([^`]*)`/g)]
        .map((it) => it[1]!)
        .join('\n');
      return schemas
        .filter((it) => it !== home && new RegExp(`\\b(from|join|into|update)\\s+${it}\\.\\w+`).test(sqlText))
        .map((it) => `${file} names a table of ${it}`);
    });
  assert.deepEqual(wrong, []);
});

test('every folder of src says in at most 30 lines what it owns', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((it) => it.isDirectory());
  for (const { name: room } of folders) {
    const readme = `src/${room}/README.md`;
    assert.ok(existsSync(readme), `${readme} is missing`);
    assert.ok(readFileSync(readme, 'utf8').trimEnd().split('\n').length <= 30, `${readme} is longer than 30 lines`);
  }
});
