// Mantine dressed in our tokens. Its own palette is never seen: every colour variable that the
// components read is set to one of tokens.css, which follow the scheme by themselves.
import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver } from '@mantine/core';

const solid = (name: string, on: string) => ({
  background: `var(--lk-${name})`,
  hover: `var(--lk-${name}-hover)`,
  hoverColor: `var(--lk-${on})`,
  color: `var(--lk-${on})`,
  border: '1px solid transparent',
});

export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.25rem' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '4px', sm: '4px', md: '4px', lg: '4px', xl: '4px' },
  defaultRadius: 'sm',
  primaryColor: 'indigo',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    switch (input.variant) {
      case 'filled':
        return solid('accent', 'on-accent');
      case 'answer':
        return solid('answer', 'on-answer');
      case 'danger':
        return {
          background: 'var(--lk-surface)',
          hover: 'var(--lk-danger-bg)',
          hoverColor: 'var(--lk-danger)',
          color: 'var(--lk-danger)',
          border: '1px solid var(--lk-danger)',
        };
      case 'subtle':
      case 'light':
        return {
          background: input.variant === 'light' ? 'var(--lk-accent-soft)' : 'transparent',
          hover: 'var(--lk-accent-soft)',
          hoverColor: 'var(--lk-text)',
          color: 'var(--lk-text)',
          border: '1px solid transparent',
        };
      default:
        return defaultVariantColorsResolver(input);
    }
  },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: '1.875rem', variant: 'subtle' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Popover: { defaultProps: { shadow: 'md', position: 'bottom-end', width: 360, trapFocus: true, returnFocus: true } },
    Tooltip: { defaultProps: { multiline: true, maw: 320, withArrow: true, events: { hover: true, focus: true, touch: true } } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--lk-surface)',
  '--mantine-color-text': 'var(--lk-text)',
  '--mantine-color-bright': 'var(--lk-text)',
  '--mantine-color-dimmed': 'var(--lk-muted)',
  '--mantine-color-placeholder': 'var(--lk-muted)',
  '--mantine-color-anchor': 'var(--lk-accent)',
  '--mantine-color-error': 'var(--lk-danger)',
  '--mantine-color-default': 'var(--lk-surface)',
  '--mantine-color-default-hover': 'var(--lk-sunken)',
  '--mantine-color-default-color': 'var(--lk-text)',
  '--mantine-color-default-border': 'var(--lk-border)',
  '--mantine-color-disabled': 'var(--lk-sunken)',
  '--mantine-color-disabled-color': 'var(--lk-muted)',
  '--mantine-color-disabled-border': 'var(--lk-divider)',
  '--mantine-primary-color-filled': 'var(--lk-accent)',
  '--mantine-primary-color-filled-hover': 'var(--lk-accent-hover)',
  '--mantine-primary-color-contrast': 'var(--lk-on-accent)',
  '--mantine-color-indigo-filled': 'var(--lk-accent)',
  '--mantine-shadow-md': 'var(--lk-shadow)',
  '--mantine-shadow-xl': 'var(--lk-shadow)',
};

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});

export const nonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
