// What every page stands in: words, colours, what was read, addresses.
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import { queries } from './api/queries.ts';
import { router } from './routes.tsx';
import { useAntd } from './shell/antd.ts';
import { Mishap } from './shell/Mishap.tsx';

export function App() {
  return (
    <ConfigProvider {...useAntd()}>
      <Mishap>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Mishap>
    </ConfigProvider>
  );
}
