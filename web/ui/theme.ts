const shared = {
  fontSize: 14,
  borderRadius: 6,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", ' +
    '"Noto Sans CJK SC", sans-serif',
  wireframe: false,
}

// Grey texts are darker than the kit's own: these have a contrast of 4.5 to 1 on every ground.
export const lightTokens = {
  ...shared,
  colorPrimary: '#14548f',
  colorLink: '#14548f',
  colorBgLayout: '#f3f5f8',
  controlItemBgActive: '#e6eff8',
  controlItemBgActiveHover: '#dbe8f4',
  colorTextSecondary: '#4b5563',
  colorTextTertiary: '#566170',
  colorTextQuaternary: '#5f6b7a',
  colorTextDescription: '#566170',
  colorTextPlaceholder: '#5f6b7a',
  colorSuccess: '#19703a',
  colorWarning: '#8f5a00',
  colorError: '#b3261e',
  // What the kit makes of dark colours is no ground to read on.
  colorSuccessBg: '#e8f5ec',
  colorSuccessBorder: '#a9d5b8',
  colorWarningBg: '#fdf3e0',
  colorWarningBorder: '#e3c48a',
  colorErrorBg: '#fcebea',
  colorErrorBorder: '#e5aaa6',
}

export const darkTokens = {
  ...shared,
  colorPrimary: '#3f86c9',
  colorLink: '#7db4ea',
  colorBgLayout: '#12161c',
  controlItemBgActive: '#1d3248',
  controlItemBgActiveHover: '#24405c',
  colorBgContainer: '#1a2028',
  colorBgElevated: '#222a34',
  colorTextSecondary: '#b8c1cc',
  colorTextTertiary: '#a7b1bd',
  colorTextQuaternary: '#98a3b0',
  colorTextDescription: '#a7b1bd',
  colorTextPlaceholder: '#98a3b0',
  colorSuccess: '#5fc382',
  colorWarning: '#e0a84a',
  colorError: '#f0837c',
  colorSuccessBg: '#17301f',
  colorSuccessBorder: '#2f5a3d',
  colorWarningBg: '#33270f',
  colorWarningBorder: '#6a5120',
  colorErrorBg: '#3a1c1a',
  colorErrorBorder: '#74403c',
}

/** Where a light colour is the ground, the text on it is dark. */
export const darkComponents = {
  Button: { dangerColor: '#2a0f0d' },
  Tabs: { itemSelectedColor: '#7db4ea', itemHoverColor: '#7db4ea', inkBarColor: '#7db4ea' },
}
