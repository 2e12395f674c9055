import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

/** Whatever goes wrong in a part of the page: words and a way out, never a blank page. */
export class Mishap extends Component<{ children: ReactNode }, { what?: string }> {
  override state: { what?: string } = {};

  static getDerivedStateFromError(error: unknown) {
    return { what: String(error) };
  }

  override render() {
    if (this.state.what === undefined) return this.props.children;
    return (
      <main className="notice" role="alert">
        <h1>{i18next.t('broken.title')}</h1>
        <p>{i18next.t('broken.note')}</p>
        <pre>{this.state.what}</pre>
        <button type="button" className="button" onClick={() => location.reload()}>
          {i18next.t('broken.reload')}
        </button>
      </main>
    );
  }
}
