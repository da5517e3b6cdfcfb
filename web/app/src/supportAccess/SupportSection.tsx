import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { faultsOf } from "../accounts/formFields";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { ReasonField, reasonIn } from "../ui/ReasonField";
import { Trouble } from "../ui/Trouble";
import { LengthField } from "./LengthField";
import { RequestedAccess } from "./RequestedAccess";
import styles from "./SupportSection.module.css";
import { endSupport, type GrantSupport, grantSupport, supportAccessQuery } from "./supportAccess";
import { useLiveGrant } from "./useLiveGrant";
import { useOpenRequest } from "./useOpenRequest";

// An owner lets the operator's support look for a while, and ends it.
export function SupportSection() {
  const { t } = useTranslation();
  const access = useQuery(supportAccessQuery);
  const grant = useLiveGrant();
  const request = useOpenRequest();
  return (
    <Box title={t("support.title")}>
      <div className={styles.box}>
        <p className={styles.text}>{t("support.about")}</p>
        <p className={styles.text}>
          {t("support.log")} <Link to="/settings/audit">{t("settings.section.audit")}</Link>.
        </p>
        {access.isPending && <Bar width={240} />}
        {access.isError && access.data === undefined && (
          <Trouble
            title={t("support.trouble")}
            problem={access.error}
            retry={() => access.refetch()}
          />
        )}
        {access.isSuccess && grant !== null && <Granted grant={grant} />}
        {access.isSuccess && grant === null && request !== null && (
          <RequestedAccess request={request} />
        )}
        {access.isSuccess && grant === null && request === null && <Grant />}
      </div>
    </Box>
  );
}

function Grant() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [length, setLength] = useState<GrantSupport["length"]>("four_hours");
  const give = useMutation({
    mutationFn: grantSupport,
    onSettled: () => cache.invalidateQueries({ queryKey: supportAccessQuery.queryKey }),
  });
  const faults = faultsOf(give.error, ["reason"]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    give.mutate({ length, reason: reasonIn(event.currentTarget) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {give.isError && faults.whole && <FormNotice problem={give.error} />}
      <ReasonField
        label={t("support.reason")}
        hint={t("support.reasonHint")}
        error={faults.at("reason")}
      />
      <LengthField length={length} change={setLength} />
      <div>
        <Button type="submit" variant="filled" loading={give.isPending}>
          {t("support.grant")}
        </Button>
      </div>
    </form>
  );
}

function Granted({ grant }: { grant: NonNullable<ReturnType<typeof useLiveGrant>> }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const end = useMutation({
    mutationFn: endSupport,
    onSettled: () => cache.invalidateQueries({ queryKey: supportAccessQuery.queryKey }),
  });
  return (
    <div className={styles.form}>
      {end.isError && <FormNotice problem={end.error} />}
      <dl className={styles.facts}>
        <dt>{t("support.until")}</dt>
        <dd>{grant.until}</dd>
        <dt>{t("support.by")}</dt>
        <dd>{grant.granted_by}</dd>
        <dt>{t("support.reason")}</dt>
        <dd>{grant.reason}</dd>
        <dt>{t("support.opened")}</dt>
        <dd>{grant.opened_at === null ? t("support.notYet") : <Ago time={grant.opened_at} />}</dd>
      </dl>
      <div>
        <Button loading={end.isPending} onClick={() => end.mutate()}>
          {t("support.end")}
        </Button>
      </div>
    </div>
  );
}
