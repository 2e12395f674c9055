import { buildWeb } from '../../web/build.ts';
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { consoleAt, firstSignInText } from './first.ts';
import { say } from './say.ts';
import { stopSignalFromNow } from './stop.ts';

interface Options {
  readonly json?: true;
  readonly port?: number;
  readonly host?: string;
}

/** Runs the server until it is told to stop. */
export async function up({ json, port, host }: Options): Promise<void> {
  const signal = stopSignalFromNow();
  const read = readConfig(process.env);
  const config = { ...read, PORT: port ?? read.PORT, HOST: host ?? read.HOST };
  await buildWeb();
  await signal.look();
  const { urls, first, stop } = await startServer(config);
  const console = consoleAt(config, urls.http);
  const text = `Packloop is up: ${console} · API at ${urls.http} · stations at ${urls.ocpp}/<id>`;
  say(
    json === true,
    { up: true, ...urls, console, ...(first && { firstSignIn: first }) },
    first ? `${text}\n${firstSignInText(first, console)}` : text,
  );
  await signal.asked;
  await stop();
  process.exit(0);
}
