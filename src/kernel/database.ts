import {
  CamelCasePlugin,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  PostgresDialect,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely';
import pg from 'pg';
import { Borrowed } from './borrowed.ts';

/** Days, and the instants of works, come back in thousands of rows each; they never change, so one object serves for all. */
function remembered<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size > 20_000) known.clear();
    const it = parse(text);
    known.set(text, it);
    return it;
  };
}

// Rows come back in the types the domain speaks.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a number`);
  return value;
});
pg.types.setTypeParser(
  pg.types.builtins.TIMESTAMPTZ,
  remembered((text) => Temporal.Instant.from(text)),
);
pg.types.setTypeParser(
  pg.types.builtins.DATE,
  remembered((text) => Temporal.PlainDate.from(text)),
);

// ... and go down again in the types PostgreSQL speaks.
const toSql = (value: unknown) =>
  value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value;

class DomainValues extends OperationNodeTransformer implements KyselyPlugin {
  transformQuery: KyselyPlugin['transformQuery'] = ({ node, queryId }) => this.transformNode(node, queryId);
  transformResult: KyselyPlugin['transformResult'] = async ({ result }) => result;

  protected override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: toSql(node.value) };
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(toSql) };
  }
}

const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true }), new DomainValues()];

/** A database in which no table can be named. A store opens the tables it owns with `withTables`. */
// biome-ignore lint/complexity/noBannedTypes: empty on purpose
export type Database = Kysely<{}>;

/**
 * Our batches look up hundreds of rows by their keys. PostgreSQL prices that as if disks still had arms, and reads tables
 * of some ten thousand rows from end to end instead; and it compiles queries that are over before the compiler is.
 */
const PLANNING = '-c random_page_cost=1.1 -c jit=off';

/** Opens a pool on `url` and a query builder over it. Idle connections close, so that a finished program can end. */
export function openDatabase(url: string, options: pg.PoolConfig = {}): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({ options: PLANNING, pipeline: true, connectionString: url, max: 5, ...options });
  pool.on('connect', (client) => client.on('error', () => {})); // a dying connection also fails its query; that one is told
  pool.on('error', () => {});
  const db = new Kysely<Record<never, never>>({
    dialect: new PostgresDialect({ pool }),
    plugins,
  });
  return { db, pool };
}

/**
 * Runs `job` in a transaction. Its statements are executed in the order in which they are given, and one may be given
 * before the last is answered: `Promise.all([insertA, insertB])` costs one round trip (Kysely's own would wait).
 * @throws whatever `job` throws, after all is undone
 */
export const inTransaction = <T>(db: Database, job: (trx: Database) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    const borrowed = new Borrowed(await trx.getExecutor().provideConnection(async (it) => it));
    try {
      return await job(new Kysely({ dialect: borrowed.dialect, plugins }));
    } finally {
      borrowed.giveBack();
    }
  });

/** Whether the database itself is out of reach or out of room, so that any other work would fail as well. */
export function isOutage(error: unknown): boolean {
  const { code = '', syscall, message = '' } = (error ?? {}) as { code?: string; syscall?: string; message?: string };
  return (
    /^(08|53|57P)...?$/.test(code) || // connection, resources, shutdown: PostgreSQL, appendix A
    syscall === 'connect' ||
    ['ECONNRESET', 'EPIPE'].includes(code) ||
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
      message,
    )
  );
}
