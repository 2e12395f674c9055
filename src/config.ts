import { z } from 'zod';

const yesOrNo = z.enum(['true', 'false']).transform((it) => it === 'true');
const path = z.string().min(1);
const whole = (least: number, most: number) => {
  const must = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(must).int(must).min(least, must).max(most, must);
};

const Config = z
  .object({
    /** PostgreSQL 15 or newer; an embedded one under DATA_DIR when absent. */
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL such as postgres://user@host/db' })
      .optional(),
    HOST: z.string().min(1).default('127.0.0.1'),
    /** HTTP and OCPP with security profile 1; 0 takes any free port. */
    PORT: whole(0, 65_535).default(8080),
    /** OCPP with security profiles 2 and 3 on a port of its own. */
    TLS_PORT: whole(0, 65_535).optional(),
    TLS_CERT: path.optional(),
    TLS_KEY: path.optional(),
    /** Signs the certificates of stations with security profile 3. */
    TLS_CLIENT_CA: path.optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    DATA_DIR: path.default('.packloop'),
    /** Connections to PostgreSQL. One is the job runner's, one the OCPP lane's. */
    POOL_MAX: whole(3, 1000).default(5),
    /** Messages of stations that share one transaction, at most. */
    OCPP_BATCH: z.coerce.number().int().min(1).max(5000).default(400),
    /** How long a request may take to arrive, its headers a third of that. */
    REQUEST_TIMEOUT_S: whole(1, 3600).default(60),
    /** Whether anybody may see the network without a key; never personal data. */
    PUBLIC_VIEW: yesOrNo.default(true),
    /** How browsers reach this server, such as https://packloop.example: for sign-in, passkeys and secure cookies. */
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://packloop.example' }).optional(),
    /** Addresses of proxies before us, separated by commas, whose word we take for who asks and by which protocol. */
    TRUST_PROXY: z
      .string()
      .transform((it) => it.split(',').map((address) => address.trim()))
      .pipe(
        z.array(
          z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be addresses such as 10.0.0.1 or 10.0.0.0/8'),
        ),
      )
      .optional(),
    /** Signs sessions; servers that share a database share it. Made once and kept in DATA_DIR when absent. */
    AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    /** What the record's salts and keys are made of; servers that share a database share it. Made once and kept in DATA_DIR when absent. */
    RECORD_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    /** Name of a log that is new, such as log.packloop.example/delta: part of everything that is ever proven by it. */
    LOG_ORIGIN: z
      .string()
      .regex(/^[\x21-\x2a\x2c-\x7e]{1,200}$/, 'must be a name without spaces and plus, such as log.example/delta')
      .optional(),
    /** Who cosigns the log: a C2SP tlog-policy file, each witness with its address behind its key. Nobody when absent. */
    LOG_POLICY: path.optional(),
    /** Whether checkpoints are signed by SM2 with SM3, too (GB/T 32918.2): for whoever may not rely on Ed25519. */
    LOG_SM2: yesOrNo.default(false),
    /** JSON-RPC address of a chain; may hold a password, so it is never said back. */
    CHAIN_RPC: z.url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:8545' }).optional(),
    /** What `packloop chain deploy` wrote: with it the server anchors its log there and keeps title in step. */
    CHAIN_DEPLOYMENT: path.optional(),
    /** Signs there: a key file; chain.key in DATA_DIR when absent. */
    CHAIN_KEY: path.optional(),
    /** Sign-in services of companies: a JSON file, see src/party/README.md. */
    OIDC_FILE: path.optional(),
    /** The public platforms that facts are reported to: a JSON file, see src/exchange/README.md. Nobody when absent. */
    REGULATOR_FILE: path.optional(),
    /** Who owns a pack that enters, and on which terms: a JSON file, see docs/decisions/0052-restrictions.md. Each is named when absent. */
    PROPERTY_FILE: path.optional(),
    /** Of the administrator who is made at the first start. */
    ADMIN_EMAIL: z.email('must be an email address').default('admin@packloop.local'),
    /** Origins of map tiles, separated by commas, that the console may ask: https://t0.tianditu.gov.cn,… */
    MAP_ORIGINS: z
      .string()
      .transform((it) => it.split(',').map((origin) => origin.trim()))
      .pipe(z.array(z.string().regex(/^https?:\/\/[^\s;,/]+$/, 'must be origins such as https://tiles.example')))
      .optional(),
    /** Requests a second of one caller, in the long run; 0 for no limit. */
    RATE_LIMIT: whole(0, 1_000_000).default(200),
    /** The ground of the console's maps: the schematic one that comes along, Tianditu, Amap, or any style of MapLibre. */
    MAP_PROVIDER: z.enum(['bundled', 'tianditu', 'amap', 'style']).default('bundled'),
    MAP_STYLE_URL: z.url({ protocol: /^https?$/, error: 'must be the URL of a MapLibre style' }).optional(),
    /** Of Tianditu. Browsers send it: no secret. */
    MAP_KEY: z.string().optional(),
    /** In which MAP_STYLE_URL is drawn. */
    MAP_DATUM: z.enum(['wgs84', 'gcj02', 'bd09']).default('wgs84'),
    /** The number under which the map may be shown in public (审图号); the console prints it, and warns without it. */
    MAP_APPROVAL_NO: z.string().max(60).optional(),
    /** Where the console is shown, as ISO 3166-1: in CN a map needs an approval. */
    MAP_REGION: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two letters such as CN')
      .default('CN'),
    /** Simulated seconds in a real one: demo networks only. */
    CLOCK_SPEED: z.coerce.number().min(1).max(10_000).optional(),
    /** What the clock of a demo network shows when the server starts; now when absent. */
    CLOCK_START: z.iso.datetime({ error: 'must be an instant such as 2026-11-22T08:00:00Z' }).optional(),
  })
  .refine((it) => it.TLS_PORT === undefined || (it.TLS_CERT !== undefined && it.TLS_KEY !== undefined), {
    path: ['TLS_PORT'],
    error: 'needs TLS_CERT and TLS_KEY (PEM files) beside it',
  })
  .refine((it) => it.CHAIN_DEPLOYMENT === undefined || it.CHAIN_RPC !== undefined, {
    path: ['CHAIN_DEPLOYMENT'],
    error: 'needs CHAIN_RPC, the address of the chain, beside it',
  })
  .refine((it) => it.CLOCK_START === undefined || it.CLOCK_SPEED !== undefined, {
    path: ['CLOCK_START'],
    error: 'is for demo networks: give CLOCK_SPEED beside it',
  })
  .refine((it) => it.MAP_PROVIDER !== 'tianditu' || it.MAP_KEY !== undefined, {
    path: ['MAP_KEY'],
    error: 'is needed for Tianditu: its site gives one for free',
  })
  .refine((it) => it.MAP_PROVIDER !== 'style' || it.MAP_STYLE_URL !== undefined, {
    path: ['MAP_STYLE_URL'],
    error: 'is needed when MAP_PROVIDER is style',
  });

export type Config = z.infer<typeof Config>;

/** What is wrong with the environment, a line for each variable. */
export class ConfigWrong extends Error {
  override readonly name = 'ConfigWrong';
}

/** Reads the configuration from environment variables; an empty one counts as absent. @throws ConfigWrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = Config.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map((it) => `  ${it.path.join('.')}: ${it.message}`);
  throw new ConfigWrong(`The configuration is wrong:\n${lines.join('\n')}`);
}
