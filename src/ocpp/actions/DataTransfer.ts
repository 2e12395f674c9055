import type { Handler } from '../action.ts';

/** We have agreed on nothing with any vendor (use case P02). The message stays in the raw log. */
export const dataTransfer: Handler<'DataTransfer'> = async (_, calls) =>
  calls.map(() => ({ status: 'UnknownVendorId' as const }));
