// The address of a passport, as it goes onto the pack: a QR code to look at and to keep, and the link itself.
import { Button } from 'antd';
import { useState } from 'react';
import { Icon } from '../../shell/icons.tsx';
import { Qr } from '../../shell/Qr.tsx';
import { qrPng, qrSvg } from '../../shell/qr.ts';
import { saveAs, saveText } from '../../table/download.ts';
import { useWords } from '../../words/index.ts';
import { isGs1, isOnlyHere } from './passports.ts';
import { useAttempt } from './useAttempt.ts';

export function PassportLink({ code, link }: { code: string; link: string }) {
  const { t } = useWords();
  const { attempt, failed } = useAttempt();
  const [isCopied, setCopied] = useState(false);
  const { href, hostname } = new URL(link, location.origin);
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(href);
      setCopied(true);
    });
  return (
    <section className="passport-link" aria-label={t('passport.link')}>
      <Qr text={href} label={t('passport.qr', { code })} px={132} />
      <div>
        <h3>{t(isGs1(link) ? 'passport.gs1' : 'passport.own')}</h3>
        <p>
          <a href={link} target="_blank" rel="noreferrer" className="code">
            {href}
          </a>
        </p>
        {!isGs1(link) && <p className="quiet">{t('passport.noGtin')}</p>}
        {isOnlyHere(hostname) && <p className="wrong">{t('passport.onlyHere')}</p>}
        <p className="page-actions">
          <Button icon={<Icon name="copy" />} onClick={copy}>
            {t(isCopied ? 'secret.copied' : 'passport.copy')}
          </Button>
          <Button onClick={() => saveText(qrSvg(href), `packloop-qr-${code}.svg`, 'image/svg+xml')}>SVG</Button>
          <Button onClick={() => attempt(async () => saveAs(await qrPng(href), `packloop-qr-${code}.png`))}>PNG</Button>
        </p>
        {failed && <p role="alert">{t('passport.notCopied')}</p>}
      </div>
    </section>
  );
}
