import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { useToasts } from "../ui/Toasts";
import { Trouble } from "../ui/Trouble";
import styles from "./AccountForm.module.css";
import { PasskeyAdd } from "./PasskeyAdd";
import { PasskeyRow } from "./PasskeyRow";
import { NoPasskeyWords } from "./PasskeyWords";
import { whyNoPasskeys } from "./passkeyCeremony";
import { passkeysMax, passkeysQuery } from "./passkeys";
import list from "./SessionsBox.module.css";

// The own passkeys: added, named, seen in use, removed.
export function PasskeysBox() {
  const { t } = useTranslation();
  const { show } = useToasts();
  const passkeys = useQuery(passkeysQuery);
  const [isAdding, setAdding] = useState(false);
  const why = whyNoPasskeys();
  const count = passkeys.data?.length ?? 0;
  return (
    <Box title={t("passkeys.title")}>
      {passkeys.isPending && <p className={list.quiet}>{t("passkeys.loading")}</p>}
      {passkeys.isError && (
        <Trouble
          title={t("passkeys.trouble")}
          problem={passkeys.error}
          retry={() => passkeys.refetch()}
        />
      )}
      {count > 0 && (
        <ul className={list.list} aria-label={t("passkeys.title")}>
          {passkeys.data?.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {passkeys.isSuccess && !isAdding && (
        <div className={`${styles.row} ${count > 0 ? styles.below : ""}`}>
          <p className={styles.words}>
            {why !== undefined && <NoPasskeyWords why={why} />}
            {why === undefined && t(count < passkeysMax ? "passkeys.about" : "passkeys.full")}
          </p>
          {why === undefined && count < passkeysMax && (
            <Button onClick={() => setAdding(true)}>{t("passkeys.add")}</Button>
          )}
        </div>
      )}
      {isAdding && (
        <div className={count > 0 ? styles.below : undefined}>
          <PasskeyAdd
            done={(name) => {
              setAdding(false);
              show({ text: t("passkeys.added", { name }) });
            }}
            aside={
              <Button variant="subtle" onClick={() => setAdding(false)}>
                {t("confirm.cancel")}
              </Button>
            }
          />
        </div>
      )}
    </Box>
  );
}
