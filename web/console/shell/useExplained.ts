// What a refusal means and what helps, in the reader's language; loaded when there is one.
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../words/index.ts';

/** @returns nothing while it is on its way, or when there is nothing to say about the code */
export function useExplained(code: string): string | undefined {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ['/problems', code, language],
    queryFn: () => (language === 'en' ? fromServer(code) : fromHere(code)),
    enabled: code !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return data ?? undefined;
}

/** The server explains itself in English only. */
async function fromServer(code: string): Promise<string | null> {
  const response = await fetch(`/problems/${encodeURIComponent(code)}`, { headers: { accept: 'application/json' } });
  return response.ok ? ((await response.json()) as { remedy: string }).remedy : null;
}

const fromHere = async (code: string): Promise<string | null> =>
  (await import('../explain/problems.zh.ts')).problems[code] ?? null;
