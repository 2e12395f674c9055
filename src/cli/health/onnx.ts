// ONNX models, scored by a runtime that whoever wants them installs: it is 148 MB, and no part of Packloop (docs/decisions/0031).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Card, type Plugged, readCard, SIGNALS } from '#health/lab';
import { Failed } from '../say.ts';
import { orFailed } from './data.ts';

/** The first that is found is taken. */
const RUNTIMES = ['onnxruntime-node', 'onnxruntime-web'];
const INPUT = 'signals';
const OUTPUTS = ['soh', 'low', 'high'] as const;

export interface OnnxModel {
  readonly id: string;
  readonly card: Card;
  readonly score: Plugged;
  end(): Promise<void>;
}

/** What we use of the runtime (https://onnxruntime.ai/docs/api/js, 1.30). */
interface Runtime {
  readonly env?: { wasm?: { numThreads?: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
  readonly InferenceSession: { create(model: Uint8Array): Promise<Session> };
}
interface Tensor {
  readonly data: ArrayLike<number>;
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>, fetches: readonly string[]): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

/**
 * Opens `FILE.onnx` with its card `FILE.onnx.json`. The model takes `signals`, float32 [1, 16], and gives `soh`, `low` and `high`,
 * one float32 each. @throws Failed that says what is missing and what to install
 */
export async function openOnnx(file: string, runtimeFolder: string | undefined): Promise<OnnxModel> {
  const bytes = bytesOf(file);
  const cardFile = `${file}.json`;
  if (!existsSync(cardFile))
    throw new Failed(`${cardFile} is not there: it tells which cells the model was trained on; see docs/health.md`, {
      code: 2,
    });
  const card = orFailed(() => readCard(cardFile));
  const runtime = await runtimeIn(runtimeFolder);
  const session = await sessionOf(runtime, bytes, file);
  const score: Plugged = async (charge) => {
    const answer = await session.run({ [INPUT]: new runtime.Tensor('float32', charge, [1, SIGNALS.length]) }, OUTPUTS);
    const [value, low, high] = OUTPUTS.map((it) => Number(answer[it]!.data[0]));
    return { value: value!, low: low!, high: high! };
  };
  const id = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { id, card, score, end: () => session.release() };
}

async function runtimeIn(folder: string | undefined): Promise<Runtime> {
  const places = folder === undefined ? [import.meta.url, `${process.cwd()}/`] : [join(resolve(folder), '/')];
  for (const name of RUNTIMES)
    for (const place of places) {
      const found = entryOf(name, place);
      if (!found) continue;
      const loaded = (await import(pathToFileURL(found).href)) as Runtime & { default?: Runtime };
      const runtime = loaded.InferenceSession ? loaded : loaded.default!;
      // More threads are workers that outlive us, for a model that is asked a charge at a time.
      if (runtime.env?.wasm) runtime.env.wasm.numThreads = 1;
      return runtime;
    }
  throw new Failed(
    `A model that ends in .onnx needs a runtime${folder === undefined ? '' : `, and ${folder} has none`}: npm install onnxruntime-node (or onnxruntime-web) in a folder of your own, and name it with --onnx-runtime`,
    { code: 2, missing: RUNTIMES },
  );
}

function entryOf(name: string, place: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    return undefined;
  }
}

async function sessionOf({ InferenceSession }: Runtime, bytes: Uint8Array, file: string): Promise<Session> {
  const session = await InferenceSession.create(bytes).catch((error: Error) => {
    throw new Failed(`${file} is no model that the runtime can load: ${error.message}`, { code: 2 });
  });
  const { inputNames, outputNames } = session;
  const missing = OUTPUTS.filter((it) => !outputNames.includes(it));
  if (inputNames.length !== 1 || inputNames[0] !== INPUT || missing.length > 0)
    throw new Failed(
      `${file} takes ${inputNames.join(', ')} and gives ${outputNames.join(', ')}: it must take "${INPUT}" and give ${OUTPUTS.map((it) => `"${it}"`).join(', ')}, an estimate with its bounds of 90 %`,
      { code: 2 },
    );
  return session;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
}
