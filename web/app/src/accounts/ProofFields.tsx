import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SecretInput } from "../ui/SecretInput";
import styles from "./AccountForm.module.css";
import { CodeField } from "./CodeField";
import { FormNotice } from "./FormNotice";
import { faultsOf } from "./formFields";
import { NoPasskeyWords } from "./PasskeyWords";
import { askForPasskey, whyNoPasskeys } from "./passkeyCeremony";
import { type Proof, secondFactorQuery } from "./secondFactor";

// What is asked for again before something that a stolen session must not be enough for: the
// password, and of whoever has a second factor a code or a passkey, as they choose.
export function useProof() {
  const factor = useQuery(secondFactorQuery).data;
  const hasApp = factor?.since != null;
  const takesPasskey = factor?.takes_passkey ?? false;
  const [prefersPasskey, preferPasskey] = useState(false);
  const usesPasskey = takesPasskey && (prefersPasskey || !hasApp);
  return {
    hasApp,
    takesPasskey,
    usesPasskey,
    preferPasskey,
    // Of what was typed; the device asks for the passkey now.
    of: async (typed: FormData): Promise<Proof> => ({
      password: String(typed.get("password")),
      code: hasApp && !usesPasskey ? String(typed.get("code")) : null,
      passkey: usesPasskey ? await askForPasskey() : null,
    }),
  };
}

type Props = {
  proof: ReturnType<typeof useProof>;
  problem: unknown; // with what was given
  others?: readonly string[]; // fields of the form that show their own faults
  label?: string; // of the password, where there is another one
  autoFocus?: boolean;
};

export function ProofFields({ proof, problem, others = [], label, autoFocus = false }: Props) {
  const { t } = useTranslation();
  // A fault of what is not shown is told for the whole: what is asked for may not have loaded.
  const second = proof.usesPasskey ? ["passkey"] : proof.hasApp ? ["code"] : [];
  const faults = faultsOf(problem, ["password", ...second, ...others]);
  return (
    <>
      {faults.whole && <FormNotice problem={problem} />}
      <SecretInput
        name="password"
        error={faults.at("password")}
        label={label ?? t("secondFactor.password")}
        autoComplete="current-password"
        autoFocus={autoFocus}
        required
      />
      {proof.usesPasskey && <PasskeyAsked proof={proof} fault={faults.at("passkey")} />}
      {proof.hasApp && !proof.usesPasskey && (
        <>
          <CodeField
            error={faults.at("code")}
            hint={t("secondFactor.orRecovery")}
            autoFocus={false}
          />
          {proof.takesPasskey && whyNoPasskeys() === undefined && (
            <Button
              variant="subtle"
              className={styles.other}
              onClick={() => proof.preferPasskey(true)}
            >
              {t("secondFactor.byPasskey")}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function PasskeyAsked({ proof, fault }: { proof: Props["proof"]; fault: string | undefined }) {
  const { t } = useTranslation();
  const why = whyNoPasskeys();
  return (
    <>
      {fault !== undefined && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <p className={styles.words}>
        {why === undefined ? t("secondFactor.passkeyAsked") : <NoPasskeyWords why={why} />}
      </p>
      {proof.hasApp && (
        <Button
          variant="subtle"
          className={styles.other}
          onClick={() => proof.preferPasskey(false)}
        >
          {t("secondFactor.byCode")}
        </Button>
      )}
    </>
  );
}
