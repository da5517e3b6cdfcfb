import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { Box } from "../ui/Box";
import { Confirm } from "../ui/Confirm";
import { ReasonField, reasonIn } from "../ui/ReasonField";
import { type OrganizationView, restore, suspend } from "./platform";
import styles from "./platform.module.css";

// Lets the people of an organization do nothing for now, and says why.
export function SuspensionBox({ view: { organization, suspension } }: { view: OrganizationView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<string>();
  const changed = () => {
    setAsking(undefined);
    return cache.invalidateQueries({ queryKey: ["platform"] });
  };
  const stop = useMutation({ mutationFn: suspend, onSettled: changed });
  const again = useMutation({ mutationFn: restore, onSettled: changed });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsking(reasonIn(event.currentTarget));
  };
  const { id, name } = organization;
  return (
    <Box title={t("platform.one.suspension")}>
      {stop.isError && <FormNotice problem={stop.error} />}
      {again.isError && <FormNotice problem={again.error} />}
      {suspension !== null ? (
        <div className={styles.stack}>
          <p className={styles.quiet}>{t("platform.one.because", { reason: suspension })}</p>
          <Button loading={again.isPending} onClick={() => again.mutate(id)}>
            {t("platform.one.restore")}
          </Button>
        </div>
      ) : (
        <form className={styles.stack} onSubmit={submit}>
          <p className={styles.quiet}>{t("platform.one.active")}</p>
          <ReasonField label={t("platform.one.reason")} hint={t("platform.one.reasonHint")} />
          <Button type="submit">{t("platform.one.suspend")}</Button>
        </form>
      )}
      {asking !== undefined && (
        <Confirm
          title={t("platform.one.suspendTitle", { name })}
          act={t("platform.one.suspend")}
          busy={stop.isPending}
          onAct={() => stop.mutate({ id, reason: asking })}
          close={() => setAsking(undefined)}
        >
          <p>{t("platform.one.suspendText")}</p>
        </Confirm>
      )}
    </Box>
  );
}
