import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./AccountForm.module.css";
import { meQuery } from "./accounts";
import { FormWords } from "./FormNotice";
import { faultsOf } from "./formFields";
import { usePasskeyReason } from "./PasskeyWords";
import { ProofFields, proofOf, useAsksCode } from "./ProofFields";
import { addPasskey, passkeysQuery } from "./passkeys";

type Props = { done: (name: string) => void; aside?: ReactNode };

// A name and the proof; then the device asks for finger, face or PIN. `aside` stands beside the
// button.
export function PasskeyAdd({ done, aside }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const reasonOf = usePasskeyReason();
  const asksCode = useAsksCode();
  const [suggested] = useState(() => t("passkey.suggested", { device: deviceName() }));
  const add = useMutation({
    mutationFn: addPasskey,
    onSuccess: async ({ name }) => {
      cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      await cache.invalidateQueries({ queryKey: meQuery.queryKey });
      done(name);
    },
  });
  const faults = faultsOf(add.error, ["name", "password", "code"]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        add.mutate({ name: String(typed.get("name")), ...proofOf(typed, asksCode) });
      }}
    >
      {add.isError && faults.whole && <FormWords>{reasonOf(add.error)}</FormWords>}
      <TextInput
        name="name"
        label={t("passkey.name")}
        description={t("passkey.nameHint")}
        defaultValue={suggested}
        error={faults.at("name")}
        maxLength={60}
        autoComplete="off"
        autoFocus
        required
        withAsterisk={false}
      />
      <ProofFields asksCode={asksCode} faults={faults} />
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={add.isPending}>
          {t("passkey.addNow")}
        </Button>
        {aside}
      </div>
    </form>
  );
}

// As far as a browser tells: good enough to begin a name with.
function deviceName() {
  const { userAgent } = navigator;
  const found = [
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Android", "Android"],
    ["Macintosh", "Mac"],
    ["Windows", "Windows"],
    ["CrOS", "Chromebook"],
    ["Linux", "Linux"],
  ].find(([mark = ""]) => userAgent.includes(mark));
  return found?.[1] ?? "";
}
