import { Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "./accounts";
import styles from "./DoorFrame.module.css";
import { FormWords } from "./FormNotice";
import { usePasskeyReason } from "./PasskeyWords";
import { askForPasskey, offerPasskeys, type PasskeyAnswer, whyNoPasskeys } from "./passkeyCeremony";
import { signInWithPasskey } from "./passkeys";

// The way in without address and password: a button, and an offer in the field for the address.
// Where the browser has no passkeys it is not there.
export function PasskeyDoor({ entered }: { entered: (me: Account) => void }) {
  const { t } = useTranslation();
  const reasonOf = usePasskeyReason();
  const canUse = whyNoPasskeys() === undefined;
  const { isPending, isError, error, mutate } = useMutation({
    mutationFn: async (given: PasskeyAnswer | undefined) =>
      signInWithPasskey(given ?? (await askForPasskey())),
    onSuccess: entered,
  });
  // A browser answers one question at a time: while the button asks, the field does not.
  useEffect(() => {
    if (!canUse || isPending) return;
    return offerPasskeys(mutate);
  }, [canUse, isPending, mutate]);
  if (!canUse) return null;
  return (
    <div className={styles.door}>
      {isError && <FormWords>{reasonOf(error)}</FormWords>}
      <Button
        size="xl"
        fullWidth
        leftSection={<IconFingerprint size={18} stroke={1.6} aria-hidden="true" />}
        loading={isPending}
        onClick={() => mutate(undefined)}
      >
        {t("signIn.passkey")}
      </Button>
    </div>
  );
}
