import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../words/index.ts';
import { Figure } from './Figure.tsx';
import type { Model } from './models.ts';

export interface Line {
  /** As the catalogue names it: what `assumed` lists. */
  readonly field: string;
  readonly title: string;
  readonly value: ReactNode;
}

interface Props {
  readonly model: Model | undefined;
  readonly lines: readonly Line[];
  readonly checkHref: string | undefined;
  readonly onClose: () => void;
}

/** All figures of one row with their marks, and where they come from. */
export function Detail({ model, lines, checkHref, onClose }: Props) {
  const { t } = useWords();
  return (
    <Drawer open={model !== undefined} onClose={onClose} title={model?.name} size={460}>
      {model && (
        <>
          <p className="code quiet">{model.id}</p>
          <dl className="facts">
            {lines.map((it) => (
              <div key={it.title} className="contents">
                <dt>{it.title}</dt>
                <dd>
                  <Figure of={model} field={it.field}>
                    {it.value}
                  </Figure>
                </dd>
              </div>
            ))}
            <dt>{t('catalogue.source')}</dt>
            <dd lang="en">{model.source}</dd>
          </dl>
          <p className="quiet spaced">{t('catalogue.assumedMark')}</p>
          {checkHref && (
            <p className="spaced">
              <Link to={checkHref}>{t('catalogue.check')}</Link>
            </p>
          )}
        </>
      )}
    </Drawer>
  );
}
