// What was read from the server, kept while somebody looks at it.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { CallFailed } from '../../shared/client.ts';
import { session } from '../session/session.ts';

const look = (error: unknown) => {
  if (error instanceof CallFailed && error.status === 401) session.lost();
};

/** Silence and our own faults may pass; a refusal stays one. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof CallFailed) || error.status === 0 || error.status >= 500 || error.status === 429;

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: look }),
  mutationCache: new MutationCache({ onError: look }),
  defaultOptions: {
    queries: {
      retry: (tries, error) => tries < 2 && mayPass(error),
      staleTime: 2_000,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
