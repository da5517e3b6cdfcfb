import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { CopyField } from "../ui/CopyField";
import { Notice } from "../ui/Notice";
import { useReasonOf } from "../ui/Trouble";
import { appQuery, setUpWebhook, webhookFields } from "./metaApp";
import type { MetaApp } from "./metaShapes";
import styles from "./OwnApp.module.css";

// Meta verifies our address before it sends there. It can be told by us, or by hand in its dashboard:
// whoever comes back from there finds here whether Meta has been.
export function OwnAppWebhook({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const reasonOf = useReasonOf();
  const setUp = useMutation({
    mutationFn: setUpWebhook,
    onSuccess: (now) => cache.setQueryData(appQuery.queryKey, now),
  });
  return (
    <>
      {setUp.isError && <Notice tone="over" title={reasonOf(setUp.error)} />}
      <p role="status">
        {app.handshake_at === null ? (
          t("app.handshakeNot")
        ) : (
          <>
            {t("app.handshake")}: <Ago time={app.handshake_at} />
          </>
        )}
      </p>
      <Button className={styles.save} loading={setUp.isPending} onClick={() => setUp.mutate()}>
        {t(app.handshake_at === null ? "app.setUp" : "app.setUpAgain")}
      </Button>
      <p className={styles.quiet}>{t("app.byHand")}</p>
      <div className={styles.box}>
        {webhookFields.map((name) => (
          <CopyField
            key={name}
            label={t(`app.address.${name}`)}
            hint={t(`app.where.${name}`)}
            value={app[name] ?? ""}
          />
        ))}
      </div>
    </>
  );
}
