// `vite` for development: a page with hot reload, the API of a server that runs on 8080. Building: web/build.ts.
import { defineConfig } from 'vite';
import { consoleConfig, liveConfig } from './web/config.ts';

const server = process.env.PACKLOOP_URL ?? 'http://127.0.0.1:8080';

/** The console at /console/; `PAGE=live vite` for the public page. */
export default defineConfig({
  ...(process.env.PAGE === 'live' ? liveConfig : consoleConfig),
  server: { port: 5173, strictPort: true, proxy: { '/v1': server, '/api': server, '/problems': server } },
});
