// Copies of a log that anybody may keep.
export { folderFiles } from './folder.ts';
export { follow } from './follow.ts';
export { remoteFiles, Unreachable } from './remote.ts';
