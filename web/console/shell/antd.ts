// What antd is told: our colours, our language, calm corners.
import { LoadingOutlined } from '@ant-design/icons';
import { type ConfigProviderProps, theme } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { createElement, useMemo } from 'react';
import { useWords } from '../words/index.ts';
import { useTheme } from './hooks.ts';
import { font, palettes } from './theme.ts';

export function useAntd(): ConfigProviderProps {
  const now = useTheme();
  const { language } = useWords();
  return useMemo(() => {
    const it = palettes[now];
    return {
      // Types of antd's files say CommonJS; what the build takes is the module.
      locale: (language === 'en' ? enUS : zhCN) as unknown as NonNullable<ConfigProviderProps['locale']>,
      // antd's own sign of loading is moved away, and stays for ever, with its name, when the answer was quicker than its first frame.
      button: { autoInsertSpace: false, loadingIcon: createElement(LoadingOutlined) },
      wave: { disabled: true },
      theme: {
        algorithm: now === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
        hashed: false,
        token: {
          colorPrimary: it.ready,
          colorInfo: it.charging,
          colorSuccess: it.ready,
          colorWarning: it.low,
          colorError: it.bad,
          // The lighter shade that antd takes under the pointer has too little contrast with the words on it.
          colorErrorHover: it.bad,
          colorLink: it.ready,
          colorTextBase: it.text,
          colorBgBase: it.panel,
          colorBgLayout: it.ground,
          colorBgContainer: it.panel,
          colorBgElevated: now === 'dark' ? it.raised : it.panel,
          colorText: it.text,
          colorTextSecondary: it.quiet,
          colorTextTertiary: it.quiet,
          colorTextDescription: it.quiet,
          colorTextPlaceholder: it.quiet,
          colorTextLightSolid: it.onColour,
          colorBorder: it.edge,
          colorBorderSecondary: it.line,
          colorSplit: it.line,
          borderRadius: 6,
          fontSize: 14,
          fontFamily: font,
          controlHeight: 30,
          controlHeightSM: 26,
          motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        },
        components: {
          Tooltip: { colorTextLightSolid: '#ffffff', colorBgSpotlight: '#22303a' },
          Button: {
            primaryShadow: 'none',
            defaultShadow: 'none',
            dangerShadow: 'none',
            // The lighter shade that antd takes under the pointer has too little contrast for words.
            defaultHoverColor: it.ready,
            defaultActiveColor: it.ready,
          },
        },
      },
    };
  }, [now, language]);
}
