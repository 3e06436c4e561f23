import { type ThemeConfig, theme } from 'antd';
import type { Palette } from './palette.ts';

/** antd in the console's colours: 14 px base, dense, flat, with a focus ring that shows. */
export function antdTheme(look: { palette: Palette; scheme: 'light' | 'dark'; motion: boolean }): ThemeConfig {
  const { palette, scheme, motion } = look;
  return {
    algorithm: scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorSuccess: palette.good,
      colorWarning: palette.warn,
      colorError: palette.bad,
      colorLink: palette.accent,
      colorText: palette.ink,
      colorTextSecondary: palette.inkSoft,
      colorTextTertiary: palette.inkFaint,
      colorTextQuaternary: palette.inkFaint,
      colorTextPlaceholder: palette.inkFaint,
      colorTextDescription: palette.inkSoft,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.card,
      colorBgElevated: scheme === 'dark' ? palette.raised : palette.card,
      colorBorder: palette.line,
      colorBorderSecondary: palette.lineSoft,
      colorTextLightSolid: palette.onAccent,
      colorInfoBg: palette.accentTint,
      colorInfoBorder: palette.line,
      colorSuccessBg: palette.goodTint,
      colorWarningBg: palette.warnTint,
      colorWarningBorder: palette.warn,
      colorErrorBg: palette.badTint,
      colorErrorBorder: palette.bad,
      controlOutline: palette.accentTint,
      borderRadius: 6,
      fontSize: 14,
      // Not by a style rule: antd's popups wait for the end of their animation before they find their place.
      motion,
      motionDurationMid: '0.15s',
      fontFamily:
        "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
    },
    components: {
      Button: {
        primaryColor: palette.onAccent,
        dangerColor: palette.onBad,
        primaryShadow: 'none',
        defaultShadow: 'none',
        fontWeight: 500,
      },
      Table: { headerBg: palette.raised, headerColor: palette.inkSoft, cellPaddingBlock: 10 },
      Slider: {
        trackBg: palette.accent,
        trackHoverBg: palette.accent,
        handleColor: palette.accent,
        railBg: palette.line,
      },
      Tooltip: { colorTextLightSolid: '#ffffff' },
    },
  };
}
