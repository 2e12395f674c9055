// A page that is one file: script and style stand in it, so that it works from a disk, a mail or a stick.
import type { Plugin } from 'vite';

/** Puts what the page would load into the page. */
export const inOneFile = (): Plugin => ({
  name: 'packloop-one-file',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html'];
    if (page?.type !== 'asset') return;
    let html = String(page.source);
    for (const [name, it] of Object.entries(bundle)) {
      if (it === page) continue;
      const file = name.replaceAll('.', String.raw`\.`);
      // A text that ends a script early must not do so; of strings in JavaScript this is another spelling.
      const [tag, text] =
        it.type === 'chunk'
          ? [new RegExp(`<script[^>]*src="[^"]*${file}"[^>]*></script>`), script(it.code)]
          : [new RegExp(`<link[^>]*href="[^"]*${file}"[^>]*>`), `<style>${String(it.source)}</style>`];
      if (!tag.test(html)) this.error(`${name} is not named in the page`);
      html =
        it.type === 'chunk'
          ? html.replace(tag, '').replace('</body>', () => `${text}</body>`)
          : html.replace(tag, () => text);
      delete bundle[name];
    }
    page.source = html;
  },
});

const script = (code: string): string =>
  `<script type="module">${code.replaceAll('</script', String.raw`<\/script`)}</script>`;
