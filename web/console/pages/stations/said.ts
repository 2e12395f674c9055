// Kinds of stations in words; one that we do not know stands as it came.
import type { T } from '../../words/index.ts';

export const kinds = ['chassis-robot', 'truck-side', 'truck-top', 'cabinet'] as const;
const isKind = (it: string): it is (typeof kinds)[number] => (kinds as readonly string[]).includes(it);

export const kindInWords = (t: T, profile: string): string =>
  isKind(profile) ? t(`stations.kind.${profile}`) : profile;
