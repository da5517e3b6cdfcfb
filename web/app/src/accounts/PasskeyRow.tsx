import { Button, TextInput } from "@mantine/core";
import { IconCloud, IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Dialog } from "../ui/Dialog";
import { useToasts } from "../ui/Toasts";
import account from "./AccountForm.module.css";
import { meQuery } from "./accounts";
import { FormNotice } from "./FormNotice";
import { ProofFields, useProof } from "./ProofFields";
import { type MyPasskey, passkeysQuery, removePasskey, renamePasskey } from "./passkeys";
import styles from "./SessionsBox.module.css";
import { secondFactorQuery } from "./secondFactor";

export function PasskeyRow({ passkey }: { passkey: MyPasskey }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<"nothing" | "rename" | "remove">("nothing");
  const close = () => setDoing("nothing");
  const Icon = passkey.is_synced ? IconCloud : IconFingerprint;
  return (
    <li className={styles.session}>
      <div className={styles.device}>
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        <div className={styles.words}>
          <p className={styles.name} dir="auto">
            {passkey.name}
          </p>
          <p className={styles.quiet}>
            {passkey.used_at === null ? (
              t("passkeys.neverUsed")
            ) : (
              <>
                {t("passkeys.used")} <Ago time={passkey.used_at} />
              </>
            )}
            {" · "}
            {t("passkeys.since")} <Ago time={passkey.created_at} />
            {passkey.is_synced && ` · ${t("passkeys.synced")}`}
          </p>
        </div>
      </div>
      <div className={styles.acts}>
        <Button
          size="sm"
          aria-label={t("passkeys.renameOne", { name: passkey.name })}
          onClick={() => setDoing("rename")}
        >
          {t("passkeys.rename")}
        </Button>
        <Button
          size="sm"
          aria-label={t("passkeys.removeOne", { name: passkey.name })}
          onClick={() => setDoing("remove")}
        >
          {t("passkeys.remove")}
        </Button>
      </div>
      {doing === "rename" && <Rename passkey={passkey} close={close} />}
      {doing === "remove" && <Remove passkey={passkey} close={close} />}
    </li>
  );
}

function Remove({ passkey, close }: { passkey: MyPasskey; close: () => void }) {
  const { t } = useTranslation();
  const form = useId();
  const cache = useQueryClient();
  const { show } = useToasts();
  const proof = useProof();
  const remove = useMutation({
    mutationFn: async (typed: FormData) => removePasskey(passkey.id, await proof.of(typed)),
    onSuccess: () => {
      show({ text: t("passkeys.removed", { name: passkey.name }) });
      close();
      for (const { queryKey } of [passkeysQuery, secondFactorQuery, meQuery])
        cache.invalidateQueries({ queryKey });
    },
  });
  return (
    <Dialog
      title={t("passkeys.removeTitle", { name: passkey.name })}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {t("confirm.keep")}
          </Button>
          <Button type="submit" form={form} className={account.risky} loading={remove.isPending}>
            {t("passkeys.remove")}
          </Button>
        </>
      }
    >
      <p>{t("passkeys.removeMore")}</p>
      <form
        id={form}
        className={account.form}
        onSubmit={(event) => {
          event.preventDefault();
          remove.mutate(new FormData(event.currentTarget));
        }}
      >
        <ProofFields proof={proof} problem={remove.error} autoFocus />
      </form>
    </Dialog>
  );
}

function Rename({ passkey, close }: { passkey: MyPasskey; close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [name, setName] = useState(passkey.name);
  const rename = useMutation({
    mutationFn: renamePasskey,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      close();
    },
  });
  const save = () => rename.mutate({ id: passkey.id, name: name.trim() });
  return (
    <Dialog
      title={t("passkeys.renameOne", { name: passkey.name })}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {t("confirm.cancel")}
          </Button>
          <Button
            variant="filled"
            disabled={name.trim() === ""}
            loading={rename.isPending}
            onClick={save}
          >
            {t("passkeys.save")}
          </Button>
        </>
      }
    >
      {rename.isError && <FormNotice problem={rename.error} />}
      <TextInput
        label={t("passkey.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && name.trim() !== "") save();
        }}
        maxLength={60}
        autoComplete="off"
        autoFocus
      />
    </Dialog>
  );
}
