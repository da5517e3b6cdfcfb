import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = { error: ReactNode; hint?: string; autoFocus?: boolean };

// A code of the authenticator app, or, where it may stand in for one, a recovery code.
export function CodeField({ error, hint, autoFocus = true }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("secondFactor.code")}
      name="code"
      description={hint}
      error={error}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus={autoFocus}
      required
      withAsterisk={false}
    />
  );
}
