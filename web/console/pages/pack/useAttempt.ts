import { useState } from 'react';

/** Tries something that the page does not wait for, and remembers whether it failed. */
export function useAttempt() {
  const [failed, setFailed] = useState(false);
  const attempt = (act: () => Promise<void>): void => {
    setFailed(false);
    void act().catch(() => setFailed(true));
  };
  return { attempt, failed };
}
