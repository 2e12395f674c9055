// A connection that others opened and will close, lent to one work, which may give it several statements at once.
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';

export class Borrowed {
  readonly dialect: Dialect;
  readonly #connection: DatabaseConnection;
  #isGivenBack = false;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
    const driver = this.#driver();
    this.dialect = {
      createDriver: () => driver,
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    };
  }

  /**
   * A statement that comes later (its sibling failed, and nobody waited for it) is refused: by then the connection is
   * somebody else's, and the statement would be committed all by itself.
   */
  giveBack(): void {
    this.#isGivenBack = true;
  }

  #take(query: CompiledQuery): DatabaseConnection {
    if (this.#isGivenBack) throw new Error(`This came after its work was over: ${query.sql.slice(0, 100)}`);
    return this.#connection;
  }

  #driver(): Driver {
    const lent: DatabaseConnection = {
      executeQuery: async (query) => await this.#take(query).executeQuery(query),
      streamQuery: (query, chunkSize) => this.#take(query).streamQuery(query, chunkSize),
    };
    const refuse = async () => {
      throw new Error('A work is one transaction already');
    };
    return {
      init: async () => {},
      acquireConnection: async () => lent,
      releaseConnection: async () => {},
      destroy: async () => {},
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
    };
  }
}
