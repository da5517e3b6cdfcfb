import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CodeField } from "./CodeField";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import { PasskeyButton } from "./PasskeyButton";
import type { PasskeyAnswer } from "./passkeyCeremony";

// What is asked for besides the password, and by which of it the account may be entered.
export type Wanted = { code: boolean; passkey: boolean };

type Props = {
  wanted: Wanted;
  problem: unknown; // with what was given
  busy: boolean;
  give: (proof: { code: string } | { passkey: PasskeyAnswer }) => void;
  leave: () => void;
};

// The password was right, and more is asked for: a code, or a passkey.
export function SecondStep({ wanted, problem, busy, give, leave }: Props) {
  const { t } = useTranslation();
  const faults = faultsOf(problem, ["code"]);
  return (
    <DoorFrame
      title={t("signIn.codeTitle")}
      welcome={t(wanted.code ? "signIn.codeWelcome" : "signIn.passkeyWelcome")}
    >
      <form
        data-short
        onSubmit={(event) => {
          event.preventDefault();
          give(fieldsOf(event.currentTarget, ["code"]));
        }}
      >
        {faults.whole && <FormNotice problem={problem} />}
        {wanted.code && (
          <>
            <CodeField error={faults.at("code")} hint={t("signIn.codeHint")} />
            <Button type="submit" variant="filled" size="xl" fullWidth loading={busy}>
              {t("signIn.do")}
            </Button>
          </>
        )}
        {wanted.passkey && (
          <PasskeyButton
            label={t(wanted.code ? "signIn.passkeyInstead" : "signIn.usePasskey")}
            isFirst={!wanted.code}
            busy={busy && !wanted.code}
            given={(passkey) => give({ passkey })}
          />
        )}
      </form>
      <p className={styles.other}>
        <Button variant="subtle" onClick={leave}>
          {t("signIn.otherAccount")}
        </Button>
      </p>
    </DoorFrame>
  );
}
