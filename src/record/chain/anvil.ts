// A chain of our own, for the demo, tests and benches: anvil from npm, a process on loopback. Nobody's property stands on it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ChainTrouble } from './problem.ts';

export interface Anvil {
  readonly rpc: string;
  readonly pid: number;
  /** SIGTERM; when it has a state file, it writes it first. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

const PLATFORMS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The program itself: the script beside it would leave it running when it is ended. @returns undefined where npm has none */
export function anvilBinary(platform: string = process.platform, arch: string = process.arch): string | undefined {
  const package_ = `@foundry-rs/anvil-${platform}-${PLATFORMS[arch] ?? arch}/package.json`;
  try {
    const beside = createRequire(import.meta.resolve('@foundry-rs/anvil/package.json'));
    const file = join(dirname(beside.resolve(package_)), 'bin', platform === 'win32' ? 'anvil.exe' : 'anvil');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts it and waits until it answers. A block for each transaction, unless `flags` say otherwise.
 * @param flags of anvil, such as `--state FILE` or `--block-time 1`
 */
export async function startAnvil(port: number, flags: readonly string[] = []): Promise<Anvil> {
  const binary = anvilBinary();
  if (binary === undefined)
    throw new ChainTrouble('unreachable', `There is no anvil for ${process.platform} ${process.arch} on npm`);
  const args = ['--host', '127.0.0.1', '--port', String(port), '--quiet', '--accounts', '1', ...flags];
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  const rpc = `http://127.0.0.1:${port}`;
  await answers(child, rpc);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { rpc, pid: child.pid!, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function answers(child: ChildProcess, rpc: string): Promise<void> {
  let words = '';
  child.stderr?.on('data', (it) => {
    words = `${words}${it}`.slice(-2000);
  });
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  for (let tries = 0; tries < 600; tries++) {
    if (failed !== undefined || child.exitCode !== null)
      throw new ChainTrouble('unreachable', `anvil did not start: ${failed?.message ?? words.trim()}`);
    const isUp = await fetch(rpc, { method: 'POST', body: request('eth_chainId', []), headers: json }).then(
      (it) => it.ok,
      () => false,
    );
    if (isUp) return;
    await pause(50);
  }
  child.kill('SIGKILL');
  throw new ChainTrouble('unreachable', 'anvil does not answer');
}

const json = { 'content-type': 'application/json' };
const request = (method: string, params: readonly unknown[]) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

/** A method of anvil's own, such as `evm_mine`. @throws ChainTrouble */
export async function askAnvil(rpc: string, method: string, ...params: readonly unknown[]): Promise<unknown> {
  const reply = await fetch(rpc, { method: 'POST', headers: json, body: request(method, params) });
  const { result, error } = (await reply.json()) as { result?: unknown; error?: { message: string } };
  if (error) throw new ChainTrouble('refused', `${method}: ${error.message}`);
  return result;
}
