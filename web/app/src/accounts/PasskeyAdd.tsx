import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./AccountForm.module.css";
import { meQuery } from "./accounts";
import { faultsOf } from "./formFields";
import { ProofFields, useProof } from "./ProofFields";
import { addPasskey, passkeysQuery } from "./passkeys";

type Props = { done: (name: string) => void; aside?: ReactNode };

// A name and the proof; then the device asks for finger, face or PIN. `aside` stands beside the
// button.
export function PasskeyAdd({ done, aside }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const proof = useProof();
  const [suggested] = useState(() => t("passkey.suggested", { device: deviceName() }));
  const add = useMutation({
    mutationFn: async (typed: FormData) =>
      addPasskey(String(typed.get("name")), await proof.of(typed)),
    onSuccess: async ({ name }) => {
      cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      await cache.invalidateQueries({ queryKey: meQuery.queryKey });
      done(name);
    },
  });
  const faults = faultsOf(add.error, ["name"]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(new FormData(event.currentTarget));
      }}
    >
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
      <ProofFields proof={proof} problem={add.error} others={["name"]} />
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
