// `vite` for development: the page with hot reload, the API of a server that runs on 8080. Building: web/build.ts.
import { defineConfig } from 'vite';
import { consoleConfig } from './web/config.ts';

export default defineConfig({
  ...consoleConfig,
  server: { port: 5173, strictPort: true, proxy: { '/v1': process.env.PACKLOOP_URL ?? 'http://127.0.0.1:8080' } },
});
