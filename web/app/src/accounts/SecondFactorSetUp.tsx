import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./AccountForm.module.css";
import { CodeField } from "./CodeField";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import { ProofFields, useProof } from "./ProofFields";
import { QrCode } from "./QrCode";
import { RecoveryCodeList } from "./RecoveryCodeList";
import steps from "./SecondFactor.module.css";
import { beginSecondFactor, confirmSecondFactor, type SecondFactorSecret } from "./secondFactor";

type Props = { done: () => void; aside?: ReactNode };

// Password, app, recovery codes: one after another. `aside` stands beside the first two buttons.
export function SecondFactorSetUp({ done, aside }: Props) {
  const [secret, setSecret] = useState<SecondFactorSecret>();
  const [codes, setCodes] = useState<string[]>();
  if (codes !== undefined) return <RecoveryCodeList codes={codes} close={done} />;
  if (secret !== undefined)
    return <ConfirmApp secret={secret} confirmed={setCodes} aside={aside} />;
  return <Begin begun={setSecret} aside={aside} />;
}

function Begin({
  begun,
  aside,
}: {
  begun: (secret: SecondFactorSecret) => void;
  aside: ReactNode;
}) {
  const { t } = useTranslation();
  const proof = useProof();
  const attempt = useMutation({
    mutationFn: async (typed: FormData) => beginSecondFactor(await proof.of(typed)),
    onSuccess: begun,
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(new FormData(event.currentTarget));
      }}
    >
      <ProofFields proof={proof} problem={attempt.error} autoFocus />
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={attempt.isPending}>
          {t("secondFactor.next")}
        </Button>
        {aside}
      </div>
    </form>
  );
}

function ConfirmApp({
  secret,
  confirmed,
  aside,
}: {
  secret: SecondFactorSecret;
  confirmed: (codes: string[]) => void;
  aside: ReactNode;
}) {
  const { t } = useTranslation();
  const attempt = useMutation({ mutationFn: confirmSecondFactor, onSuccess: confirmed });
  const faults = faultsOf(attempt.error, ["code"]);
  return (
    <div className={steps.steps}>
      <p>{t("secondFactor.scan")}</p>
      <div className={steps.scan}>
        <QrCode text={secret.uri} label={t("secondFactor.qr")} />
        <p className={steps.type}>
          {t("secondFactor.type")}
          <code className={steps.secret}>{secret.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
        </p>
      </div>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(fieldsOf(event.currentTarget, ["code"]).code);
        }}
      >
        {attempt.isError && faults.whole && <FormNotice problem={attempt.error} />}
        <CodeField error={faults.at("code")} hint={t("secondFactor.codeHint")} />
        <div className={styles.actions}>
          <Button type="submit" variant="filled" loading={attempt.isPending}>
            {t("secondFactor.confirm")}
          </Button>
          {aside}
        </div>
      </form>
    </div>
  );
}
