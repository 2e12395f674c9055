// How the console changes anything: says what will happen, asks, waits, and shows what the server answered.
import { App } from 'antd';
import type { ReactNode } from 'react';
import type { Route } from '#kernel/api';
import type { Answer, Ask, CallFailed } from '../../shared/client.ts';
import { ActDialog } from './ActDialog.tsx';

export interface Act<R extends Route> {
  /** As a button says it: "Reset the station". */
  readonly title: string;
  /** What will happen then; may hold fields of a form whose values `ask` reads when it is called. */
  readonly says: ReactNode;
  readonly route: R;
  /** What is sent; a function is called at the moment of confirmation. */
  readonly ask: Ask<R> | (() => Ask<R>);
  /** What the answer means, in words; "Done" when absent. */
  readonly done?: (answer: Answer<R>) => ReactNode;
  /** Why it was refused, where a page can say more than the server's words. */
  readonly refused?: (error: CallFailed) => ReactNode;
  /** After the server did it, beside reading everything anew. */
  readonly after?: (answer: Answer<R>) => void;
  /** It cannot be undone. */
  readonly danger?: true;
  /** The word on the button. */
  readonly verb?: string;
}

/** @returns opens the dialog of one act; resolves with the answer, or nothing when it was not done */
export function useAct(): <R extends Route>(act: Act<R>) => Promise<Answer<R> | undefined> {
  const { modal } = App.useApp();
  return async (act) => {
    // An Enter that chose this in a menu must be over, or the button of the dialog would take it for its own.
    await new Promise((done) => setTimeout(done));
    return await new Promise((resolve) => {
      const opened = modal.info({
        icon: null,
        title: act.title,
        footer: null,
        width: 520,
        maskClosable: false,
        content: (
          <ActDialog
            act={act}
            onEnd={(answer) => {
              opened.destroy();
              resolve(answer as never);
            }}
          />
        ),
        onCancel: () => resolve(undefined),
        closable: false,
        keyboard: false,
      });
    });
  };
}
