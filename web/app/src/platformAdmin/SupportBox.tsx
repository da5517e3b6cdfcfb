import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { visit } from "../supportAccess/supportAccess";
import { Box } from "../ui/Box";
import { ReasonField, reasonIn } from "../ui/ReasonField";
import { dayOf, exactTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { askForSupport, type OrganizationView, withdrawSupport } from "./platform";
import styles from "./platform.module.css";

// Whether an owner lets support look; else support asks, once.
export function SupportBox({ view }: { view: OrganizationView }) {
  const { t } = useTranslation();
  const { organization, support, support_request: request } = view;
  const isOpen = request?.state === "open";
  return (
    <Box title={t("platform.one.support")}>
      <div className={styles.stack}>
        {support !== null ? (
          <Look view={view} support={support} />
        ) : (
          <>
            {!isOpen && <p className={styles.quiet}>{t("platform.one.noGrant")}</p>}
            {request !== null && <Asked request={request} id={organization.id} />}
            {!isOpen && <Ask id={organization.id} />}
          </>
        )}
      </div>
    </Box>
  );
}

function Look({
  view: { organization },
  support,
}: {
  view: OrganizationView;
  support: NonNullable<OrganizationView["support"]>;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const look = useMutation({ mutationFn: visit });
  return (
    <>
      {look.isError && <FormNotice problem={look.error} />}
      <p className={styles.quiet}>
        {t("platform.one.granted", {
          time: exactTime(support.expires_at, locale),
          reason: support.reason,
        })}
      </p>
      <Button
        variant="filled"
        loading={look.isPending}
        onClick={() => look.mutate(organization.id)}
      >
        {t("platform.one.look", { name: organization.name })}
      </Button>
    </>
  );
}

// What became of the newest request.
function Asked({
  request,
  id,
}: {
  request: NonNullable<OrganizationView["support_request"]>;
  id: string;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const withdraw = useMutation({
    mutationFn: withdrawSupport,
    onSettled: () => cache.invalidateQueries({ queryKey: ["platform"] }),
  });
  const words = {
    name: request.asked_by,
    asked: dayOf(request.asked_at, locale),
    until: dayOf(request.expires_at, locale),
    answered: request.answered_at === null ? "" : dayOf(request.answered_at, locale),
  };
  return (
    <>
      {withdraw.isError && <FormNotice problem={withdraw.error} />}
      <p className={styles.words}>
        <span className={styles.strong}>{t(`platform.one.request.${request.state}`, words)}</span>
        <span className={styles.quiet}>{request.reason}</span>
      </p>
      {request.state === "open" && (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(id)}>
          {t("platform.one.withdraw")}
        </Button>
      )}
    </>
  );
}

function Ask({ id }: { id: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const ask = useMutation({
    mutationFn: askForSupport,
    onSettled: () => cache.invalidateQueries({ queryKey: ["platform"] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask.mutate({ id, reason: reasonIn(event.currentTarget, "support-reason") });
  };
  return (
    <form className={`${styles.stack} ${styles.wide}`} onSubmit={submit}>
      {ask.isError && <FormNotice problem={ask.error} />}
      <ReasonField
        name="support-reason"
        label={t("platform.one.askReason")}
        hint={t("platform.one.askHint")}
      />
      <Button type="submit" loading={ask.isPending}>
        {t("platform.one.ask")}
      </Button>
    </form>
  );
}
