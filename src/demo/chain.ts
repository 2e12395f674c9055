// The chain of the demo: anvil, which keeps what stands on it in a file, with both contracts. Nobody's property stands there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Deployment } from '#record/chain';
import { makeFolder } from '../folder.ts';
import type { FromGuard } from './chainGuard.ts';

export interface DemoChain {
  readonly rpc: string;
  /** Of anvil. */
  readonly pid: number;
  readonly deployment: Deployment;
  /** What `packloop audit --contracts` wants. */
  readonly file: string;
  readonly keyFile: string;
  /** Whether the contracts of an earlier start were found; if not, why they were made. */
  readonly is: 'found' | 'new' | 'begun-anew';
  /** Lets the demo anchor this log. */
  admit(origin: string): Promise<void>;
  /** Writes down what stands there, and ends it. */
  stop(): Promise<void>;
}

const guard = fileURLToPath(new URL('./chainGuard.ts', import.meta.url));

/** @param dir of its own; what is there is gone on with @throws ChainTrouble */
export async function startDemoChain(dir: string): Promise<DemoChain> {
  makeFolder(dir, 0o700);
  const process = await guarded(await portFrom(8545), join(dir, 'anvil.json'));
  try {
    return { ...process, ...(await contractsAt(process.rpc, dir)) };
  } catch (error) {
    await process.stop();
    throw error;
  }
}

/** Contracts of before where they still stand; else new ones. */
async function contractsAt(rpc: string, dir: string) {
  const {
    askAnvil,
    deploy,
    makeKeyFile,
    onRightChain,
    openChain,
    readDeployment,
    readKeyFile,
    setMember,
    ChainTrouble,
  } = await import('#record/chain');
  const [file, keyFile] = [join(dir, 'chain.json'), join(dir, 'chain.key')];
  if (!existsSync(keyFile)) makeKeyFile(keyFile, crypto.getRandomValues(new Uint8Array(32)));
  const sender = readKeyFile(keyFile);
  await askAnvil(rpc, 'anvil_setBalance', sender.address, '0x56bc75e2d63100000');
  const chain = openChain({ rpc, sender });
  const known = existsSync(file) ? readDeployment(readFileSync(file, 'utf8'), file) : undefined;
  let is: DemoChain['is'] = known ? 'found' : 'new';
  if (known)
    await onRightChain(chain, known).catch((error) => {
      if (!(error instanceof ChainTrouble) || error.reason !== 'no-contract') throw error;
      is = 'begun-anew';
    });
  let deployment = known;
  if (deployment === undefined || is !== 'found') {
    rmSync(file, { force: true });
    deployment = await deploy(chain, []);
    writeFileSync(file, `${JSON.stringify(deployment, null, 1)}\n`, { flush: true });
  }
  const { anchor } = deployment;
  return {
    ...{ deployment, file, keyFile, is },
    admit: (origin: string) => setMember(chain, anchor, origin, sender.address, true),
  };
}

/** In a session of its own, so that Ctrl-C ends the demo first and the chain after it. */
async function guarded(port: number, state: string) {
  const child = spawn(process.execPath, [guard, String(port), state], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  const { rpc, pid } = await started(child);
  child.unref();
  child.channel?.unref();
  return {
    rpc,
    pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.ref();
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

async function started(child: ChildProcess): Promise<{ rpc: string; pid: number }> {
  const { ChainTrouble } = await import('#record/chain');
  const ended = once(child, 'exit').then((): FromGuard => ({ failed: 'it ended at once' }));
  const said = await Promise.race([once(child, 'message').then(([it]) => it as FromGuard), ended]);
  if ('failed' in said) throw new ChainTrouble('unreachable', said.failed);
  return said;
}

/** The first that is free, where people look for a chain. */
async function portFrom(first: number): Promise<number> {
  for (let port = first; port < first + 100; port++) {
    const server = createServer();
    const isFree = await new Promise<boolean>((done) => {
      server.once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
    });
    if (isFree) return port;
  }
  throw new Error(`no port from ${first} on is free for the chain`);
}
