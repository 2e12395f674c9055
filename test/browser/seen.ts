import type { Locator } from 'playwright-core';

/** The words of an element as somebody sees them: what stands beside each other is parted, what is hidden is left out. */
// biome-ignore lint/performance/useDomNodeTextContent: the text of the nodes alone runs their words together
export const seen = async (it: Locator): Promise<string> => (await it.innerText()).trim();
