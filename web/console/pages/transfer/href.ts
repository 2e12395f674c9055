/** The page of a transfer. Its id may hold slashes, which are then no parts of the address. */
export const transferHref = (id: string): string => `/ledger/transfers/${encodeURIComponent(id)}`;
