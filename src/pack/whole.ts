/** All of a pack, in millionths. */
export const WHOLE_TITLE = 1_000_000;
