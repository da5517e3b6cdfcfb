import { PasswordInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { faultsOf } from "./formFields";
import { secondFactorQuery } from "./secondFactor";

export const useAsksCode = () => useQuery(secondFactorQuery).data?.since != null;

export const proofOf = (typed: FormData, asksCode: boolean) => ({
  password: String(typed.get("password")),
  code: asksCode ? String(typed.get("code")) : null,
});

type Props = { asksCode: boolean; faults: ReturnType<typeof faultsOf> };

// One's own password, and the code of whoever has a second factor: before what cannot be undone.
export function ProofFields({ asksCode, faults }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <PasswordInput
        name="password"
        error={faults.at("password")}
        label={t("secondFactor.password")}
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
      />
      {asksCode && (
        <TextInput
          name="code"
          error={faults.at("code")}
          label={t("secondFactor.code")}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
      )}
    </>
  );
}
