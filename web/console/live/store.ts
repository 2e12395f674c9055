// A value that changes, and whoever wants to know.
import { useSyncExternalStore } from 'react';

export class Store<State> {
  #state: State;
  readonly #readers = new Set<() => void>();

  constructor(first: State) {
    this.#state = first;
  }

  readonly state = (): State => this.#state;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => void this.#readers.delete(reader);
  };

  readonly set = (state: State): void => {
    if (Object.is(state, this.#state)) return;
    this.#state = state;
    for (const read of this.#readers) read();
  };
}

export const useStore = <State>(store: Store<State>): State => useSyncExternalStore(store.subscribe, store.state);
