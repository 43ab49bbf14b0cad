// A field for a whole number. It is one of text: `type="number"` hides from the page what is typed wrong ("20abc", "5e"),
// so that nobody could be told.
import { TextInput, type TextInputProps } from '@mantine/core';

export const NumberInput = (props: TextInputProps) => <TextInput inputMode="numeric" autoComplete="off" {...props} />;
