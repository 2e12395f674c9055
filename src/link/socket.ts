// What a session needs of a connection, and one made of memory for simulations and tests.

/** A connection that carries whole texts in order. After its close nothing is heard and what is sent is lost. */
export interface FrameSocket {
  send(frame: string): void;
  /** Closes with a WebSocket close code (RFC 6455 section 7.4). Closing twice does nothing. */
  close(code: number, reason: string): void;
  onFrame(hear: (frame: string) => void): void;
  /** Heard once, on both ends, whoever closed. 1006 when the connection was lost without a word. */
  onClose(hear: (code: number, reason: string) => void): void;
  /** Hears of each ping and pong; absent where a connection has none. */
  onControl?(hear: () => void): void;
}

/** One end of a connection in memory. */
export interface MemorySocket extends FrameSocket {
  /** The network is cut: both ends hear 1006, and what is under way never arrives. */
  cut(): void;
}

/** Two ends of a connection in memory. Frames arrive in order, each in a microtask of its own. */
export function socketPair(): [MemorySocket, MemorySocket] {
  const [one, other] = [new MemoryEnd(), new MemoryEnd()];
  one.peer = other;
  other.peer = one;
  return [one, other];
}

class MemoryEnd implements MemorySocket {
  peer!: MemoryEnd;
  #hearFrame: ((frame: string) => void) | undefined;
  #hearClose: ((code: number, reason: string) => void) | undefined;
  #closing = false;
  #over = false;

  send(frame: string): void {
    if (this.#closing) return;
    queueMicrotask(() => this.peer.#receive(frame));
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    queueMicrotask(() => {
      this.#end(code, reason);
      this.peer.#end(code, reason);
    });
  }

  cut(): void {
    const ends = [this, this.peer].filter((it) => !it.#over);
    for (const end of ends) end.#over = end.#closing = true;
    for (const end of ends) queueMicrotask(() => end.#hearClose?.(1006, 'connection lost'));
  }

  onFrame(hear: (frame: string) => void): void {
    this.#hearFrame = hear;
  }

  onClose(hear: (code: number, reason: string) => void): void {
    this.#hearClose = hear;
  }

  #receive(frame: string): void {
    if (!this.#over) this.#hearFrame?.(frame);
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = this.#closing = true;
    this.#hearClose?.(code, reason);
  }
}
