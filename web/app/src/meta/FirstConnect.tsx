import { Button } from "@mantine/core";
import { IconClipboardText, IconLock, IconPencilOff, IconSpeakerphone } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "../ui/Notice";
import styles from "./FirstRun.module.css";
import { loginAddress } from "./meta";
import type { Connection } from "./metaShapes";

const reads = [
  { key: "leads", icon: IconClipboardText },
  { key: "names", icon: IconSpeakerphone },
] as const;
const never = [
  { key: "write", icon: IconPencilOff },
  { key: "sell", icon: IconLock },
] as const;

// The first step: off to Facebook, knowing what it is for.
export function FirstConnect({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="first-connect">
      <h2 id="first-connect">{t("firstRun.connectTitle")}</h2>
      <p className={styles.lead}>{t("firstRun.connectText")}</p>
      {!connection.configured && <Notice tone="plain" title={t("connect.notConfigured")} />}
      <div className={styles.actions}>
        {connection.configured && (
          <Button component="a" variant="filled" size="lg" href={loginAddress()}>
            {t("connect.facebook")}
          </Button>
        )}
        <Button
          variant={connection.configured ? "subtle" : "filled"}
          size="lg"
          renderRoot={(props) => <Link to="/sources" search={{ app: "own" }} {...props} />}
        >
          {t(connection.own_app_id === null ? "app.have" : "app.title")}
        </Button>
      </div>
      <div className={styles.promises}>
        <Promises title={t("firstRun.reads")} of={reads} />
        <Promises title={t("firstRun.never")} of={never} />
      </div>
    </section>
  );
}

function Promises({ title, of }: { title: string; of: typeof reads | typeof never }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {of.map(({ key, icon: Icon }) => (
          <li key={key}>
            <Icon size={18} stroke={1.6} aria-hidden="true" />
            <span className={styles.promise}>
              {t(`firstRun.promise.${key}`)}
              <span className={styles.why}>{t(`firstRun.promiseWhy.${key}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
