import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import { Unloaded } from './Unloaded.tsx';
import { isUnloaded } from './unloaded.ts';

/** Whatever goes wrong in a page: words and a way out, never a blank page. */
export class Mishap extends Component<{ children: ReactNode }, { what?: string | undefined }> {
  override state: { what?: string | undefined } = {};

  static getDerivedStateFromError(error: unknown) {
    return { what: String(error) };
  }

  override render() {
    if (this.state.what === undefined) return this.props.children;
    if (isUnloaded(this.state.what)) return <Unloaded />;
    const t = i18next.getFixedT(null, 'console');
    return (
      <div className="notice" role="alert">
        <h1>{t('broken.title')}</h1>
        <p>{t('broken.note')}</p>
        <pre>{this.state.what}</pre>
        <p className="row">
          <button type="button" className="plain-button" onClick={() => this.setState({ what: undefined })}>
            {t('broken.again')}
          </button>
          <button type="button" className="plain-button" onClick={() => location.reload()}>
            {t('broken.reload')}
          </button>
        </p>
      </div>
    );
  }
}
