import { useWords } from '../../../words/index.ts';
import { reasonInWords } from './reason.ts';

export function Reason({ of }: { of: string }) {
  const { language } = useWords();
  const { text, lang } = reasonInWords(of, language);
  return (
    <span lang={lang} title={of}>
      {text}
    </span>
  );
}
