import type { ReportState } from '#exchange/api';
import type { Mood } from '../../shell/State.tsx';

export const moods: Readonly<Record<ReportState, Mood>> = {
  waiting: 'going',
  received: 'good',
  rejected: 'bad',
  withdrawn: 'calm',
};
