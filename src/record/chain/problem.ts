// What a chain can do to those who rely on it, in words that are ours: never the address of the node, which may carry a password.
import { BaseError, ContractFunctionRevertedError, HttpRequestError, TimeoutError } from 'viem';

export type Trouble = 'unreachable' | 'too-slow' | 'no-contract' | 'reverted' | 'refused' | 'wrong-key' | 'wrong-file';

/** The chain did not do what it was asked. The log goes on without it. */
export class ChainTrouble extends Error {
  override readonly name = 'ChainTrouble';
  readonly reason: Trouble;
  /** The error of the contract, `NotGrown`, when it was one. */
  readonly refusal: string | undefined;

  constructor(reason: Trouble, sentence: string, refusal?: string) {
    super(sentence);
    this.reason = reason;
    this.refusal = refusal;
  }
}

/** Runs `act` and tells its failures in our words. @throws ChainTrouble; what is no failure of a chain as it is */
export async function onChain<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof BaseError ? troubleIn(error) : error;
  }
}

function troubleIn(error: BaseError): ChainTrouble {
  const revert = error.walk((it) => it instanceof ContractFunctionRevertedError);
  if (revert instanceof ContractFunctionRevertedError) {
    const { errorName, args = [] } = revert.data ?? {};
    if (errorName !== undefined)
      return new ChainTrouble(
        'reverted',
        `The contract refuses: ${errorName}(${args.map(String).join(', ')})`,
        errorName,
      );
    return new ChainTrouble('reverted', 'The contract refuses, without a reason that we know');
  }
  if (error.walk((it) => it instanceof TimeoutError))
    return new ChainTrouble('too-slow', 'The chain does not answer in time');
  if (error.walk((it) => it instanceof HttpRequestError))
    return new ChainTrouble('unreachable', 'The chain does not answer');
  if (/returned no data|is not a contract/.test(error.shortMessage))
    return new ChainTrouble('no-contract', 'There is no such contract on this chain');
  return new ChainTrouble('refused', `The chain refuses: ${error.details || error.shortMessage}`.slice(0, 300));
}
