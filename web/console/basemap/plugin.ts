// Gives the page the address of the bundled map: made at build time, loaded only with the map.
import type { Plugin } from 'vite';
import { schematic } from './make.ts';

const NAME = 'virtual:basemap';
const DEV_PATH = '/@basemap.json';

export const basemap = (): Plugin => {
  let isBuild = false;
  return {
    name: 'packloop-basemap',
    configResolved: ({ command }) => {
      isBuild = command === 'build';
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      if (!isBuild) return `export default '/console${DEV_PATH}'`;
      const file = this.emitFile({ type: 'asset', name: 'basemap.json', source: schematic() });
      return `export default import.meta.ROLLUP_FILE_URL_${file}`;
    },
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        if (!request.url?.endsWith(DEV_PATH)) return next();
        response.setHeader('content-type', 'application/json');
        response.end(schematic());
      });
    },
  };
};
