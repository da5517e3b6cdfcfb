import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FeatureOffNotice } from "../features/FeatureOffNotice";
import { useIsOff } from "../features/features";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Confirm } from "../ui/Confirm";
import { CopyField } from "../ui/CopyField";
import { Dialog } from "../ui/Dialog";
import { Empty } from "../ui/Empty";
import { usePhone } from "../ui/screenWidth";
import { Tag } from "../ui/Tag";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useNow } from "../ui/useNow";
import { type ApiKey, keysQuery, type MadeKey, revokeKey } from "./apiKeys";
import { KeyMaker } from "./KeyMaker";
import styles from "./KeysSection.module.css";

// The organization's API keys: made and shown once, seen in use, revoked.
export function KeysSection() {
  const { t } = useTranslation();
  const phone = usePhone(); // the bar above has the same name there
  const keys = useQuery(keysQuery);
  const isOff = useIsOff("api_keys");
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const make = (
    <Button
      size="sm"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden="true" />}
      onClick={() => setIsMaking(true)}
    >
      {t("apiKeys.make")}
    </Button>
  );
  return (
    <section className={styles.keys} aria-labelledby="api-keys">
      <header className={styles.head}>
        <h2 id="api-keys" className={phone ? "vh" : undefined}>
          {t("apiKeys.title")}
        </h2>
        {keys.data !== undefined && keys.data.length > 0 && !isMaking && !isOff && make}
      </header>
      <p className={styles.quiet}>
        {t("apiKeys.text")} <a href="/docs/quick-start">{t("apiKeys.docs")}</a>
      </p>
      {isOff && <FeatureOffNotice feature="api_keys" />}
      {isMaking && (
        <KeyMaker
          made={(key) => {
            setIsMaking(false);
            setMade(key);
          }}
          close={() => setIsMaking(false)}
        />
      )}
      {keys.isPending && <Bar width={240} />}
      {keys.isError && keys.data === undefined && (
        <Trouble title={t("apiKeys.trouble")} problem={keys.error} retry={() => keys.refetch()} />
      )}
      {keys.data?.length === 0 && !isMaking && !isOff && (
        <Empty
          ring={<IconKey size={32} stroke={1.4} aria-hidden="true" />}
          title={t("apiKeys.emptyTitle")}
          text={t("apiKeys.emptyText")}
        >
          {make}
        </Empty>
      )}
      {keys.data !== undefined && keys.data.length > 0 && (
        <ul className={styles.list}>
          {keys.data.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {made && (
        <Dialog
          title={t("apiKeys.madeTitle", { name: made.key.name })}
          isWide
          close={() => setMade(undefined)}
          actions={
            <Button variant="filled" onClick={() => setMade(undefined)}>
              {t("apiKeys.kept")}
            </Button>
          }
        >
          <p>{t("apiKeys.madeText")}</p>
          <CopyField label={t("apiKeys.token")} value={made.token} />
        </Dialog>
      )}
    </section>
  );
}

function KeyRow({ apiKey: key }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const [isAsking, setIsAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokeKey(key.id),
    onSuccess: () => toasts.show({ text: t("apiKeys.revoked", { name: key.name }) }),
    onSettled: () => {
      setIsAsking(false);
      return cache.invalidateQueries({ queryKey: ["keys"] });
    },
  });
  const isExpired = key.expires_at !== null && Date.parse(key.expires_at) <= now;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <span className={styles.name} dir="auto">
          {key.name} <code className={styles.hint}>{key.hint}…</code>{" "}
          {isExpired && <Tag tone="over">{t("apiKeys.expired")}</Tag>}
        </span>
        <span className={styles.quiet}>
          {key.scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(" · ")}
        </span>
        <span className={styles.quiet}>
          {key.last_used_at === null ? (
            t("apiKeys.neverUsed")
          ) : (
            <>
              {t("apiKeys.lastUsed")} <Ago time={key.last_used_at} />
            </>
          )}
          {" · "}
          {key.expires_at === null
            ? t("apiKeys.noExpiry")
            : t("apiKeys.until", { day: dayOf(key.expires_at, locale) })}
          {key.made_by !== null && ` · ${t("apiKeys.madeBy", { person: key.made_by })}`}
        </span>
        {key.addresses.length > 0 && (
          <span className={styles.quiet}>
            {t("apiKeys.onlyFrom", { networks: key.addresses.join(", ") })}
          </span>
        )}
        {revoke.isError && (
          <span role="alert" className={styles.refusal}>
            {reasonOf(revoke.error)}
          </span>
        )}
      </div>
      <Button
        size="sm"
        variant="subtle"
        aria-label={t("apiKeys.revokeOne", { name: key.name })}
        onClick={() => setIsAsking(true)}
      >
        {t("apiKeys.revoke")}
      </Button>
      {isAsking && (
        <Confirm
          title={t("apiKeys.revokeTitle", { name: key.name })}
          act={t("apiKeys.revoke")}
          busy={revoke.isPending}
          onAct={() => revoke.mutate()}
          close={() => setIsAsking(false)}
        >
          <p>{t("apiKeys.revokeText")}</p>
        </Confirm>
      )}
    </li>
  );
}
