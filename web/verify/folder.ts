// A copy of a log in a folder that the reader chose or dropped: found, and read file by file only when the verifier asks.
import type { Files } from '#record/verify';
import { Wrong } from './wrong.ts';

/** A file of a folder, by its path from there. */
export interface Found {
  readonly path: string;
  readonly open: () => Promise<File>;
}

export interface Mirror {
  /** The folder's name. */
  readonly name: string;
  readonly files: Files;
}

export const chosenIn = (files: readonly File[]): Found[] =>
  files.map((it) => ({ path: it.webkitRelativePath, open: async () => it }));

/**
 * The copy that `packloop mirror` wrote, in this folder or somewhere in it.
 * @throws Wrong when there is none, or more than one
 */
export function mirrorIn(found: readonly Found[]): Mirror {
  const paths = new Map(found.map((it) => [it.path, it.open]));
  const top = found[0]?.path.split('/')[0] ?? '';
  const roots = new Set(found.flatMap(({ path }) => /^(.*?\/|)tile\/(?:entries|\d+)\//.exec(path)?.[1] ?? []));
  // What lies below a mirror is not another one.
  const [root, ...others] = [...roots];
  if (root === undefined) throw new Wrong(top, 'noMirror');
  if (others.length > 0) throw new Wrong([...roots].map((it) => it.replace(/\/$/, '')).join(', '), 'manyMirrors');
  return {
    name: root.replace(/\/$/, '') || top,
    files: async (path) => {
      const open = paths.get(`${root}${path}`);
      if (open === undefined) return undefined;
      try {
        return new Uint8Array(await (await open()).arrayBuffer());
      } catch (error) {
        throw new Wrong(`${root}${path}`, 'unreadable', (error as Error).message);
      }
    },
  };
}

/** Everything dropped: single files, and the files of each folder. It must be called before the event is over. */
export async function droppedIn({ items }: DataTransfer): Promise<{ files: File[]; folders: Found[][] }> {
  const dropped = [...items].filter((it) => it.kind === 'file');
  const entries = dropped.map((it) => it.webkitGetAsEntry());
  const handles = dropped.map((it) => (it as Handled).getAsFileSystemHandle?.().catch(() => null));
  const single = dropped.map((it) => it.getAsFile());
  const files: File[] = [];
  const folders: Found[][] = [];
  for (const [n, entry] of entries.entries()) {
    if (entry?.isDirectory) folders.push(await folderAt(entry, await handles[n]));
    else if (single[n]) files.push(single[n]);
  }
  return { files, folders };
}

type Handled = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

/** By its handle where there is one: Chromium does not read entries of a page from disk. */
async function folderAt(entry: FileSystemEntry, handle: FileSystemHandle | null | undefined): Promise<Found[]> {
  try {
    return await Array.fromAsync(handle ? ofHandle(handle, handle.name) : ofEntry(entry));
  } catch (error) {
    throw new Wrong(entry.name, 'undroppable', (error as Error).message);
  }
}

async function* ofHandle(handle: FileSystemHandle, path: string): AsyncGenerator<Found> {
  if (handle.kind === 'file') yield { path, open: () => (handle as FileSystemFileHandle).getFile() };
  else
    for await (const [name, it] of (handle as FileSystemDirectoryHandle).entries())
      yield* ofHandle(it, `${path}/${name}`);
}

async function* ofEntry(entry: FileSystemEntry): AsyncGenerator<Found> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile)
    yield { path, open: () => new Promise((done, failed) => (entry as FileSystemFileEntry).file(done, failed)) };
  else {
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    // It hands out a part at a time, and none at the end.
    for (;;) {
      const part = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
      if (part.length === 0) return;
      for (const it of part) yield* ofEntry(it);
    }
  }
}
