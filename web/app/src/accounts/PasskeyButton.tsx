import { Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FormWords } from "./FormNotice";
import { usePasskeyReason } from "./PasskeyWords";
import { askForPasskey, type PasskeyAnswer, whyNoPasskeys } from "./passkeyCeremony";

type Props = {
  label: string;
  isFirst?: boolean;
  busy: boolean;
  given: (answer: PasskeyAnswer) => void;
};

// Asks the browser for a passkey. Where there are none, it says why instead.
export function PasskeyButton({ label, isFirst = false, busy, given }: Props) {
  const { t } = useTranslation();
  const reasonOf = usePasskeyReason();
  const attempt = useMutation({ mutationFn: () => askForPasskey(), onSuccess: given });
  const why = whyNoPasskeys();
  if (why !== undefined) return <FormWords>{t(`passkey.not.${why}`)}</FormWords>;
  return (
    <>
      {attempt.isError && <FormWords>{reasonOf(attempt.error)}</FormWords>}
      <Button
        size="xl"
        fullWidth
        variant={isFirst ? "filled" : "default"}
        leftSection={<IconFingerprint size={18} stroke={1.6} aria-hidden="true" />}
        loading={attempt.isPending || busy}
        onClick={() => attempt.mutate()}
      >
        {label}
      </Button>
    </>
  );
}
