// Mantine dressed in the visual language of the product, once, for all screens.
// Colours come from tokens.css; the shapes of single parts from theme.module.css. The parts are
// named, not imported, so that a screen loads only those it shows.
import { type CSSVariablesResolver, createTheme } from "@mantine/core";
import parts from "./theme.module.css";

export const theme = createTheme({
  primaryColor: "plum",
  primaryShade: { light: 7, dark: 6 },
  colors: {
    plum: [
      "#fbf5fe",
      "#f5e7fc",
      "#ebcff7",
      "#dcacef",
      "#c985e3",
      "#b161d0",
      "#963db5",
      "#8630a3",
      "#682380",
      "#411850",
    ],
  },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  defaultRadius: 6,
  cursorType: "pointer",
  autoContrast: false,
  respectReducedMotion: true,
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  components: {
    Button: {
      defaultProps: { variant: "default", size: "md" },
      classNames: { root: parts.button ?? "", section: parts.buttonSection ?? "" },
    },
    ActionIcon: {
      defaultProps: { variant: "subtle" },
      classNames: { root: parts.icon ?? "" },
    },
    Input: { classNames: { input: parts.input ?? "" } },
    InputWrapper: {
      classNames: {
        label: parts.label ?? "",
        description: parts.hint ?? "",
        error: parts.error ?? "",
      },
      defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] },
    },
    PasswordInput: {
      classNames: { input: parts.input ?? "", innerInput: parts.innerInput ?? "" },
    },
    // Not in a portal: what floats stays inside the landmark it belongs to.
    Popover: {
      defaultProps: {
        transitionProps: { transition: "fade", duration: 120 },
        offset: 4,
        withinPortal: false,
        floatingStrategy: "fixed",
      },
      classNames: { dropdown: parts.floating ?? "" },
    },
    Menu: {
      defaultProps: {
        transitionProps: { transition: "fade", duration: 120 },
        offset: 4,
        withinPortal: false,
        floatingStrategy: "fixed",
        withInitialFocusPlaceholder: false,
      },
      classNames: {
        dropdown: parts.floating ?? "",
        item: parts.menuItem ?? "",
        itemSection: parts.menuItemSection ?? "",
        itemIndicator: parts.menuItemIndicator ?? "",
        label: parts.menuLabel ?? "",
        divider: parts.menuDivider ?? "",
      },
    },
  },
});

const roles = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-3)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--border-strong)",
  "--mantine-color-placeholder": "var(--text-3)",
  "--mantine-color-error": "var(--over-text)",
  "--mantine-color-anchor": "var(--accent-text)",
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: roles,
  dark: roles,
});
