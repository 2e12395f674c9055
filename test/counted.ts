// A reporter that writes a line for every test that ran: a run of none must not pass for a good one.
interface TestEvent {
  readonly type: string;
  readonly data: { readonly name?: string; readonly skip?: unknown; readonly details?: { readonly type?: string } };
}

export default async function* counted(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events)
    if (type === 'test:pass' && data.details?.type !== 'suite' && !data.skip) yield `${data.name}\n`;
}
