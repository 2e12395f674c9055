// The server program. `packloop up` is the same with flags.
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { makeFolder } from './folder.ts';

// Half of a cold start is compiling; the second start finds it done. Before the imports, hence they are dynamic.
const compiled = join(resolve(process.env.DATA_DIR || '.packloop'), 'compiled');
try {
  makeFolder(compiled);
  enableCompileCache(compiled);
} catch {
  // slower, and said where the data cannot be kept either
}
const { readConfig } = await import('./config.ts');
const { consoleAt, firstSignInText } = await import('./cli/first.ts');
const { startServer } = await import('./server.ts');

try {
  const config = readConfig(process.env);
  const { urls, first, stop } = await startServer(config);
  process.stdout.write(
    `Packloop is up: ${urls.http} · stations at ${urls.ocpp}/<id>${urls.ocppTls ? ` and ${urls.ocppTls}/<id>` : ''}\n`,
  );
  if (first) process.stdout.write(`${firstSignInText(first, consoleAt(config, urls.http))}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)));
} catch (error) {
  const { sayFailure } = await import('./cli/say.ts');
  process.exitCode = sayFailure(false, error);
}
