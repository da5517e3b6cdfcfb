import { Button, TextInput } from "@mantine/core";
import { IconCloud, IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Confirm } from "../ui/Confirm";
import { Dialog } from "../ui/Dialog";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { meQuery } from "./accounts";
import { FormNotice } from "./FormNotice";
import { type MyPasskey, passkeysQuery, removePasskey, renamePasskey } from "./passkeys";
import styles from "./SessionsBox.module.css";

export function PasskeyRow({ passkey }: { passkey: MyPasskey }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { show } = useToasts();
  const reasonOf = useReasonOf();
  const [doing, setDoing] = useState<"nothing" | "rename" | "remove">("nothing");
  const close = () => setDoing("nothing");
  const remove = useMutation({
    mutationFn: removePasskey,
    onSuccess: () => show({ text: t("passkeys.removed", { name: passkey.name }) }),
    onSettled: () => {
      close();
      cache.invalidateQueries({ queryKey: meQuery.queryKey });
      return cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
  });
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
          {remove.isError && (
            <p className={styles.problem} role="alert">
              {reasonOf(remove.error)}
            </p>
          )}
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
      {doing === "remove" && (
        <Confirm
          title={t("passkeys.removeTitle", { name: passkey.name })}
          act={t("passkeys.remove")}
          busy={remove.isPending}
          onAct={() => remove.mutate(passkey.id)}
          close={close}
        >
          {t("passkeys.removeMore")}
        </Confirm>
      )}
    </li>
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
            {t("passwordBox.cancel")}
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
